#include "symbols/pdb_info.h"

#include "symbols/pdb_layouts.h"
#include "symbols/symbol_table.h"

/* Steps over a count of words and the words, as the bitmaps of a hash table are stored. FALSE at the end. */
static gboolean
skip_words (ByteSpan *rest)
{
  ByteSpan words;
  if (rest->size < 4 || !byte_span_slice (*rest, 4, 4 * (gsize)read_u32 (rest->bytes), &words))
    return FALSE;
  *rest = byte_span_tail (*rest, 4 + words.size);
  return TRUE;
}

/* The number of the stream that the table in @entries calls "/names". */
static guint16
find_names_stream (ByteSpan names, ByteSpan entries, guint32 n_entries)
{
  for (; n_entries > 0 && entries.size >= 8; n_entries--, entries = byte_span_tail (entries, 8))
    {
      ByteSpan name = byte_span_tail (names, read_u32 (entries.bytes));
      guint32 stream = read_u32 (entries.bytes + 4);
      if (name.size >= sizeof PDB_NAMES_STREAM && memcmp (name.bytes, PDB_NAMES_STREAM, sizeof PDB_NAMES_STREAM) == 0
          && stream < MSF_NO_STREAM)
        return (guint16)stream;
    }
  return MSF_NO_STREAM;
}

/* The table of named streams, and the feature codes, which are all that follows it. */
static void
read_tables (PdbInfo *self, ByteSpan rest, guint32 names_size)
{
  ByteSpan names = { rest.bytes, MIN (names_size, rest.size) };
  rest = byte_span_tail (rest, names_size);
  if (rest.size < 8)
    return;
  guint32 n_entries = read_u32 (rest.bytes);
  rest = byte_span_tail (rest, 8);
  if (!skip_words (&rest) || !skip_words (&rest))
    return;
  self->names_stream = find_names_stream (names, rest, n_entries);
  rest = byte_span_tail (rest, 8 * (gsize)n_entries);
  for (; rest.size >= 4; rest = byte_span_tail (rest, 4))
    self->is_minimal |= read_u32 (rest.bytes) == PDB_FEATURE_MINIMAL;
}

static guint32
read_image_age (const MsfFile *file)
{
  guint8 header[pdb_dbi_header_SIZE];
  if (msf_file_get_stream_size (file, PDB_STREAM_DBI) < sizeof header
      || !msf_file_read (file, PDB_STREAM_DBI, 0, header, sizeof header, NULL))
    return 0;
  return pdb_dbi_header_get_age (header);
}

gboolean
pdb_info_fits (const PdbInfo *self, const SymbolIdentity *identity, const char **ret_differs)
{
  gboolean is_same_guid = memcmp (self->guid, identity->pdb_guid, sizeof self->guid) == 0;
  gboolean is_same_age
      = self->image_age ? self->image_age == identity->pdb_age : self->age >= identity->pdb_age;
  if (ret_differs)
    *ret_differs = is_same_guid ? "age" : "GUID";
  return is_same_guid && is_same_age;
}

char *
pdb_info_dup_key (const PdbInfo *self)
{
  SymbolIdentity identity = { .pdb_age = self->image_age ? self->image_age : self->age };
  memcpy (identity.pdb_guid, self->guid, sizeof identity.pdb_guid);
  return symbol_identity_dup_pdb_key (&identity);
}

gboolean
pdb_info_read (PdbInfo *self, const MsfFile *file, GError **error)
{
  gsize size;
  g_autofree guint8 *bytes = msf_file_dup_stream (file, PDB_STREAM_INFO, &size, error);
  if (!bytes)
    return FALSE;
  if (size < pdb_info_SIZE)
    {
      msf_file_set_damaged (file, PDB_STREAM_INFO, size, "the stream with the identity ends too early",
                            error);
      return FALSE;
    }
  if (pdb_info_get_version (bytes) < PDB_INFO_VERSION_WITH_GUID)
    {
      g_set_error (error, SYMBOL_ERROR, SYMBOL_ERROR_NOT_A_PDB,
                   "“%s” has info version %u, which is older than GUIDs; it cannot be matched with an image",
                   msf_file_get_display_name (file), pdb_info_get_version (bytes));
      return FALSE;
    }
  memcpy (self->guid, bytes + PDB_INFO_GUID_OFFSET, sizeof self->guid);
  self->age = pdb_info_get_age (bytes);
  self->image_age = read_image_age (file);
  self->is_minimal = FALSE;
  self->names_stream = MSF_NO_STREAM;
  read_tables (self, (ByteSpan){ bytes + pdb_info_SIZE, size - pdb_info_SIZE }, pdb_info_get_names_size (bytes));
  return TRUE;
}
