#include "analysis/interval_class.h"

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
