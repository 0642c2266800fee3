/* Files of pool tags: reading them, and where they are found. */
#pragma once

#include "analysis/pool_tag_catalog.h"

/* Adds the file at @path, UTF-8, UTF-16 with a mark at its beginning or 8-bit; it wins over all that is there.
 * FALSE with @error, which says what to do, when it cannot be read, is larger than such a file ever is, or no line
 * of it tells of a tag. @ret_report is nullable. */
gboolean pool_tag_catalog_add_file (PoolTagCatalog *self, const char *path, PoolTagFileReport *ret_report,
                                    GError **error);

/* The file pooltag.txt beside the trace at @trace_path (nullable): (transfer full) (nullable): NULL when there is
 * none. */
char *pool_tag_file_find_beside (const char *trace_path);
/* The built-in list with the files at @paths (array zero-terminated=1), of which later ones win. Those that cannot
 * be used are left out; why, is added to @problems (of char*). (transfer full) */
PoolTagCatalog *pool_tag_catalog_new_from_files (const char *const *paths, GPtrArray *problems);
