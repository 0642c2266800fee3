/* Shell-like patterns: * any text, ? one character, [abc] [a-z] [!a-z] one of a set, \ takes the next
 * character literally. A bracket that is never closed stands for itself. Case-sensitive. */
#pragma once

#include <glib.h>

/* Whether the whole of @text matches @pattern, in time at most the product of the lengths. */
gboolean glob_match (const char *pattern, const char *text);

/* How many characters @pattern matches without a "*" (each ?, set and character one); FALSE with a "*". */
gboolean glob_get_length (const char *pattern, gsize *ret_length);

/* The pattern that matches @text alone. (transfer full) */
char *glob_escape (const char *text);
/* The only text that @pattern matches, or NULL when it has wildcards. (transfer full) (nullable) */
char *glob_dup_literal (const char *pattern);
