#include "symbols/image_file.h"

#include "symbols/pdb_layouts.h"
#include "symbols/symbol_table.h"

#define LONGEST_PATH_BYTES 2048u
#define MOST_DEBUG_ENTRIES 64u

static void
set_not_an_image (const ByteSource *source, guint64 offset, const char *what, GError **error)
{
  g_set_error (error, SYMBOL_ERROR, SYMBOL_ERROR_NOT_AN_IMAGE,
               "“%s” is not an image of Windows: at offset 0x%" G_GINT64_MODIFIER
               "x %s; get the .sys, .dll or "
               ".exe file itself",
               byte_source_get_display_name (source), offset, what);
}

static gboolean
read_exactly (const ByteSource *source, guint64 offset, void *buffer, gsize size, GError **error)
{
  gssize n = byte_source_read (source, offset, buffer, size, error);
  if (n >= 0 && (gsize)n < size)
    set_not_an_image (source, offset + (guint64)n, "it ends too early", error);
  return n >= 0 && (gsize)n == size;
}

/* The place in the file of what is loaded at @rva; 0 where no section has it. */
static gboolean
find_file_offset (const ByteSource *source, guint64 sections_offset, guint n_sections, guint32 rva,
                  guint64 *ret_offset, GError **error)
{
  *ret_offset = 0;
  for (guint i = 0; i < n_sections && *ret_offset == 0; i++)
    {
      guint8 bytes[pe_section_SIZE];
      if (!read_exactly (source, sections_offset + i * (guint64)pe_section_SIZE, bytes, sizeof bytes, error))
        return FALSE;
      guint32 start = pe_section_get_virtual_address (bytes);
      if (rva >= start && rva - start < pe_section_get_raw_size (bytes))
        *ret_offset = (guint64)pe_section_get_raw_offset (bytes) + (rva - start);
    }
  return TRUE;
}

static void
take_codeview (const ByteSource *source, const guint8 *entry, SymbolIdentity *identity)
{
  guint8 bytes[pe_codeview_SIZE + LONGEST_PATH_BYTES];
  gsize size = MIN (pe_debug_entry_get_size (entry), sizeof bytes);
  gssize n = byte_source_read (source, pe_debug_entry_get_file_offset (entry), bytes, size, NULL);
  if (n < (gssize)pe_codeview_SIZE || pe_codeview_get_mark (bytes) != PE_CODEVIEW_MARK || identity->has_pdb)
    return;
  identity->has_pdb = TRUE;
  memcpy (identity->pdb_guid, bytes + PE_CODEVIEW_GUID_OFFSET, sizeof identity->pdb_guid);
  identity->pdb_age = pe_codeview_get_age (bytes);
  identity->pdb_name
      = byte_span_dup_string ((ByteSpan){ bytes + pe_codeview_SIZE, (gsize)n - pe_codeview_SIZE }, NULL);
}

/* Goes through the @size bytes of the debug directory at @offset. */
static gboolean
read_debug_directory (const ByteSource *source, guint64 offset, guint32 size, SymbolIdentity *identity,
                      GError **error)
{
  guint n_entries = MIN (size / pe_debug_entry_SIZE, MOST_DEBUG_ENTRIES);
  for (guint i = 0; i < n_entries; i++)
    {
      guint8 entry[pe_debug_entry_SIZE];
      if (!read_exactly (source, offset + i * (guint64)pe_debug_entry_SIZE, entry, sizeof entry, error))
        return FALSE;
      if (pe_debug_entry_get_type (entry) == PE_DEBUG_TYPE_CODEVIEW)
        take_codeview (source, entry, identity);
    }
  return TRUE;
}

/* The place of the debug directory, from the header for 32 or 64 bits; a size of 0 where there is none. */
static gboolean
find_debug_directory (const ByteSource *source, guint64 header_offset, const guint8 *header,
                      guint64 *ret_offset, guint32 *ret_size, GError **error)
{
  gboolean is_64 = pe_header_get_optional_magic (header) == PE_MAGIC_64;
  guint8 optional[sizeof (union { guint8 of_32[pe_debug_32_SIZE], of_64[pe_debug_64_SIZE]; })] = { 0 };
  gsize size = is_64 ? pe_debug_64_SIZE : pe_debug_32_SIZE;
  guint16 optional_size = pe_header_get_optional_size (header);
  guint64 optional_offset = header_offset + PE_OPTIONAL_HEADER_OFFSET;
  *ret_size = 0;
  if (!read_exactly (source, optional_offset, optional, MIN (optional_size, size), error))
    return FALSE;
  guint32 n_directories
      = is_64 ? pe_debug_64_get_n_directories (optional) : pe_debug_32_get_n_directories (optional);
  guint32 rva = is_64 ? pe_debug_64_get_rva (optional) : pe_debug_32_get_rva (optional);
  if (n_directories <= PE_DEBUG_DIRECTORY_INDEX || rva == 0)
    return TRUE;
  if (!find_file_offset (source, optional_offset + optional_size, pe_header_get_n_sections (header), rva,
                         ret_offset, error))
    return FALSE;
  if (*ret_offset)
    *ret_size = is_64 ? pe_debug_64_get_size (optional) : pe_debug_32_get_size (optional);
  return TRUE;
}

gboolean
image_file_read_identity (ByteSource *source, SymbolIdentity *identity, GError **error)
{
  guint8 dos_header[pe_dos_header_SIZE], header[pe_header_SIZE];
  guint64 directory_offset = 0;
  guint32 directory_size;
  if (!read_exactly (source, 0, dos_header, sizeof dos_header, error))
    return FALSE;
  if (pe_dos_header_get_mark (dos_header) != PE_DOS_MARK)
    {
      set_not_an_image (source, 0, "the mark “MZ” is missing", error);
      return FALSE;
    }
  guint64 header_offset = pe_dos_header_get_header_offset (dos_header);
  if (!read_exactly (source, header_offset, header, sizeof header, error))
    return FALSE;
  guint16 magic = pe_header_get_optional_magic (header);
  if (pe_header_get_mark (header) != PE_MARK || (magic != PE_MAGIC_32 && magic != PE_MAGIC_64))
    {
      set_not_an_image (source, header_offset, "the mark “PE” of 32 or 64 bits is missing", error);
      return FALSE;
    }
  SymbolIdentity found = { .time_date_stamp = pe_header_get_time_date_stamp (header),
                           .image_size_bytes = pe_header_get_image_size (header) };
  if (!find_debug_directory (source, header_offset, header, &directory_offset, &directory_size, error)
      || !read_debug_directory (source, directory_offset, directory_size, &found, error))
    {
      symbol_identity_clear (&found);
      return FALSE;
    }
  found.image_name = g_strdup (byte_source_get_display_name (source));
  *identity = found;
  return TRUE;
}
