/* Any bytes as a trace: loaded, grouped and drawn over time. Whatever was read, the groups add up to
 * the whole and the bands to the total.
 */
#include "analysis/pool_timeline.h"
#include "model/pool_trace_loader.h"

#define N_BINS 16
#define N_BANDS 4

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_leaves (const PoolTreeValues *values)
{
  g_autoptr (GArray) leaves = pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT, METRIC_SET_ALL, NULL);
  const PoolTreeSums whole = pool_tree_values_get_sums (values, POOL_TREE_ROOT);
  PoolTreeSums sums = { 0 };

  for (guint i = 0; i < leaves->len; i++)
    {
      const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, i);
      g_auto (GStrv) key = pool_tree_dup_row_key (pool_tree_values_get_tree (values), leaf->row);

      g_assert (key != NULL && g_utf8_validate (key[0], -1, NULL));
      sums.count += leaf->metrics.sums.count;
      sums.size_bytes += leaf->metrics.sums.size_bytes;
    }
  g_assert_cmpuint (sums.count, ==, whole.count);
  g_assert_cmpuint (sums.size_bytes, ==, whole.size_bytes);
}

static void
check_timeline (const PoolTrace *trace, const PoolTree *tree)
{
  const TimeRange range = pool_timeline_resolve_range (trace, TIME_RANGE_WHOLE);
  g_autoptr (TimelineBands) bands = timeline_bands_new (tree, TIME_RANGE_WHOLE, N_BANDS);
  g_autoptr (PoolTimeline) timeline
      = pool_timeline_new (trace, pool_tree_get_selection (tree), TIME_RANGE_WHOLE, bands, TIMELINE_OUTSTANDING_SIZE,
                           range, N_BINS, NULL, NULL);

  for (guint bin = 0; bin < timeline->n_bins; bin++)
    {
      guint64 sum = 0; /* modulo 2^64, as sizes that damage made are added up */

      for (guint band = 0; band < timeline->n_bands; band++)
        sum += (guint64) timeline->bands[band * timeline->n_bins + bin].last;
      if (timeline->n_bands > 0)
        g_assert_cmpint ((gint64) sum, ==, timeline->total[bin].last);
      g_assert_cmpint (timeline->total[bin].minimum, <=, timeline->total[bin].maximum);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const Dimension grouping[]
      = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_PROCESS, DIMENSION_STACK };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("fuzz.etl", bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PoolTrace) trace = pool_trace_load (source, NULL, NULL, NULL, &error);

  if (trace == NULL)
    {
      g_assert (error != NULL);
      return 0;
    }
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  check_leaves (values);
  check_timeline (trace, tree);
  return 0;
}
