/* Values of dimensions whose text alone does not say what they mean: the types, what the trace does not tell. */
#pragma once

#include "analysis/dimension.h"

/* In words; translated; (nullable): NULL for all other values. */
const char *value_meaning_get (Dimension dimension, const char *text);
/* Whether @text is a pool tag of the event recorder's own blocks, which are no suspects. */
gboolean value_is_recorders_tag (Dimension dimension, const char *text);
