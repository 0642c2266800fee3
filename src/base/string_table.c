#include "base/string_table.h"

struct _StringTable
{
  GStringChunk *chunk;
  GPtrArray *texts;   /* of const char *, by id */
  GHashTable *ids;    /* const char * -> id + 1 */
};

StringTable *
string_table_new (void)
{
  StringTable *self = g_new0 (StringTable, 1);
  self->chunk = g_string_chunk_new (4096);
  self->texts = g_ptr_array_new ();
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
string_table_free (StringTable *self)
{
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->texts);
  g_string_chunk_free (self->chunk);
  g_free (self);
}

/* The id of @text, which is copied when it is new. */
guint32
string_table_intern (StringTable *self, const char *text)
{
  guint32 id;
  if (string_table_lookup (self, text, &id))
    return id;
  const char *copy = g_string_chunk_insert (self->chunk, text);
  g_ptr_array_add (self->texts, (gpointer) copy);
  g_hash_table_insert (self->ids, (gpointer) copy, GUINT_TO_POINTER (self->texts->len));
  return self->texts->len - 1;
}

/* Whether @text is in the table; if so @ret_id receives its id. */
gboolean
string_table_lookup (const StringTable *self, const char *text, guint32 *ret_id)
{
  gpointer id_plus_one = g_hash_table_lookup (self->ids, text);
  if (!id_plus_one)
    return FALSE;
  *ret_id = GPOINTER_TO_UINT (id_plus_one) - 1;
  return TRUE;
}

/* Returns: (transfer none): the text of @id, which must be below the count; lives as long as the table. */
const char *
string_table_get (const StringTable *self, guint32 id)
{
  return g_ptr_array_index (self->texts, id);
}

guint32
string_table_get_count (const StringTable *self)
{
  return self->texts->len;
}
