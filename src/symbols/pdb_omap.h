/* The maps (OMAP) between the layout of an image that a PDB knows and the one it got when its code was rearranged. */
#pragma once

#include "symbols/msf_file.h"

typedef struct
{
  guint32 rva, target; /* 0 and 0x80000000: there is nothing */
} PdbOmapEntry;

/* Appends the entries that @stream has to @entries (of PdbOmapEntry). FALSE when they cannot be read, or do not ascend. */
gboolean pdb_omap_read (GArray *entries, const MsfFile *file, guint stream);
/* Where @rva is in the other layout; 0 where it is not. @entries of PdbOmapEntry ascend. */
guint32 pdb_omap_translate (const GArray *entries, guint32 rva);
/* Whether what stands there is in the other layout at all: linkers write 0 or 0x80000000 where it is not. */
gboolean pdb_omap_entry_has_target (const PdbOmapEntry *self);
