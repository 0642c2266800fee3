#include "symbols/symbol_module_loader.h"

#include "symbols/image_file.h"
#include "symbols/symbol_cache.h"

/* One module on its way. */
typedef struct
{
  SymbolIdentity identity; /* (owned): completed by the image */
  const SymbolLoadOptions *options;
  SymbolProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  SymbolModuleLoad *result;
} Way;

static void
end_without_table (Way *way, SymbolState state, char *reason)
{
  way->result->state = state;
  way->result->reason = reason;
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
end_with_error (Way *way, GError *reason, GError **error)
{
  if (is_cancelled (reason))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  end_without_table (way, SYMBOL_STATE_UNREADABLE, g_strdup (reason->message));
  g_error_free (reason);
  return TRUE;
}

/* Takes @table (transfer full) from @origin. */
static gboolean
end_with_table (Way *way, SymbolTable *table, const char *origin)
{
  guint32 n_functions = symbol_table_get_count (table);
  way->result->table = table;
  way->result->state = SYMBOL_STATE_LOADED;
  way->result->reason
      = g_strdup_printf ("%u %s%s%s%s from %s", n_functions, n_functions == 1 ? "name" : "names",
                         symbol_table_is_public_only (table) ? " (public ones only)" : "",
                         symbol_table_has_damaged_names (table) ? " (others are damaged)" : "",
                         symbol_table_has_damaged_lines (table) ? " (some source lines are damaged)" : "", origin);
  return TRUE;
}

/* Reads the image and takes over which PDB belongs to it. FALSE when this is the end of the way: then
 * @ret_is_done tells what the whole way returns. */
static gboolean
find_identity (Way *way, gboolean *ret_is_done, GError **error)
{
  SymbolIdentity *identity = &way->identity;
  *ret_is_done = TRUE;
  if (identity->time_date_stamp == 0 || identity->image_size_bytes == 0)
    {
      end_without_table (way, SYMBOL_STATE_NO_IDENTITY,
                         g_strdup ("the trace tells neither its PDB nor the build of the image; merge the trace on the "
                                   "recorded machine (xperf -merge, wpr -stop)"));
      return FALSE;
    }
  g_autofree char *reason = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = symbol_locator_find_image (way->options->locator, identity, way->progress,
                                                     way->progress_data, way->cancellable, &reason, &local_error);
  if (path == NULL && local_error == NULL)
    {
      end_without_table (way, SYMBOL_STATE_NOT_FOUND,
                         g_strdup_printf ("the trace does not tell its PDB; its image: %s",
                                          reason != NULL ? reason : "not found"));
      return FALSE;
    }
  g_autoptr (ByteSource) source = path != NULL ? byte_source_open_path (path, &local_error) : NULL;
  SymbolIdentity image = { 0 };
  if (source == NULL || !image_file_read_identity (source, &image, &local_error))
    {
      *ret_is_done = end_with_error (way, g_steal_pointer (&local_error), error);
      return FALSE;
    }
  if (!image.has_pdb)
    {
      symbol_identity_clear (&image);
      end_without_table (way, SYMBOL_STATE_NO_IDENTITY,
                         g_strdup_printf ("its image “%s” names no PDB: it was built without symbols", path));
      return FALSE;
    }
  identity->has_pdb = TRUE;
  memcpy (identity->pdb_guid, image.pdb_guid, sizeof identity->pdb_guid);
  identity->pdb_age = image.pdb_age;
  g_free (identity->pdb_name);
  identity->pdb_name = g_steal_pointer (&image.pdb_name);
  symbol_identity_clear (&image);
  return TRUE;
}

static gboolean
load_pdb (Way *way, GError **error)
{
  const char *cache_folder = way->options->cache_folder;
  SymbolTable *table = cache_folder != NULL ? symbol_table_load (cache_folder, &way->identity, NULL) : NULL;
  if (table != NULL)
    return end_with_table (way, table, "the cache");
  g_autofree char *reason = NULL;
  GError *local_error = NULL;
  g_autofree char *path = symbol_locator_find_pdb (way->options->locator, &way->identity, way->progress,
                                                   way->progress_data, way->cancellable, &reason, &local_error);
  if (path == NULL && local_error == NULL)
    {
      end_without_table (way, SYMBOL_STATE_NOT_FOUND, reason != NULL ? g_steal_pointer (&reason) : g_strdup (""));
      return TRUE;
    }
  g_autoptr (ByteSource) source = path != NULL ? byte_source_open_path (path, &local_error) : NULL;
  if (source == NULL)
    return end_with_error (way, local_error, error);
  way->progress ("reading", 0, 0, way->progress_data);
  table = symbol_table_new_from_pdb (source, &way->identity, way->cancellable, &local_error);
  if (table == NULL)
    return end_with_error (way, local_error, error);
  /* A cache that cannot be written costs time at the next start, nothing else. */
  if (cache_folder != NULL)
    symbol_table_save (table, cache_folder, &way->identity, NULL);
  return end_with_table (way, table, path);
}

gboolean
symbol_module_load (const SymbolIdentity *identity, const SymbolLoadOptions *options, SymbolProgressFunc progress,
                    gpointer progress_data, GCancellable *cancellable, SymbolModuleLoad *ret_load, GError **error)
{
  Way way = { .options = options, .progress = progress, .progress_data = progress_data,
              .cancellable = cancellable, .result = ret_load };
  *ret_load = (SymbolModuleLoad){ 0 };
  symbol_identity_copy (&way.identity, identity);
  gboolean is_done = TRUE;
  if (way.identity.has_pdb || find_identity (&way, &is_done, error))
    is_done = load_pdb (&way, error);
  symbol_identity_clear (&way.identity);
  return is_done;
}
