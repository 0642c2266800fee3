/* Names as a linker sees them, made readable. */
#pragma once

#include <glib.h>

#define PLAIN_NAME_LONGEST_BYTES 4096u /* longer names are cut */

gboolean plain_name_append (GString *text, const char *name, gsize length, guint16 machine);
void plain_name_append_as_is (GString *text, const char *name, gsize length);
