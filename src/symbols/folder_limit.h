/* Keeps a folder of files that can be had again from growing without end. */
#pragma once

#include <glib.h>

/* Notes that the file at @path was used just now. */
void folder_limit_touch (const char *path);
/* When the files in @folder and the folders in it have more than @limit_bytes: removes those that were used longest
 * ago until a tenth of the limit is free. What was used in the last hour stays, as somebody may be reading it. */
void folder_limit_apply (const char *folder, guint64 limit_bytes);
