#include "symbols/pdb_dbi.h"

#include "symbols/msf_reader.h"
#include "symbols/pdb_layouts.h"
#include "symbols/pdb_omap.h"

/* Where the parts of the DBI stream begin. */
typedef struct
{
  guint32 modules, contributions, section_map, debug_streams, end;
} DbiParts;

static gboolean
find_parts (DbiParts *parts, const guint8 *header, const MsfFile *file, GError **error)
{
  const guint32 sizes[] = {
    pdb_dbi_header_get_modules_size (header),       pdb_dbi_header_get_contributions_size (header),
    pdb_dbi_header_get_section_map_size (header),   pdb_dbi_header_get_files_size (header),
    pdb_dbi_header_get_type_servers_size (header),  pdb_dbi_header_get_edit_and_continue_size (header),
    pdb_dbi_header_get_debug_streams_size (header),
  };
  guint64 starts[G_N_ELEMENTS (sizes) + 1] = { pdb_dbi_header_SIZE };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      starts[i + 1] = starts[i] + sizes[i];
      if (sizes[i] > PDB_DBI_PART_SIZE_MAXIMUM
          || starts[i + 1] > msf_file_get_stream_size (file, PDB_STREAM_DBI))
        {
          msf_file_set_damaged (file, PDB_STREAM_DBI, 0x18, "a part of the stream is longer than the stream",
                                error);
          return FALSE;
        }
    }
  *parts = (DbiParts){ (guint32)starts[0], (guint32)starts[1], (guint32)starts[2], (guint32)starts[6],
                       (guint32)starts[7] };
  return TRUE;
}

/* The bytes at @offset that a record of a variable size may have: what is left, but not without limit. */
#define LONGEST_MODULE_BYTES (64u << 10)

static gboolean
read_modules (PdbDbi *self, const MsfFile *file, const DbiParts *parts, GError **error)
{
  g_auto (MsfReader) reader;
  msf_reader_init (&reader, file, PDB_STREAM_DBI, parts->contributions);
  for (guint32 offset = parts->modules; offset + pdb_module_SIZE <= parts->contributions;)
    {
      guint32 size = MIN (LONGEST_MODULE_BYTES, parts->contributions - offset);
      const guint8 *bytes = msf_reader_peek (&reader, offset, size, error);
      if (!bytes)
        return FALSE;
      PdbModule module = { pdb_module_get_stream (bytes), pdb_module_get_symbols_size (bytes),
                           pdb_module_get_old_lines_size (bytes), pdb_module_get_lines_size (bytes) };
      g_array_append_val (self->modules, module);
      const guint8 *name_end = memchr (bytes + pdb_module_SIZE, 0, size - pdb_module_SIZE);
      const guint8 *end = name_end ? memchr (name_end + 1, 0, (gsize)(bytes + size - name_end - 1)) : NULL;
      if (!end)
        {
          msf_file_set_damaged (file, PDB_STREAM_DBI, offset, "the name of a module does not end", error);
          return FALSE;
        }
      offset += ((guint32)(end + 1 - bytes) + 3) & ~3u;
    }
  return TRUE;
}

/* An image has at most 65535 sections, of 40 bytes each. */
#define LARGEST_SECTIONS_BYTES (65535u * pe_section_SIZE)

static gboolean
read_sections (PdbDbi *self, const MsfFile *file, guint stream, GError **error)
{
  guint32 size = MIN (msf_file_get_stream_size (file, stream), LARGEST_SECTIONS_BYTES);
  g_auto (MsfReader) reader;
  msf_reader_init (&reader, file, stream, size);
  for (guint32 offset = 0; offset + pe_section_SIZE <= size; offset += pe_section_SIZE)
    {
      const guint8 *bytes = msf_reader_peek (&reader, offset, pe_section_SIZE, error);
      if (!bytes)
        return FALSE;
      PdbSection section = { pe_section_get_virtual_address (bytes),
                             MAX (pe_section_get_virtual_size (bytes), pe_section_get_raw_size (bytes)),
                             (pe_section_get_characteristics (bytes) & PE_SECTION_IS_CODE) != 0 };
      /* What would reach over the end of a 32-bit image is cut there. */
      section.size_bytes = MIN (section.size_bytes, G_MAXUINT32 - section.rva);
      g_array_append_val (self->sections, section);
    }
  return TRUE;
}

