/* What names one build of one module, and with it the symbols that belong to it. */
#pragma once

#include <glib.h>

typedef struct
{
  /* Of the image: for fetching the image itself by name and time stamp. */
  char *image_name;        /* (owned): file name without folders */
  guint32 time_date_stamp; /* 0 unknown */
  guint64 image_size_bytes;
  /* Of its PDB, from a CodeView RSDS record; a trace that was never merged has none. */
  gboolean has_pdb;
  guint8 pdb_guid[16];     /* in memory order */
  guint32 pdb_age;
  char *pdb_name;          /* (owned) (nullable): as recorded, may have folders */
} SymbolIdentity;

/* Makes @self a copy of @from; what @self had before is not freed. */
void symbol_identity_copy (SymbolIdentity *self, const SymbolIdentity *from);
/* Frees the strings and leaves an identity of nothing. */
void symbol_identity_clear (SymbolIdentity *self);
/* "491D6A60A2F14B5D9A8D5C3C1E6E9A2B1": GUID as 32 upper-case digits, age in hex: the store's folder. (transfer full) */
char *symbol_identity_dup_pdb_key (const SymbolIdentity *self);
/* "5A7B9C1E1c000": time stamp %08X and size %x. (transfer full) */
char *symbol_identity_dup_image_key (const SymbolIdentity *self);
