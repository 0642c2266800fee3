/* What a PDB's info stream says of it. */
#pragma once

#include "symbols/msf_file.h"

typedef struct
{
  guint8 guid[16]; /* in memory order */
  guint32 age;     /* of the info stream: not smaller than the image's */
  guint16 names_stream; /* of the source files' names, among others; MSF_NO_STREAM without */
  gboolean is_minimal; /* made with /DEBUG:FASTLINK: the symbols stayed in the object files */
} PdbInfo;

gboolean pdb_info_read (PdbInfo *self, const MsfFile *file, GError **error);