/* Files without section headers say the same in the last module, the linker's. */
static gboolean
read_sections_of_linker (PdbDbi *self, const MsfFile *file, GError **error)
{
  const PdbModule *module
      = self->modules->len ? &g_array_index (self->modules, PdbModule, self->modules->len - 1) : NULL;
  if (!module || module->stream == MSF_NO_STREAM)
    return TRUE;
  g_auto (MsfReader) reader;
  msf_reader_init (&reader, file, module->stream, module->symbols_size_bytes);
  for (guint32 offset = 4; offset + pdb_record_SIZE <= reader.end;)
    {
      const guint8 *bytes = msf_reader_peek (&reader, offset, pdb_record_SIZE, error);
      guint32 size = bytes ? pdb_record_get_length (bytes) + 2u : 0;
      if (!bytes || size < pdb_record_SIZE || !(bytes = msf_reader_peek (&reader, offset, size, error)))
        return bytes == NULL ? FALSE : TRUE;
      if (pdb_record_get_kind (bytes) == PDB_RECORD_SECTION && size >= pdb_section_record_SIZE
          && pdb_section_record_get_section (bytes) == self->sections->len + 1)
        {
          guint32 rva = pdb_section_record_get_rva (bytes);
          PdbSection section = { rva, MIN (pdb_section_record_get_size (bytes), G_MAXUINT32 - rva),
                                 (pdb_section_record_get_characteristics (bytes) & PE_SECTION_IS_CODE) != 0 };
          g_array_append_val (self->sections, section);
        }
      offset += size;
    }
  return TRUE;
}

static int
compare_contributions (gconstpointer left, gconstpointer right)
{
  const PdbContribution *a = left, *b = right;
  if (a->start_rva != b->start_rva)
    return a->start_rva < b->start_rva ? -1 : 1;
  return (a->end_rva > b->end_rva) - (a->end_rva < b->end_rva);
}

static gboolean
read_contributions (PdbDbi *self, const MsfFile *file, const DbiParts *parts, GError **error)
{
  g_auto (MsfReader) reader;
  msf_reader_init (&reader, file, PDB_STREAM_DBI, parts->section_map);
  if (parts->section_map - parts->contributions < 4)
    return TRUE;
  const guint8 *bytes = msf_reader_peek (&reader, parts->contributions, 4, error);
  if (!bytes)
    return FALSE;
  guint32 version = read_u32 (bytes);
  guint32 record_size = version == PDB_CONTRIBUTIONS_VERSION_1   ? pdb_contribution_SIZE
                        : version == PDB_CONTRIBUTIONS_VERSION_2 ? pdb_contribution_SIZE + 4u
                                                                 : 0;
  if (record_size == 0)
    {
      msf_file_set_damaged (file, PDB_STREAM_DBI, parts->contributions,
                            "the section contributions have an unknown version", error);
      return FALSE;
    }
  gboolean is_sorted = TRUE;
  guint32 previous_rva = 0;
  for (guint32 offset = parts->contributions + 4; parts->section_map - offset >= record_size;
       offset += record_size)
    {
      bytes = msf_reader_peek (&reader, offset, record_size, error);
      if (!bytes)
        return FALSE;
      PdbContribution contribution = { .module = pdb_contribution_get_module (bytes) };
      guint32 size = pdb_contribution_get_size (bytes);
      if (!pdb_dbi_find_code (self, pdb_contribution_get_section (bytes), pdb_contribution_get_offset (bytes),
                              &contribution.start_rva))
        continue;
      contribution.end_rva = contribution.start_rva + MIN (size, G_MAXUINT32 - contribution.start_rva);
      is_sorted &= contribution.start_rva >= previous_rva;
      previous_rva = contribution.start_rva;
      g_array_append_val (self->contributions, contribution);
    }
  if (!is_sorted)
    g_array_sort (self->contributions, compare_contributions);
  return TRUE;
}

/* Reads both maps of a rearranged image. FALSE when there are none that can be used. */
static gboolean
read_omaps (PdbDbi *self, const MsfFile *file, const guint16 *streams)
{
  guint to_source = streams[PDB_DEBUG_STREAM_OMAP_TO_SOURCE], from_source = streams[PDB_DEBUG_STREAM_OMAP_FROM_SOURCE];
  if (to_source == MSF_NO_STREAM || from_source == MSF_NO_STREAM)
    return FALSE;
  self->has_damaged_maps
      = !pdb_omap_read (self->omap_to_source, file, to_source) || !pdb_omap_read (self->omap_from_source, file, from_source);
  if (!self->has_damaged_maps)
    return TRUE;
  g_array_set_size (self->omap_to_source, 0);
  g_array_set_size (self->omap_from_source, 0);
  return FALSE;
}

