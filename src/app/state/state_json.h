/* Reads JSON of unknown origin: bounded in size and depth; members of another type count as missing. */
#pragma once

#include <json-glib/json-glib.h>

#define STATE_JSON_MAX_BYTES (4 << 20)
#define STATE_JSON_MAX_DEPTH 12
#define STATE_JSON_MAX_TEXT_BYTES (1 << 20)

/* The object that @text (array length=n_bytes), UTF-8, consists of. NULL with @error (G_IO_ERROR_INVALID_DATA), which
 * says what is wrong where. (transfer full) */
JsonNode *state_json_parse (const char *text, gsize n_bytes, GError **error);

/* (nullable) (transfer none): NULL where it is missing or too long. */
const char *state_json_get_string (JsonObject *object, const char *name);
gint64 state_json_get_integer (JsonObject *object, const char *name, gint64 fallback);
gboolean state_json_get_boolean (JsonObject *object, const char *name);
JsonObject *state_json_get_object (JsonObject *object, const char *name); /* (nullable) (transfer none) */
/* (transfer full): the strings of an array, at most @max_n of them; empty where it is missing. */
char **state_json_dup_strings (JsonObject *object, const char *name, guint max_n);
/* (transfer container): of JsonObject, those of an array, at most @max_n of them; empty where it is missing. */
GPtrArray *state_json_list_objects (JsonObject *object, const char *name, guint max_n);
