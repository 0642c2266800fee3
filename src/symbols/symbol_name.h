/* File names out of a trace, which anybody may have written, before they become parts of paths and URLs. */
#pragma once

#include <glib.h>

/* The last component of the recorded path @recorded: a name that leads out of no folder. (transfer full)
 * (nullable): NULL when nothing safe remains: empty, beginning with a dot, longer than 200 bytes, or with a
 * control character, a colon or another character that no Windows file name has. */
char *symbol_name_from_recorded (const char *recorded);
/* @name with its last character replaced by "_": what symstore calls the compressed file. (transfer full) */
char *symbol_name_to_compressed (const char *name);
/* "sys" of "myfault.sys"; "" without an extension. (transfer none) */
const char *symbol_name_get_extension (const char *name);
