#include "symbols/symbol_verify.h"

#include "symbols/image_file.h"
#include "symbols/pdb_info.h"
#include "symbols/symbol_table.h"

gboolean
symbol_verify_pdb (const char *path, const SymbolIdentity *identity, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_open_path (path, error);
  g_autoptr (MsfFile) file = source ? msf_file_open (source, error) : NULL;
  PdbInfo info;
  if (!file || !pdb_info_read (&info, file, error))
    return FALSE;
  if (pdb_info_fits (&info, identity, NULL))
    return TRUE;
  g_autofree char *found_key = pdb_info_dup_key (&info);
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