/* Reads what the streams of the optional header say: sections, and the maps of a rearranged image. */
static gboolean
read_debug_streams (PdbDbi *self, const MsfFile *file, const DbiParts *parts, GError **error)
{
  guint16 streams[PDB_N_DEBUG_STREAMS];
  guint8 bytes[sizeof streams];
  guint32 size = MIN ((guint32)sizeof bytes, (parts->end - parts->debug_streams) & ~1u);
  if (!msf_file_read (file, PDB_STREAM_DBI, parts->debug_streams, bytes, size, error))
    return FALSE;
  for (guint i = 0; i < PDB_N_DEBUG_STREAMS; i++)
    {
      streams[i] = 2 * i < size ? read_u16 (bytes + 2 * i) : MSF_NO_STREAM;
      if (msf_file_get_stream_size (file, streams[i]) == 0)
        streams[i] = MSF_NO_STREAM;
    }
  guint sections = streams[PDB_DEBUG_STREAM_SECTIONS];
  /* The addresses in the PDB are of the layout before. */
  if (read_omaps (self, file, streams) && streams[PDB_DEBUG_STREAM_ORIGINAL_SECTIONS] != MSF_NO_STREAM)
    sections = streams[PDB_DEBUG_STREAM_ORIGINAL_SECTIONS];
  return sections == MSF_NO_STREAM ? read_sections_of_linker (self, file, error)
                                   : read_sections (self, file, sections, error);
}

gboolean
pdb_dbi_read (PdbDbi *self, const MsfFile *file, GError **error)
{
  guint8 header[pdb_dbi_header_SIZE];
  DbiParts parts;
  *self = (PdbDbi){
    .symbol_stream = MSF_NO_STREAM,
    .sections = g_array_new (FALSE, FALSE, sizeof (PdbSection)),
    .modules = g_array_new (FALSE, FALSE, sizeof (PdbModule)),
    .contributions = g_array_new (FALSE, FALSE, sizeof (PdbContribution)),
    .omap_to_source = g_array_new (FALSE, FALSE, sizeof (PdbOmapEntry)),
    .omap_from_source = g_array_new (FALSE, FALSE, sizeof (PdbOmapEntry)),
  };
  if (msf_file_get_stream_size (file, PDB_STREAM_DBI) == 0)
    return TRUE;
  if (!msf_file_read (file, PDB_STREAM_DBI, 0, header, sizeof header, error))
    return FALSE;
  if (pdb_dbi_header_get_mark (header) != PDB_DBI_MARK)
    {
      msf_file_set_damaged (file, PDB_STREAM_DBI, 0, "the header is older than Visual C++ 5, or none", error);
      return FALSE;
    }
  self->exists = TRUE;
  self->machine = pdb_dbi_header_get_machine (header);
  self->symbol_stream = pdb_dbi_header_get_symbol_stream (header);
  return find_parts (&parts, header, file, error) && read_modules (self, file, &parts, error)
         && read_debug_streams (self, file, &parts, error) && read_contributions (self, file, &parts, error);
}

void
pdb_dbi_clear (PdbDbi *self)
{
  g_clear_pointer (&self->sections, g_array_unref);
  g_clear_pointer (&self->modules, g_array_unref);
  g_clear_pointer (&self->contributions, g_array_unref);
  g_clear_pointer (&self->omap_to_source, g_array_unref);
  g_clear_pointer (&self->omap_from_source, g_array_unref);
}

gboolean
pdb_dbi_find_code (const PdbDbi *self, guint16 section, guint32 offset, guint32 *ret_rva)
{
  if (section == 0 || section > self->sections->len)
    return FALSE;
  const PdbSection *found = &g_array_index (self->sections, PdbSection, section - 1);
  if (!found->is_code || offset >= found->size_bytes)
    return FALSE;
  *ret_rva = found->rva + offset;
  return TRUE;
}

const PdbContribution *
pdb_dbi_find_contribution (const PdbDbi *self, guint32 rva, guint32 *ret_end_rva)
{
  const PdbContribution *all = (const PdbContribution *)(void *)self->contributions->data;
  gsize low = 0, high = self->contributions->len;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (all[middle].start_rva <= rva)
        low = middle + 1;
      else
        high = middle;
    }
  if (low > 0 && rva < all[low - 1].end_rva)
    {
      *ret_end_rva = all[low - 1].end_rva;
      return &all[low - 1];
    }
  guint32 end_rva = low < self->contributions->len ? all[low].start_rva : G_MAXUINT32;
  for (guint i = 0; i < self->sections->len; i++)
    {
      const PdbSection *section = &g_array_index (self->sections, PdbSection, i);
      if (rva >= section->rva && rva - section->rva < section->size_bytes)
        end_rva = MIN (end_rva, section->rva + section->size_bytes);
    }
  *ret_end_rva = end_rva;
  return NULL;
}
