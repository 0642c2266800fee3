/* The findings of the health table as the window says them. */
#pragma once

#include "export/trace_health.h"

/* In the language of the window, beginning with a capital. (transfer full) */
char *health_text_dup_sentence (const TraceHealthItem *item);
/* The sentences of @items (of TraceHealthItem) that are at least as grave as @severity, in one line; "" for none.
 * (transfer full) */
char *health_text_dup_line (const GPtrArray *items, TraceHealthSeverity severity);
