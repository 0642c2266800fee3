/* What a PDB's info stream says of it. */
#pragma once

#include "symbols/msf_file.h"

typedef struct
{
  guint8 guid[16]; /* in memory order */
  guint32 age;     /* of the info stream: not smaller than the image's */
  gboolean is_minimal; /* made with /DEBUG:FASTLINK: the symbols stayed in the object files */
} PdbInfo;

gboolean pdb_info_read (PdbInfo *self, const MsfFile *file, GError **error);
