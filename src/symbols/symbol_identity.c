#include "symbols/symbol_identity.h"

#include <string.h>

void
symbol_identity_copy (SymbolIdentity *self, const SymbolIdentity *from)
{
  *self = *from;
  self->image_name = g_strdup (from->image_name);
  self->pdb_name = g_strdup (from->pdb_name);
}

void
symbol_identity_clear (SymbolIdentity *self)
{
  g_free (self->image_name);
  g_free (self->pdb_name);
  memset (self, 0, sizeof *self);
}

/* The folder of the PDB in a symbol store. The first three parts of a GUID are numbers, little-endian in
 * memory, and are written as numbers; the rest is written byte by byte. */
char *
symbol_identity_dup_pdb_key (const SymbolIdentity *self)
{
  static const guint8 order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
  GString *key = g_string_sized_new (41);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_string_append_printf (key, "%02X", self->pdb_guid[order[i]]);
  g_string_append_printf (key, "%x", self->pdb_age);
  return g_string_free (key, FALSE);
}

/* The folder of the image itself in a symbol store. */
char *
symbol_identity_dup_image_key (const SymbolIdentity *self)
{
  return g_strdup_printf ("%08X%" G_GINT64_MODIFIER "x", self->time_date_stamp, self->image_size_bytes);
}
