#include "symbols/pdb_omap.h"

#include "symbols/msf_reader.h"
#include "symbols/pdb_layouts.h"

gboolean
pdb_omap_read (GArray *entries, const MsfFile *file, guint stream)
{
  guint32 size = msf_file_get_stream_size (file, stream);
  g_auto (MsfReader) reader;
  msf_reader_init (&reader, file, stream, size);
  for (guint32 offset = 0; size - offset >= pdb_omap_SIZE; offset += pdb_omap_SIZE)
    {
      const guint8 *bytes = msf_reader_peek (&reader, offset, pdb_omap_SIZE, NULL);
      if (!bytes)
        return FALSE;
      PdbOmapEntry entry = { pdb_omap_get_rva (bytes), pdb_omap_get_target (bytes) };
      if (entries->len && entry.rva <= g_array_index (entries, PdbOmapEntry, entries->len - 1).rva)
        return FALSE;
      g_array_append_val (entries, entry);
    }
  return TRUE;
}

gboolean
pdb_omap_entry_has_target (const PdbOmapEntry *self)
{
  return self->target != 0 && self->target < 0x80000000u;
}

guint32
pdb_omap_translate (const GArray *entries, guint32 rva)
{
  gsize low = 0, high = entries->len;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (g_array_index (entries, PdbOmapEntry, middle).rva <= rva)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return rva;
  const PdbOmapEntry *entry = &g_array_index (entries, PdbOmapEntry, low - 1);
  return pdb_omap_entry_has_target (entry) ? entry->target + (rva - entry->rva) : 0;
}
