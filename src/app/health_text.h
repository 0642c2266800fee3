/* The findings of the health table as the window says them. */
#pragma once

#include "export/trace_health.h"

/* In the language of the window, beginning with a capital. (transfer full) */
char *health_text_dup_sentence (const TraceHealthItem *item);
