#include "app/state/state_json.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* The parser goes down a call per level: what is too deep for it must not reach it. It also skips comments and takes
 * single quotes, which are no JSON and could hide from this where strings begin. */
static gboolean
is_too_deep (const char *text, gsize n_bytes)
{
  guint depth = 0;
  gboolean is_in_string = FALSE;
  for (gsize i = 0; i < n_bytes; i++)
    {
      char character = text[i];
      if (is_in_string && character == '\\')
        i++;
      else if (character == '"')
        is_in_string = !is_in_string;
      else if (is_in_string)
        continue;
      else if (character == '/' || character == '\'')
        return TRUE;
      else if (character == '{' || character == '[')
        depth++;
      else if ((character == '}' || character == ']') && depth > 0)
        depth--;
      if (depth > STATE_JSON_MAX_DEPTH)
        return TRUE;
    }
  return FALSE;
}

JsonNode *
state_json_parse (const char *text, gsize n_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  if (n_bytes > STATE_JSON_MAX_BYTES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is larger than %d MiB"),
                 STATE_JSON_MAX_BYTES >> 20);
  else if (!g_utf8_validate_len (text, n_bytes, NULL))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is not UTF-8 text"));
  else if (is_too_deep (text, n_bytes))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is nested deeper than %d levels, or has comments"),
                 STATE_JSON_MAX_DEPTH);
  else if (!json_parser_load_from_data (parser, n_bytes > 0 ? text : "", (gssize) n_bytes, &reason))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is not JSON: %s"), reason->message);
  else if (json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it does not hold an object"));
  else
    return json_node_ref (json_parser_get_root (parser));
  return NULL;
}

/* (nullable): the member where it holds a value of @type. */
static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static const char *
get_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  const char *text = json_node_get_string (node);
  return strnlen (text, STATE_JSON_MAX_TEXT_BYTES + 1) <= STATE_JSON_MAX_TEXT_BYTES ? text : NULL;
}

const char *
state_json_get_string (JsonObject *object, const char *name)
{
  return get_text (json_object_get_member (object, name));
}

gint64
state_json_get_integer (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);
  return node != NULL ? json_node_get_int (node) : fallback;
}

gboolean
state_json_get_boolean (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);
  return node != NULL && json_node_get_boolean (node);
}

JsonObject *
state_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

char **
state_json_dup_strings (JsonObject *object, const char *name, guint max_n)
{
  JsonArray *array = get_array (object, name);
  guint n = array != NULL ? MIN (json_array_get_length (array), max_n) : 0;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < n; i++)
    {
      const char *text = get_text (json_array_get_element (array, i));
      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

GPtrArray *
state_json_list_objects (JsonObject *object, const char *name, guint max_n)
{
  JsonArray *array = get_array (object, name);
  guint n = array != NULL ? MIN (json_array_get_length (array), max_n) : 0;
  GPtrArray *objects = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (objects, json_node_get_object (node));
    }
  return objects;
}
