/* A PDB's directory of an image: sections, modules, what each put where, and maps to the final layout. */
#pragma once

#include "symbols/msf_file.h"

typedef struct
{
  guint32 rva, size_bytes;
  gboolean is_code;
} PdbSection;

typedef struct
{
  guint16 stream;           /* MSF_NO_STREAM without symbols */
  /* The parts of the stream, one behind the other: symbols, and lines in an old and in today's format. */
  guint32 symbols_size_bytes, old_lines_size_bytes, lines_size_bytes;
} PdbModule;

typedef struct
{
  guint32 start_rva, end_rva;
  guint16 module;
} PdbContribution;

typedef struct
{
  gboolean exists; /* a PDB of managed code may have none */
  guint16 machine; /* PE_MACHINE_… */
  guint16 symbol_stream;
  GArray *sections;       /* of PdbSection, where the addresses in the PDB point */
  GArray *modules;        /* of PdbModule */
  GArray *contributions;  /* of PdbContribution: code only, ascending */
  GArray *omap_to_source; /* of PdbOmapEntry, ascending; empty unless the image was rearranged */
  GArray *omap_from_source;
  gboolean has_damaged_maps; /* which are left out then */
} PdbDbi;

/* Reads stream 3 of @file; clear @self with pdb_dbi_clear() also after a failure.
 * FALSE with @error (SYMBOL_ERROR, G_IO_ERROR).
 */
gboolean pdb_dbi_read (PdbDbi *self, const MsfFile *file, GError **error);
void pdb_dbi_clear (PdbDbi *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PdbDbi, pdb_dbi_clear)

/* The RVA of @offset in @section (from 1). FALSE for what is no code: other sections, absolute constants. */
gboolean pdb_dbi_find_code (const PdbDbi *self, guint16 section, guint32 offset, guint32 *ret_rva);
/* The contribution that covers @rva.
 *
 * @ret_end_rva receives its end; where none covers @rva, the start of the next one, or the section's end.
 * Returns: (transfer none) (nullable)
 */
const PdbContribution *pdb_dbi_find_contribution (const PdbDbi *self, guint32 rva, guint32 *ret_end_rva);
