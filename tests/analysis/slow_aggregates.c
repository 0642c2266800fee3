#include "slow_aggregates.h"

static gint64
count_different (const PoolTrace *trace, TimeRange range, const GArray *members, Dimension dimension)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      PoolIntervalType type;
      g_assert_true (
          slow_type (range, trace->intervals.allocated_ns[row], trace->intervals.freed_ns[row], &type));
      g_autoptr (GPtrArray) texts = slow_texts (trace, dimension, row, type, range);
      GString *text = g_string_new (NULL);
      for (guint j = 0; j < texts->len; j++)
        g_string_append_printf (text, "%s\x1f", (const char *) texts->pdata[j]);
      g_hash_table_add (seen, g_string_free (text, FALSE));
    }
  return g_hash_table_size (seen);
}

static GArray *
list_ages (const PoolTrace *trace, TimeRange range, const GArray *members)
{
  GArray *ages = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 end_ns = range.end_ns == G_MAXINT64 ? trace->info.last_event_ns + 1 : range.end_ns;
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      gint64 allocated_ns = trace->intervals.allocated_ns[row], freed_ns = trace->intervals.freed_ns[row];
      if (allocated_ns == POOL_TIME_BEFORE)
        continue;
      gint64 age_ns = (freed_ns < end_ns ? freed_ns : end_ns) - allocated_ns;
      g_array_append_val (ages, age_ns);
    }
  return ages;
}

static GArray *
list_sizes (const PoolTrace *trace, const GArray *members)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < members->len; i++)
    {
      gint64 size_bytes = (gint64) trace->intervals.size_bytes[g_array_index (members, gsize, i)];
      g_array_append_val (sizes, size_bytes);
    }
  return sizes;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;
  return (first > second) - (first < second);
}

gboolean
slow_aggregate (const PoolTrace *trace, TimeRange range, const GArray *members, Metric metric, gint64 *ret_value)
{
  if (metric >= METRIC_FIRST_UNIQUE)
    {
      *ret_value = count_different (trace, range, members, (Dimension) (metric - METRIC_FIRST_UNIQUE));
      return TRUE;
    }
  gboolean is_of_size = metric == METRIC_MIN_SIZE || metric == METRIC_MAX_SIZE;
  g_autoptr (GArray) numbers = is_of_size ? list_sizes (trace, members) : list_ages (trace, range, members);
  if (numbers->len == 0)
    return FALSE;
  g_array_sort (numbers, compare_numbers);
  gint64 sum = 0;
  for (guint i = 0; i < numbers->len; i++)
    sum += g_array_index (numbers, gint64, i);
  if (metric == METRIC_AVERAGE_AGE)
    *ret_value = sum / numbers->len;
  else if (metric == METRIC_MIN_SIZE || metric == METRIC_MIN_AGE)
    *ret_value = g_array_index (numbers, gint64, 0);
  else
    *ret_value = g_array_index (numbers, gint64, numbers->len - 1);
  return TRUE;
}
