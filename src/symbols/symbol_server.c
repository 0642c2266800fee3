#include "symbols/symbol_server.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAXIMUM_DOWNLOADS 4
#define MAXIMUM_REDIRECTS 5
#define MAXIMUM_TRIES 3
#define LONGEST_WAIT_S 10                  /* of what a Retry-After may ask for */
#define FAILURES_BEFORE_PAUSE 3            /* in a row */
#define PAUSE_US (5 * 60 * G_USEC_PER_SEC) /* in which a failing server is left alone */
#define GRACE_US (60 * G_USEC_PER_SEC)     /* after which a download has to have the lowest rate on average */
#define LOWEST_RATE 1024                   /* bytes per second */
#define BLOCK_BYTES 65536
/* Some servers answer only to what looks like the usual client. */
#define USER_AGENT "Microsoft-Symbol-Server/10.0.0.0 Poolscope/" POOLSCOPE_VERSION

typedef struct
{
  guint n_failures; /* in a row */
  gint64 failed_at; /* monotonic time, us */
} HostState;

struct _SymbolServer
{
  SoupSession *session;
  char *trust_problem; /* (owned) (nullable): why no certificate can be judged */
  GMutex mutex;
  GCond changed;     /* n_running */
  guint n_running;   /* downloads */
  GHashTable *hosts; /* (element-type utf8 HostState): those with failures */
};

/* One try of one download. */
typedef struct
{
  SymbolServer *server;
  const SymbolSink *sink;
  GCancellable *cancellable;
  char *problem; /* (owned): a clause on what went wrong */
  guint wait_s;  /* before the next try, as the server asked */
  gboolean can_retry;
} Attempt;

/* Trusts the certificates in @path in place of the system's. */
static void
set_trust (SymbolServer *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *absolute_path = g_canonicalize_filename (path, NULL);
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (absolute_path, &error);
  if (trusted)
    soup_session_set_tls_database (self->session, trusted);
  else
    self->trust_problem = g_strdup_printf ("the certificates to trust cannot be read from “%s” (SSL_CERT_FILE): %s",
                                           absolute_path, error->message);
}

