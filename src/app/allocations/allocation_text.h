/* What the columns of the list of single allocations are called and show. */
#pragma once

#include "analysis/interval_list.h"

const char *allocation_column_get_title (IntervalColumn column);   /* translated */
const char *allocation_column_get_meaning (IntervalColumn column); /* translated */
gboolean allocation_column_is_number (IntervalColumn column);      /* right-aligned; the first click shows the largest */

/* What a cell shows of row @interval of the trace: (transfer full). */
char *allocation_text_dup (const IntervalList *list, IntervalColumn column, guint32 interval);
/* The same for other programs: plain bytes, the whole stack; (transfer full). */
char *allocation_text_dup_exact (const IntervalList *list, IntervalColumn column, guint32 interval);
/* What the pointer over a cell tells more: (transfer full) (nullable). */
char *allocation_text_dup_tooltip (const IntervalList *list, IntervalColumn column, guint32 interval);
