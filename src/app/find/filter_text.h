/* Filters as the window shows them. */
#pragma once

#include "analysis/pool_filter.h"

/* "Pool Tag = Leak", "Lifetime < 5ms": in the user's language, patterns without escapes where they have no
 * wildcards. (transfer full) */
char *filter_text_dup_condition (const PoolCondition *condition);
/* "tag=Leak size>4KB": as they are typed. (transfer full): "" without conditions */
char *filter_text_dup_typed (const PoolFilter *filter);
