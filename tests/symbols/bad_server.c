#include "bad_server.h"

#include <string.h>

#include "symbol_fixtures.h"

struct _BadServer
{
  GSocketListener *listener;
  GThread *thread;
  GPtrArray *exchanges; /* (element-type GThread): one per connection; the accepting thread's until it ends */
  guint16 port;
  GBytes *pdb;
  GCancellable *stop;
  GMutex mutex;
  GCond changed;
  GPtrArray *paths; /* (element-type utf8): all that were asked for */
};

typedef struct
{
  BadServer *server;
  GOutputStream *output;
  GInputStream *input;
  const char *mode, *rest; /* of the path "/MODE/REST" */
  guint n_before;          /* how often this path was asked for before */
} Exchange;

static void
send_text (const Exchange *self, const char *text)
{
  g_output_stream_write_all (self->output, text, strlen (text), NULL, self->server->stop, NULL);
}

static void
send_bytes (const Exchange *self, GBytes *bytes, gsize n_bytes)
{
  g_output_stream_write_all (self->output, g_bytes_get_data (bytes, NULL), n_bytes, NULL, self->server->stop,
                             NULL);
}

/* The whole answer to a request, @body taken over. */
static void
answer (const Exchange *self, const char *status, const char *header, GBytes *body)
{
  g_autoptr (GBytes) owned = body;
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Length: %zu\r\nConnection: close\r\n\r\n", status, header,
                         g_bytes_get_size (body));
  send_text (self, head);
  send_bytes (self, body, g_bytes_get_size (body));
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
answer_good (const Exchange *self)
{
  answer (self, "200 OK", "", g_bytes_ref (self->server->pdb));
}

static void
answer_missing (const Exchange *self)
{
  answer (self, "404 Not Found", "Content-Type: text/html\r\n", text_bytes ("<html>no such file</html>"));
}

/* Half a file after a head that announces @header. */
static void
answer_half (const Exchange *self, const char *version, const char *header)
{
  g_autofree char *head = g_strdup_printf ("%s 200 OK\r\n%s\r\n", version, header);
  send_text (self, head);
  send_bytes (self, self->server->pdb, g_bytes_get_size (self->server->pdb) / 2);
}

