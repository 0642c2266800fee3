/* Ages and sizes in classes, as dimensions show them. */
#pragma once

#include "model/pool_trace.h"

typedef enum
{
  AGE_BELOW_1_S,
  AGE_BELOW_10_S,
  AGE_BELOW_1_MIN,
  AGE_BELOW_10_MIN,
  AGE_ABOVE,
  AGE_BEFORE_TRACE, /* allocated before the trace: nobody knows */
  N_AGE_CLASSES
} AgeClass;

/* Of an interval at its free, or at @end_ns if that is earlier. Asked for every interval, so it is inline. */
static inline AgeClass
age_class_of (gint64 allocated_ns, gint64 freed_ns, gint64 end_ns)
{
  const gint64 second_ns = G_GINT64_CONSTANT (1000000000);
  if (allocated_ns == POOL_TIME_BEFORE)
    return AGE_BEFORE_TRACE;
  gint64 age_ns = MIN (freed_ns, end_ns) - allocated_ns;
  /* Added up, for ages in no order make a processor guess wrong. */
  return AGE_BELOW_1_S + (age_ns >= second_ns) + (age_ns >= 10 * second_ns) + (age_ns >= 60 * second_ns)
         + (age_ns >= 600 * second_ns);
}

const char *age_class_get_text (AgeClass self); /* "1–10 s" */

/* 0 for no bytes, else n for [2ⁿ⁻¹, 2ⁿ). */
guint size_class_of (guint64 size_bytes);
char *size_class_dup_text (guint size_class); /* "4 KiB – 8 KiB"; (transfer full) */
