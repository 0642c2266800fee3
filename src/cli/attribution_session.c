#include "cli/attribution_session.h"

#include "analysis/module_wrappers.h"
#include "analysis/pool_tag_files.h"

gboolean
cli_check_tag_files (const Arguments *arguments)
{
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new ();
  g_autoptr (GError) error = NULL;
  for (char **path = arguments->tag_files; path && *path; path++)
    if (!pool_tag_catalog_add_file (catalog, *path, NULL, &error))
      {
        cli_print_error (error->message);
        return FALSE;
      }
  return TRUE;
}

Attribution *
cli_load_attribution (const Arguments *arguments, const PoolTrace *trace)
{
  g_autofree char *beside = pool_tag_file_find_beside (trace->info.path);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "poolscope", "pooltag.txt", NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (beside)
    g_strv_builder_add (builder, beside);
  if (g_file_test (own, G_FILE_TEST_EXISTS))
    g_strv_builder_add (builder, own);
  for (char **path = arguments->tag_files; path && *path; path++)
    g_strv_builder_add (builder, *path);
  g_auto (GStrv) paths = g_strv_builder_end (builder);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new_from_files ((const char *const *) paths, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *message = g_strconcat ("warning: ", problems->pdata[i], NULL);
      cli_print_error (message);
    }
  g_auto (GStrv) wrappers = arguments->wrappers ? module_wrappers_parse (arguments->wrappers) : NULL;
  return attribution_new (trace, (const char *const *) wrappers, catalog);
}