SymbolServer *
symbol_server_new (guint timeout_s, const char *certificate_path)
{
  SymbolServer *self = g_new0 (SymbolServer, 1);
  self->session = soup_session_new_with_options ("timeout", timeout_s, "idle-timeout", 30u, "user-agent",
                                                 USER_AGENT, "max-conns", MAXIMUM_DOWNLOADS + 1,
                                                 "max-conns-per-host", MAXIMUM_DOWNLOADS, NULL);
  /* A decoder would hide how many bytes were announced, and unpack bombs. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  if (certificate_path && *certificate_path)
    set_trust (self, certificate_path);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
symbol_server_free (SymbolServer *self)
{
  g_object_unref (self->session);
  g_hash_table_unref (self->hosts);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self->trust_problem);
  g_free (self);
}

void
symbol_server_forget_failures (SymbolServer *self)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove_all (self->hosts);
  g_mutex_unlock (&self->mutex);
}

static gboolean
host_is_paused (SymbolServer *self, const char *host)
{
  g_mutex_lock (&self->mutex);
  const HostState *state = g_hash_table_lookup (self->hosts, host);
  gboolean is_paused = state && state->n_failures >= FAILURES_BEFORE_PAUSE
                       && g_get_monotonic_time () - state->failed_at < PAUSE_US;
  g_mutex_unlock (&self->mutex);
  return is_paused;
}

static void
remember_result (SymbolServer *self, const char *host, gboolean has_answered)
{
  g_mutex_lock (&self->mutex);
  if (has_answered)
    g_hash_table_remove (self->hosts, host);
  else
    {
      HostState *state = g_hash_table_lookup (self->hosts, host);
      if (!state)
        {
          state = g_new0 (HostState, 1);
          g_hash_table_insert (self->hosts, g_strdup (host), state);
        }
      state->n_failures++;
      state->failed_at = g_get_monotonic_time ();
    }
  g_mutex_unlock (&self->mutex);
}

/* Waits for one of the places among the downloads; FALSE when cancelled. */
static gboolean
enter (SymbolServer *self, GCancellable *cancellable)
{
  g_mutex_lock (&self->mutex);
  while (self->n_running >= MAXIMUM_DOWNLOADS && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + G_USEC_PER_SEC / 50);
  gboolean is_in = !g_cancellable_is_cancelled (cancellable);
  self->n_running += is_in;
  g_mutex_unlock (&self->mutex);
  return is_in;
}

static void
leave (SymbolServer *self)
{
  g_mutex_lock (&self->mutex);
  self->n_running--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static SymbolServerResult
fail (Attempt *self, gboolean can_retry, char *problem)
{
  g_free (self->problem);
  self->problem = problem;
  self->can_retry = can_retry;
  return SYMBOL_SERVER_FAILED;
}

static SymbolServerResult
refuse (Attempt *self, const GError *error)
{
  fail (self, FALSE, g_strdup (error->message));
  return SYMBOL_SERVER_REFUSED;
}

/* Reads the body of @message from @stream into the sink. */
static SymbolServerResult
read_body (Attempt *self, SoupMessage *message, GInputStream *stream)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  gboolean has_length = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH;
  gint64 n_announced = has_length ? soup_message_headers_get_content_length (headers) : -1;
  gint64 n_done = 0, started_at = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  if (!self->sink->begin (n_announced, self->sink->data, &error))
    return refuse (self, error);
  for (;;)
    {
      gssize n = g_input_stream_read (stream, block, BLOCK_BYTES, self->cancellable, &error);
      if (n < 0)
        return fail (self, TRUE,
                     g_strdup_printf ("the answer broke off after %" G_GINT64_FORMAT " bytes: %s", n_done,
                                      error->message));
      if (n == 0)
        break;
      n_done += n;
      if (!self->sink->write (block, (gsize) n, self->sink->data, &error))
        return refuse (self, error);
      gint64 elapsed_us = g_get_monotonic_time () - started_at;
      if (elapsed_us > GRACE_US && n_done / (elapsed_us / G_USEC_PER_SEC) < LOWEST_RATE)
        return fail (self, FALSE, g_strdup ("the server sends too slowly"));
    }
  /* Not every cut-off answer is an error to the library. */
  if (n_announced >= 0 && n_done != n_announced)
    return fail (self, TRUE,
                 g_strdup_printf ("the answer ended after %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes",
                                  n_done, n_announced));
  return self->sink->finish (self->sink->data, &error) ? SYMBOL_SERVER_FOUND : refuse (self, error);
}

static SymbolServerResult
judge_status (Attempt *self, SoupMessage *message, GInputStream *stream)
{
  guint status = soup_message_get_status (message);
  const char *reason = soup_message_get_reason_phrase (message);
  if (status == SOUP_STATUS_OK)
    return read_body (self, message, stream);
  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    {
      fail (self, FALSE, g_strdup ("not there"));
      return SYMBOL_SERVER_MISSING;
    }
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    return fail (self, FALSE, g_strdup_printf ("the server wants a log-in (%u %s)", status, reason));
  const char *after
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  self->wait_s = after ? (guint) CLAMP (g_ascii_strtoll (after, NULL, 10), 0, LONGEST_WAIT_S) : 0;
  return fail (self, status == 429 || status >= 500,
               g_strdup_printf ("the server answered %u %s", status, reason));
}

/* Where a redirect leads; NULL for an answer that is none. */
static char *
dup_redirect (SoupMessage *message, GUri *from)
{
  const char *location
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  guint status = soup_message_get_status (message);
  gboolean is_redirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  if (!is_redirect || !location)
    return NULL;
  g_autoptr (GUri) target = g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL);
  return target ? g_uri_to_string (target) : g_strdup ("");
}

static gboolean
is_allowed (GUri *uri, gboolean must_be_secure)
{
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";
  return g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && !must_be_secure);
}

