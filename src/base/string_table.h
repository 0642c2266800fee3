/* Interned strings: each distinct text once, named by a dense id from 0 on. */
#pragma once

#include <glib.h>

typedef struct _StringTable StringTable;

StringTable *string_table_new (void);
void string_table_free (StringTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StringTable, string_table_free)

guint32 string_table_intern (StringTable *self, const char *text);
gboolean string_table_lookup (const StringTable *self, const char *text, guint32 *ret_id);
const char *string_table_get (const StringTable *self, guint32 id);
guint32 string_table_get_count (const StringTable *self);
