/* The modules that allocate on behalf of others: what they do is put down to who called them. */
#pragma once

#include <glib.h>

/* Patterns (glob.h) of the usual wrappers: the kernel and its helpers, driver frameworks. */
extern const char *const module_wrappers_default[]; /* (array zero-terminated=1) */

/* Splits a list as people write it, at commas, semicolons and blanks. (transfer full) (array zero-terminated=1) */
char **module_wrappers_parse (const char *text);
/* The list as text: "ntoskrnl, hal". (transfer full) */
char *module_wrappers_dup_text (const char *const *wrappers);
/* Whether a pattern of @wrappers matches @file_name, with or without its extension, in any case. */
gboolean module_wrappers_match (const char *const *wrappers, const char *file_name);
