#pragma once

#include <glib.h>

/* Makes small but complete PDBs (MSF 7.00) for 64-bit images with one section of code. */

typedef struct
{
  const char *name; /* plain and qualified, as compilers write private names */
  guint32 rva, size_bytes;
  guint32 first_line; /* where the image has a source file: of the function's start */
} PdbFunction;

typedef struct
{
  guint8 guid[16]; /* in memory order */
  guint32 age, time_date_stamp;
  guint32 image_size_bytes;
  const PdbFunction *functions; /* (array length=n_functions): ascending RVAs, from PDB_CODE_RVA on */
  guint n_functions;
  const char *source_file; /* (nullable): NULL for a PDB without lines */
} PdbImage;

#define PDB_CODE_RVA 0x1000u
#define PDB_BYTES_PER_LINE 24u /* each line of a function has so much code */

GBytes *pdb_writer_make (const PdbImage *image);