/* Why there is no answer to @message at all. */
static SymbolServerResult
fail_without_answer (Attempt *self, SoupMessage *message, const GError *error)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  GTlsCertificateFlags flaws = soup_message_get_tls_peer_certificate_errors (message);
  if (!g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return fail (self, !g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND),
                 g_strdup (error->message));
  const char *flaw = flaws & G_TLS_CERTIFICATE_UNKNOWN_CA     ? "no known authority has signed it"
                     : flaws & G_TLS_CERTIFICATE_BAD_IDENTITY ? "it belongs to another server"
                     : flaws & G_TLS_CERTIFICATE_EXPIRED      ? "it has expired"
                                                              : error->message;
  return fail (self, FALSE,
               g_strdup_printf ("the certificate of “%s” is not trusted: %s; SSL_CERT_FILE may name a file with the "
                                "certificates to trust",
                                host, flaw));
}

static SymbolServerResult
attempt (Attempt *self, const char *first_url)
{
  g_autofree char *url = g_strdup (first_url);
  gboolean is_secure = g_ascii_strncasecmp (url, "https:", 6) == 0;
  for (guint n_redirects = 0; n_redirects <= MAXIMUM_REDIRECTS; n_redirects++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
      if (!is_allowed (uri, is_secure))
        return fail (self, FALSE, g_strdup_printf ("it redirects to “%s”, which is not trusted", url));
      if (self->server->trust_problem && g_str_equal (g_uri_get_scheme (uri), "https"))
        return fail (self, FALSE, g_strdup (self->server->trust_problem));
      g_autoptr (SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
      soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
      g_autoptr (GInputStream) stream
          = soup_session_send (self->server->session, message, self->cancellable, &error);
      if (!stream)
        return fail_without_answer (self, message, error);
      char *redirect = dup_redirect (message, uri);
      SymbolServerResult result = redirect ? SYMBOL_SERVER_FAILED : judge_status (self, message, stream);
      /* Left open, the stream would keep its connection from the others. */
      g_input_stream_close (stream, NULL, NULL);
      if (!redirect)
        return result;
      g_free (url);
      url = redirect;
    }
  return fail (self, FALSE, g_strdup ("too many redirects"));
}

/* Waits before another try; FALSE when cancelled. */
static gboolean
wait_before_retry (guint n_tries, guint wait_s, GCancellable *cancellable)
{
  gint64 until
      = g_get_monotonic_time () + MAX ((gint64) wait_s * G_USEC_PER_SEC, n_tries * G_USEC_PER_SEC / 4);
  while (!g_cancellable_is_cancelled (cancellable) && g_get_monotonic_time () < until)
    g_usleep (G_USEC_PER_SEC / 50);
  return !g_cancellable_is_cancelled (cancellable);
}

SymbolServerResult
symbol_server_fetch (SymbolServer *self, const char *url, const SymbolSink *sink, GCancellable *cancellable,
                     char **ret_problem)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri ? g_uri_get_host (uri) : "";
  *ret_problem = NULL;
  if (host_is_paused (self, host))
    {
      *ret_problem = g_strdup ("not asked, because it failed several times just before");
      return SYMBOL_SERVER_FAILED;
    }
  if (!enter (self, cancellable))
    {
      *ret_problem = g_strdup ("cancelled");
      return SYMBOL_SERVER_FAILED;
    }
  Attempt one = { .server = self, .sink = sink, .cancellable = cancellable };
  SymbolServerResult result = SYMBOL_SERVER_FAILED;
  for (guint n_tries = 1; n_tries <= MAXIMUM_TRIES; n_tries++)
    {
      one.can_retry = FALSE;
      one.wait_s = 0;
      result = attempt (&one, url);
      if (result != SYMBOL_SERVER_FAILED || !one.can_retry || n_tries == MAXIMUM_TRIES
          || !wait_before_retry (n_tries, one.wait_s, cancellable))
        break;
    }
  leave (self);
  if (!g_cancellable_is_cancelled (cancellable))
    remember_result (self, host, result != SYMBOL_SERVER_FAILED);
  if (result != SYMBOL_SERVER_FOUND)
    *ret_problem = g_steal_pointer (&one.problem);
  g_free (one.problem);
  return result;
}
