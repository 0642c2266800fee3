/* Names in local folders, found as Windows finds them: without regard to case. */
#pragma once

#include <glib.h>

/* The path of the entry of @folder called @name: the exact spelling if it is there, else one that differs in
 * ASCII case only (the first in byte order). (transfer full) (nullable) */
char *folder_lookup_child (const char *folder, const char *name);
/* The same down a path of components. (array zero-terminated=1): @components. (transfer full) (nullable) */
char *folder_lookup_path (const char *folder, const char *const *components);
/* The path of @name in @folder in the spelling that is there, or as given. (transfer full) */
char *folder_lookup_or_build (const char *folder, const char *name);
