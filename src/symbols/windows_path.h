/* Paths as Windows writes them, led to local folders through a map the user can edit. */
#pragma once

#include <glib.h>

/* Whether @path has a drive letter or a backslash and does not begin with a slash. */
gboolean windows_path_matches (const char *path);
/* The local path of the Windows path @path, by the entry of @folder_map ("C:\Symbols=/home/me/symbols";
 * nullable, zero-terminated) with the longest prefix of whole components; case and the kind of slash do not
 * matter. What follows the prefix is appended with slashes. (transfer full) (nullable): NULL when no entry
 * leads there, or when the rest has a ".." component. */
char *windows_path_to_local (const char *path, const char *const *folder_map);
