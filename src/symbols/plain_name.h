/* Names as a linker sees them, made readable. */
#pragma once

#include <glib.h>

#define PLAIN_NAME_LONGEST_BYTES 4096u /* longer names are cut */

/* Appends the readable form of @name, a symbol's name of @length bytes in a PDB for @machine (PE_MACHINE_…):
 * qualified, without the types of parameters. A name that cannot be read is appended as it is. What is
 * appended is valid UTF-8. FALSE, and nothing is appended, where the name stands for data. */
gboolean plain_name_append (GString *text, const char *name, gsize length, guint16 machine);
/* Appends @length bytes of any encoding; what is no UTF-8 is replaced, and very long names are cut. */
void plain_name_append_as_is (GString *text, const char *name, gsize length);
