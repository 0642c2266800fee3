#include "analysis/interval_class.h"

#define SECOND_NS G_GINT64_CONSTANT (1000000000)

AgeClass
age_class_of (gint64 allocated_ns, gint64 freed_ns, gint64 end_ns)
{
  if (allocated_ns == POOL_TIME_BEFORE)
    return AGE_BEFORE_TRACE;
  gint64 age_ns = MIN (freed_ns, end_ns) - allocated_ns;
  /* Added up, for ages in no order make a processor guess wrong. */
  return AGE_BELOW_1_S + (age_ns >= SECOND_NS) + (age_ns >= 10 * SECOND_NS) + (age_ns >= 60 * SECOND_NS)
         + (age_ns >= 600 * SECOND_NS);
}

const char *
age_class_get_text (AgeClass self)
{
  static const char *const texts[N_AGE_CLASSES] = { "<1 s", "1–10 s", "10–60 s", "1–10 min", ">10 min", "[Before trace]" };
  return texts[self];
}

guint
size_class_of (guint64 size_bytes)
{
  return size_bytes == 0 ? 0 : 64u - (guint) __builtin_clzll (size_bytes);
}

char *
size_class_dup_text (guint size_class)
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
  if (size_class == 0)
    return g_strdup ("0 B");
  guint low = size_class - 1, high = size_class;
  return g_strdup_printf ("%u %s – %u %s", 1u << low % 10, units[low / 10], 1u << high % 10, units[high / 10]);
}
