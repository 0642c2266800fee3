#include "app/settings/symbol_settings.h"

#include "app/settings/app_settings.h"

#include <string.h>

#define PUBLIC_SERVER_PATH "srv*C:\\symbols*https://msdl.microsoft.com/download/symbols"

char *
symbol_settings_dup_default_path (void)
{
  const char *first = g_getenv ("_NT_ALT_SYMBOL_PATH"), *second = g_getenv ("_NT_SYMBOL_PATH");
  gboolean has_first = first != NULL && *first != '\0', has_second = second != NULL && *second != '\0';
  if (has_first && has_second)
    return g_strconcat (first, ";", second, NULL);
  return g_strdup (has_first ? first : has_second ? second : PUBLIC_SERVER_PATH);
}

void
symbol_settings_read (SymbolSettings *ret_settings)
{
  AppSettings *settings = app_settings_get ();
  ret_settings->path = app_settings_get_string (settings, "symbol-path");
  if (*g_strstrip (ret_settings->path) == '\0')
    {
      g_free (ret_settings->path);
      ret_settings->path = symbol_settings_dup_default_path ();
    }
  ret_settings->folder_map = app_settings_get_strv (settings, "symbol-folder-map");
  ret_settings->is_offline = app_settings_get_boolean (settings, "symbol-offline");
}

void
symbol_settings_clear (SymbolSettings *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->folder_map, g_strfreev);
}

gboolean
symbol_settings_use_network (const SymbolSettings *self)
{
  g_autofree char *path = g_ascii_strdown (self->path, -1);
  return !self->is_offline && strstr (path, "://") != NULL;
}

char *
symbol_settings_dup_store_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "poolscope", "symbols", NULL);
}

char *
symbol_settings_dup_cache_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "poolscope", "symbol-tables", NULL);
}
