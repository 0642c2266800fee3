/* Finding text in text whatever the case of its letters. */
#pragma once

#include <glib.h>

/* The first place at which @text (UTF-8) has @part (UTF-8), letters compared without their case, character by
 * character; NULL when nowhere. @ret_end (nullable) receives where it ends in @text. */
const char *caseless_find (const char *text, const char *part, const char **ret_end);
