#include "app/state/trace_state.h"

#include "app/state/state_json.h"
#include "export/json_document.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#define SCHEMA "poolscope-trace-state"
#define VERSION 1

/* Which trace */

void
trace_identity_init (TraceIdentity *self, const char *path, const PoolTraceInfo *info)
{
  *self = (TraceIdentity){
    .path = g_canonicalize_filename (path, NULL),
    .size_bytes = info->file_size_bytes,
    .start_filetime = info->start_filetime,
    .end_filetime = info->end_filetime,
    .frequency = info->frequency,
    .n_processors = info->n_processors,
    .n_buffers = (guint32) info->buffers_in_file,
    .session_name = g_strdup (info->session_name != NULL ? info->session_name : ""),
  };
}

void
trace_identity_clear (TraceIdentity *self)
{
  g_free (self->path);
  g_free (self->session_name);
}

static gboolean
identity_equal (const TraceIdentity *a, const TraceIdentity *b)
{
  return g_str_equal (a->path, b->path) && a->size_bytes == b->size_bytes && a->start_filetime == b->start_filetime
         && a->end_filetime == b->end_filetime && a->frequency == b->frequency && a->n_processors == b->n_processors
         && a->n_buffers == b->n_buffers && g_str_equal (a->session_name, b->session_name);
}

static void
write_identity (const TraceIdentity *self, JsonBuilder *builder)
{
  /* Paths are bytes, JSON is text. */
  g_autofree char *path = g_uri_escape_string (self->path, "/ ", TRUE);
  json_builder_begin_object (builder);
  json_document_add_string (builder, "path", path);
  json_document_add_unsigned (builder, "size", self->size_bytes);
  json_document_add_integer (builder, "start", self->start_filetime);
  json_document_add_integer (builder, "end", self->end_filetime);
  json_document_add_unsigned (builder, "frequency", self->frequency);
  json_document_add_integer (builder, "processors", self->n_processors);
  json_document_add_integer (builder, "buffers", self->n_buffers);
  json_document_add_string (builder, "session", self->session_name);
  json_builder_end_object (builder);
}

static char *
dup_json (JsonBuilder *builder, gboolean is_pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_to_string (root, is_pretty);
}

char *
trace_identity_dup_key (const TraceIdentity *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  write_identity (self, builder);
  g_autofree char *text = dup_json (builder, FALSE);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strndup (digest, 32);
}

/* The state */

TraceState *
trace_state_new (void)
{
  TraceState *self = g_new0 (TraceState, 1);
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) view_state_free);
  self->notes = g_strdup ("");
  return self;
}

void
trace_state_free (TraceState *self)
{
  g_ptr_array_unref (self->views);
  g_free (self->notes);
  g_free (self);
}

char *
trace_state_write (const TraceState *self, const TraceIdentity *identity)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_document_add_string (builder, "schema", SCHEMA);
  json_document_add_integer (builder, "version", VERSION);
  json_builder_set_member_name (builder, "trace");
  write_identity (identity, builder);
  json_document_add_string (builder, "notes", self->notes);
  json_document_add_integer (builder, "current view", self->current_view);
  json_builder_set_member_name (builder, "views");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->views->len; i++)
    view_state_write (g_ptr_array_index (self->views, i), builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return dup_json (builder, TRUE);
}

/* Whether @object is what write_identity() makes of @identity. */
static gboolean
is_of_trace (JsonObject *object, const TraceIdentity *identity)
{
  const char *escaped_path = object != NULL ? state_json_get_string (object, "path") : NULL;
  const char *session_name = object != NULL ? state_json_get_string (object, "session") : NULL;
  g_autofree char *path = escaped_path != NULL ? g_uri_unescape_string (escaped_path, NULL) : NULL;
  if (path == NULL || session_name == NULL)
    return FALSE;
  TraceIdentity found = {
    .path = path,
    .size_bytes = (guint64) state_json_get_integer (object, "size", -1),
    .start_filetime = state_json_get_integer (object, "start", -1),
    .end_filetime = state_json_get_integer (object, "end", -1),
    .frequency = (guint64) state_json_get_integer (object, "frequency", -1),
    .n_processors = (guint32) state_json_get_integer (object, "processors", -1),
    .n_buffers = (guint32) state_json_get_integer (object, "buffers", -1),
    .session_name = (char *) session_name,
  };
  return identity_equal (&found, identity);
}

TraceState *
trace_state_read (const char *text, gsize n_bytes, const TraceIdentity *identity, GError **error)
{
  g_autoptr (JsonNode) root = state_json_parse (text, n_bytes, error);
  if (root == NULL)
    return NULL;
  JsonObject *object = json_node_get_object (root);
  if (g_strcmp0 (state_json_get_string (object, "schema"), SCHEMA) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is not the saved view of a trace"));
      return NULL;
    }
  if (state_json_get_integer (object, "version", 0) != VERSION)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("another version of Poolscope wrote it"));
      return NULL;
    }
  if (!is_of_trace (state_json_get_object (object, "trace"), identity))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("it belongs to another trace"));
      return NULL;
    }
  TraceState *self = trace_state_new ();
  const char *notes = state_json_get_string (object, "notes");
  g_free (self->notes);
  self->notes = g_strdup (notes != NULL ? notes : "");
  g_autoptr (GPtrArray) views = state_json_list_objects (object, "views", TRACE_STATE_MAX_VIEWS);
  for (guint i = 0; i < views->len; i++)
    g_ptr_array_add (self->views, view_state_read (g_ptr_array_index (views, i)));
  gint64 current_view = state_json_get_integer (object, "current view", 0);
  self->current_view = current_view > 0 && current_view < self->views->len ? (guint) current_view : 0;
  return self;
}
