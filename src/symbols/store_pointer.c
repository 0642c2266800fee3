#include "symbols/symbol_store.h"

#include <string.h>

#include "symbols/folder_lookup.h"
#include "symbols/windows_path.h"

void
store_pointer_clear (StorePointer *self)
{
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->relative, g_strfreev);
}

/* The components of the relative path @text; NULL when it leads out of its root. */
static GStrv
split_relative (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, "\\/", -1);
  g_autoptr (GStrvBuilder) components = g_strv_builder_new ();
  gboolean has_any = FALSE;
  for (char **word = words; *word; word++)
    {
      if (strcmp (*word, "..") == 0)
        return NULL;
      if (!**word || strcmp (*word, ".") == 0)
        continue;
      g_strv_builder_add (components, *word);
      has_any = TRUE;
    }
  return has_any ? g_strv_builder_end (components) : NULL;
}

void
store_pointer_parse (StorePointer *self, const char *text, gsize n_bytes, const char *const *folder_map)
{
  memset (self, 0, sizeof *self);
  g_autofree char *line = g_utf8_make_valid (text, (gssize) MIN (n_bytes, STORE_POINTER_LIMIT_BYTES));
  g_strstrip (line);
  if (g_ascii_strncasecmp (line, "MSG", 3) == 0 && (!line[3] || line[3] == ':' || line[3] == ' '))
    {
      self->message = g_strdup (g_strstrip (line + 3 + (line[3] == ':')));
      return;
    }
  const char *path = g_ascii_strncasecmp (line, "PATH:", 5) == 0 ? g_strchug (line + 5) : line;
  if (strstr (path, "://") || strpbrk (path, "\r\n"))
    self->problem = g_strdup ("its file.ptr names no file");
  else if (path[0] == '/' || path[0] == '\\' || (g_ascii_isalpha (path[0]) && path[1] == ':'))
    {
      g_autofree char *local = windows_path_to_local (path, folder_map);
      g_auto (GStrv) components = local ? g_strsplit (local + (local[0] == '/'), "/", -1) : NULL;
      if (components && local[0] == '/')
        self->path = folder_lookup_path ("/", (const char *const *) components);
      if (!self->path)
        self->problem
            = g_strdup_printf ("its file.ptr leads to “%s”, which is not reachable on Linux; map it to a "
                               "local folder",
                               path);
    }
  else if (!(self->relative = split_relative (path)))
    self->problem = g_strdup ("its file.ptr leads out of the store");
}