static void
answer_cut (const Exchange *self)
{
  g_autofree char *length = g_strdup_printf ("Content-Length: %zu\r\nConnection: close\r\n",
                                             g_bytes_get_size (self->server->pdb));
  if (g_str_equal (self->mode, "cut-chunked"))
    {
      send_text (self, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n");
      send_bytes (self, self->server->pdb, 0x400);
      send_text (self, "\r\n");
    }
  else if (g_str_equal (self->mode, "cut-unannounced"))
    answer_half (self, "HTTP/1.0", "");
  else
    answer_half (self, g_str_equal (self->mode, "cut-old") ? "HTTP/1.0" : "HTTP/1.1", length);
}

static void
answer_endless (const Exchange *self)
{
  g_autofree guint8 *zeros = g_malloc0 (65536);
  send_text (self, "HTTP/1.0 200 OK\r\n\r\n");
  send_bytes (self, self->server->pdb, g_bytes_get_size (self->server->pdb));
  while (g_output_stream_write_all (self->output, zeros, 65536, NULL, self->server->stop, NULL))
    ;
}

static void
answer_redirect (const Exchange *self, const char *target)
{
  g_autofree char *header = g_strdup_printf ("Location: %s\r\n", target);
  answer (self, "302 Found", header, text_bytes ("elsewhere"));
}

static void
answer_compressed (const Exchange *self, guint32 declared_bytes)
{
  answer (self, "200 OK", "", symbol_fixture_cabinet (self->server->pdb, CABINET_MSZIP, declared_bytes));
}

/* Answers that depend on which file of the key's folder is asked for. */
static void
answer_as_store (const Exchange *self)
{
  gboolean is_file = g_str_has_suffix (self->rest, "/toy.pdb"),
           is_packed = g_str_has_suffix (self->rest, "/toy.pd_");
  guint32 size = (guint32) g_bytes_get_size (self->server->pdb);
  if (g_str_equal (self->mode, "store") && is_file)
    answer_good (self);
  else if (g_str_equal (self->mode, "packed") && is_packed)
    answer_compressed (self, size);
  else if (g_str_equal (self->mode, "packed-alike") && is_file)
    answer_compressed (self, size);
  else if (g_str_equal (self->mode, "bomb") && is_packed)
    answer_compressed (self, 0x7ffffff0);
  else if (g_str_equal (self->mode, "pointer") && g_str_has_suffix (self->rest, "/file.ptr"))
    answer (self, "200 OK", "", text_bytes ("PATH:kept files\\other.pdb"));
  else if (g_str_equal (self->mode, "pointer") && g_str_equal (self->rest, "kept%20files/other.pdb"))
    answer_good (self);
  else if (g_str_equal (self->mode, "refusal") && g_str_has_suffix (self->rest, "/file.ptr"))
    answer (self, "200 OK", "", text_bytes ("MSG: ask the build team"));
  else if (g_str_equal (self->mode, "tiers") && g_str_equal (self->rest, "index2.txt"))
    answer (self, "200 OK", "", text_bytes (""));
  else if (g_str_equal (self->mode, "tiers") && g_str_has_prefix (self->rest, "to/toy.pdb/") && is_file)
    answer_good (self);
  else
    answer_missing (self);
}

static void
answer_mode (const Exchange *self)
{
  BadServer *server = self->server;
  g_autofree char *good_url = bad_server_dup_url (server, "store"),
                  *again_url = bad_server_dup_url (server, self->mode);
  g_autofree char *good_target = g_strdup_printf ("%s/%s", good_url, self->rest);
  g_autofree char *again_target = g_strdup_printf ("%s/%s", again_url, self->rest);
  char wait[1];
  if (g_str_equal (self->mode, "moved"))
    answer_redirect (self, good_target);
  else if (g_str_equal (self->mode, "moved-near"))
    answer_redirect (self, good_target + strlen ("http://127.0.0.1:00000") - (server->port < 10000));
  else if (g_str_equal (self->mode, "circle"))
    answer_redirect (self, again_target);
  else if (g_str_equal (self->mode, "to-file"))
    answer_redirect (self, "file:///etc/passwd");
  else if (g_str_equal (self->mode, "cut-once") && self->n_before > 0)
    answer_good (self);
  else if (g_str_has_prefix (self->mode, "cut"))
    answer_cut (self);
  else if (g_str_equal (self->mode, "silent"))
    g_input_stream_read (self->input, wait, 1, server->stop, NULL);
  else if (g_str_equal (self->mode, "web-page"))
    answer (self, "200 OK", "", text_bytes ("<!DOCTYPE html><html><body>Please sign in</body></html>"));
  else if (g_str_equal (self->mode, "empty"))
    answer (self, "200 OK", "", text_bytes (""));
  else if (g_str_equal (self->mode, "other-build"))
    answer (self, "200 OK", "", symbol_fixture_pdb (200, 1));
  else if (g_str_equal (self->mode, "endless"))
    answer_endless (self);
  else if (g_str_equal (self->mode, "huge"))
    send_text (self, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\n\r\n");
  else if (g_str_equal (self->mode, "busy-once") && self->n_before > 0)
    answer_good (self);
  else if (g_str_has_prefix (self->mode, "busy"))
    answer (self, "503 Service Unavailable", "Retry-After: 0\r\n", text_bytes ("later"));
  else if (g_str_equal (self->mode, "log-in"))
    answer (self, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", text_bytes ("who?"));
  else
    answer_as_store (self);
}

static guint
remember_path (BadServer *self, const char *path)
{
  guint n_before = 0;
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->paths->len; i++)
    n_before += g_str_equal (self->paths->pdata[i], path);
  g_ptr_array_add (self->paths, g_strdup (path));
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return n_before;
}

typedef struct
{
  BadServer *server;
  GSocketConnection *connection; /* (owned) */
} Visit;

static gpointer
serve (gpointer data)
{
  g_autofree Visit *visit = data;
  g_autoptr (GSocketConnection) connection = visit->connection;
  BadServer *self = visit->server;
  Exchange exchange = { .server = self, .output = g_io_stream_get_output_stream (G_IO_STREAM (connection)) };
  g_autoptr (GDataInputStream) input
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_autofree char *request = g_data_input_stream_read_line (input, NULL, self->stop, NULL);
  g_auto (GStrv) words = request ? g_strsplit (request, " ", -1) : NULL;
  if (!words || g_strv_length (words) != 3 || words[1][0] != '/')
    return NULL;
  for (char *line = g_strdup (""), *next; line; line = next)
    {
      next = g_data_input_stream_read_line (input, NULL, self->stop, NULL);
      g_free (line);
      if (next && !*next)
        {
          g_free (next);
          break;
        }
    }
  exchange.input = G_INPUT_STREAM (input);
  exchange.n_before = remember_path (self, words[1]);
  g_auto (GStrv) parts = g_strsplit (words[1] + 1, "/", 2);
  exchange.mode = parts[0];
  exchange.rest = parts[0] && parts[1] ? parts[1] : "";
  answer_mode (&exchange);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

static gpointer
run (gpointer data)
{
  BadServer *self = data;
  GSocketConnection *connection;
  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)))
    {
      Visit *visit = g_new (Visit, 1);
      *visit = (Visit){ self, connection };
      g_ptr_array_add (self->exchanges, g_thread_new ("exchange", serve, visit));
    }
  return NULL;
}

BadServer *
bad_server_new (GBytes *pdb)
{
  BadServer *self = g_new0 (BadServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  self->pdb = g_bytes_ref (pdb);
  self->stop = g_cancellable_new ();
  self->paths = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->exchanges = g_ptr_array_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &address, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->thread = g_thread_new ("server", run, self);
  return self;
}

void
bad_server_free (BadServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->exchanges->len; i++)
    g_thread_join (self->exchanges->pdata[i]);
  g_ptr_array_unref (self->exchanges);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->paths);
  g_bytes_unref (self->pdb);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
bad_server_dup_url (const BadServer *self, const char *mode)
{
  return g_strdup_printf ("http://127.0.0.1:%u/%s", self->port, mode);
}

static guint
count_paths (const BadServer *self, const char *end)
{
  guint n = 0;
  for (guint i = 0; i < self->paths->len; i++)
    n += g_str_has_suffix (self->paths->pdata[i], end);
  return n;
}

guint
bad_server_count (BadServer *self, const char *end)
{
  g_mutex_lock (&self->mutex);
  guint n = count_paths (self, end);
  g_mutex_unlock (&self->mutex);
  return n;
}

void
bad_server_wait_for (BadServer *self, const char *end)
{
  g_mutex_lock (&self->mutex);
  while (count_paths (self, end) == 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}
