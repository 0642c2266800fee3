/* What is known to be no leak: a text file of globs, one in a line.
 *
 *   # grows by design
 *   tag=CM31
 *   stack=cachedrv.sys!*     # any frame
 *   Ntf?                     (a tag, or a frame of the stack)
 */
#pragma once

#include <gio/gio.h>

/* @name: of the file, for errors. Returns: (transfer full) (array zero-terminated=1): filter expressions that leave out
 * what the list names; NULL with @error (G_IO_ERROR_INVALID_DATA) that tells the line. */
char **leak_ignore_list_parse (const char *text, const char *name, GError **error);
