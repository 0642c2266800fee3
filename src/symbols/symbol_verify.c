#include "symbols/symbol_verify.h"

#include <string.h>

#include "symbols/image_file.h"
#include "symbols/pdb_info.h"
#include "symbols/pdb_layouts.h"
#include "symbols/symbol_table.h"

/* The age that an image's record repeats: that of the DBI stream; 0 where there is none. */
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
symbol_verify_pdb (const char *path, const SymbolIdentity *identity, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_open_path (path, error);
  g_autoptr (MsfFile) file = source ? msf_file_open (source, error) : NULL;
  PdbInfo info;
  if (!file || !pdb_info_read (&info, file, error))
    return FALSE;
  guint32 image_age = read_image_age (file);
  gboolean is_same_age = image_age ? image_age == identity->pdb_age : info.age >= identity->pdb_age;
  if (is_same_age && memcmp (info.guid, identity->pdb_guid, sizeof info.guid) == 0)
    return TRUE;
  SymbolIdentity found = { .pdb_age = image_age ? image_age : info.age };
  memcpy (found.pdb_guid, info.guid, sizeof found.pdb_guid);
  g_autofree char *found_key = symbol_identity_dup_pdb_key (&found);
  g_set_error (error, SYMBOL_ERROR, SYMBOL_ERROR_WRONG_BUILD, "the PDB is of another build, %s", found_key);
  return FALSE;
}

gboolean
symbol_verify_image (const char *path, const SymbolIdentity *identity, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_open_path (path, error);
  SymbolIdentity found;
  if (!source || !image_file_read_identity (source, &found, error))
    return FALSE;
  gboolean is_same = found.time_date_stamp == identity->time_date_stamp
                     && found.image_size_bytes == identity->image_size_bytes;
  if (!is_same)
    {
      g_autofree char *found_key = symbol_identity_dup_image_key (&found);
      g_set_error (error, SYMBOL_ERROR, SYMBOL_ERROR_WRONG_BUILD, "the image is of another build, %s",
                   found_key);
    }
  symbol_identity_clear (&found);
  return is_same;
}
