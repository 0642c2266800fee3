/* What a PDB's info stream says of it. */
#pragma once

#include "symbols/msf_file.h"
#include "symbols/symbol_identity.h"

typedef struct
{
  guint8 guid[16]; /* in memory order */
  guint32 age;       /* of this stream: grows with every rewrite of the file */
  guint32 image_age; /* of the directory of the image (DBI), which the image repeats; 0 where there is none */
  guint16 names_stream; /* of the source files' names, among others; MSF_NO_STREAM without */
  gboolean is_minimal; /* made with /DEBUG:FASTLINK: the symbols stayed in the object files */
} PdbInfo;

/* Whether it is the PDB of @identity. What differs goes to @ret_differs (nullable): "GUID" or "age". */
gboolean pdb_info_fits (const PdbInfo *self, const SymbolIdentity *identity, const char **ret_differs);
/* GUID and age as a symbol store has them. (transfer full) */
char *pdb_info_dup_key (const PdbInfo *self);
/* Reads stream 1 of @file, and of stream 3 the age. FALSE with @error (SYMBOL_ERROR, G_IO_ERROR). */
gboolean pdb_info_read (PdbInfo *self, const MsfFile *file, GError **error);
