#include "app/settings/attribution_settings.h"

#include "analysis/module_wrappers.h"
#include "analysis/pool_tag_files.h"
#include "app/settings/app_settings.h"

const char *const attribution_settings_keys[] = { "module-wrappers", "pool-tag-file", "own-pool-tag-file", NULL };

char *
attribution_settings_dup_default_own_file (void)
{
  return g_build_filename (g_get_user_data_dir (), "poolscope", "pooltag.txt", NULL);
}

/* The text of @key, NULL when it is empty. */
static char *
dup_text (const char *key)
{
  g_autofree char *text = g_strstrip (app_settings_get_string (app_settings_get (), key));
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

void
attribution_settings_read (AttributionSettings *ret_settings)
{
  g_autofree char *wrappers = dup_text ("module-wrappers");
  *ret_settings = (AttributionSettings){ .wrappers = wrappers != NULL ? module_wrappers_parse (wrappers) : NULL,
                                         .tag_file = dup_text ("pool-tag-file"),
                                         .own_tag_file = dup_text ("own-pool-tag-file") };
  if (ret_settings->own_tag_file == NULL)
    {
      g_autofree char *path = attribution_settings_dup_default_own_file ();
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        ret_settings->own_tag_file = g_steal_pointer (&path);
    }
}

void
attribution_settings_clear (AttributionSettings *self)
{
  g_clear_pointer (&self->wrappers, g_strfreev);
  g_clear_pointer (&self->tag_file, g_free);
  g_clear_pointer (&self->own_tag_file, g_free);
}

Attribution *
attribution_settings_apply (const AttributionSettings *self, const PoolTrace *trace, GPtrArray *problems)
{
  g_autofree char *beside = pool_tag_file_find_beside (trace->info.path);
  const char *paths[4] = { NULL };
  gsize n_paths = 0;
  if (self->tag_file != NULL)
    paths[n_paths++] = self->tag_file;
  if (beside != NULL)
    paths[n_paths++] = beside;
  if (self->own_tag_file != NULL)
    paths[n_paths++] = self->own_tag_file;
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new_from_files (paths, problems);
  return attribution_new (trace, (const char *const *) self->wrappers, catalog);
}
