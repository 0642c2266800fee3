/* Timelines and bands against the slow second implementation, on random traces. */
#include <string.h>

#include "analysis/pool_timeline.h"
#include "random_trace.h"
#include "slow_analysis.h"
#include "trace_fixture.h"

#define N_ROUNDS 300

static void
assert_bins (const PoolTrace *trace, const GArray *members, const PoolTimeline *timeline,
             const TimelineBin *bins)
{
  for (guint bin = 0; bin < timeline->n_bins; bin++)
    {
      gint64 length = timeline->end_ns - timeline->start_ns;
      gint64 start_ns = timeline->start_ns + length * bin / timeline->n_bins;
      gint64 end_ns = timeline->start_ns + length * (bin + 1) / timeline->n_bins;
      g_assert_cmpint (pool_timeline_get_bin_start (timeline, bin), ==, start_ns);
      TimelineBin expected = slow_bin (trace, members, start_ns, end_ns);
      g_assert_cmpint (bins[bin].last, ==, expected.last);
      g_assert_cmpint (bins[bin].minimum, ==, expected.minimum);
      g_assert_cmpint (bins[bin].maximum, ==, expected.maximum);
    }
}

/* Intervals that pass @conditions; when these know types, relative to @selection_range. */
static GArray *
list_passing (const PoolTrace *trace, const char *const *conditions, TimeRange selection_range,
              gboolean knows_types)
{
  GArray *passing = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      PoolIntervalType type = POOL_TYPE_AIFO;
      gboolean touches = slow_type (selection_range, trace->intervals.allocated_ns[row],
                                    trace->intervals.freed_ns[row], &type);
      if ((touches || !knows_types) && slow_passes (trace, conditions, row, type, selection_range))
        g_array_append_val (passing, row);
    }
  return passing;
}

static TimeRange
closed_range (GRand *random)
{
  TimeRange range = random_range (random);
  range.end_ns = MIN (range.end_ns, RANDOM_TRACE_LAST_NS + 1);
  range.end_ns = MAX (range.end_ns, range.start_ns);
  return range;
}

static void
test_selection (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (30);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (PoolTrace) trace = random_trace_new (random);
      g_autoptr (FrameNames) names = frame_names_new (trace);
      g_auto (GStrv) conditions = random_conditions (random, TRUE);
      g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) conditions, NULL);
      PoolSelection selection;
      TimeRange selection_range = random_range (random);
      g_autoptr (PoolFilter) ranged = pool_filter_at_range (filter, selection_range);
      pool_filter_select (ranged, trace, names, &selection);
      guint n_bins = (guint) g_rand_int_range (random, 1, 50);
      g_autoptr (PoolTimeline) timeline
          = pool_timeline_new (trace, &selection, selection_range, NULL, TIMELINE_OUTSTANDING_SIZE,
                               closed_range (random), n_bins, NULL, NULL);
      gboolean knows_types = selection.types != POOL_TYPE_MASK_ALL;
      g_autoptr (GArray) passing
          = list_passing (trace, (const char *const *) conditions, selection_range, knows_types);
      assert_bins (trace, passing, timeline, timeline->total);
      pool_selection_clear (&selection);
    }
}

/* The text of the band that an interval belongs to, before small ones are put together. */
static char *
slow_band_label (const PoolTrace *trace, const Dimension *grouping, gsize n_levels, gsize row)
{
  GString *label = g_string_new (NULL);
  for (gsize level = 0; level < n_levels; level++)
    {
      if (grouping[level] == DIMENSION_TYPE || grouping[level] == DIMENSION_IMPACT)
        continue;
      g_autoptr (GPtrArray) texts = slow_texts (trace, grouping[level], row, POOL_TYPE_AIFO, TIME_RANGE_WHOLE);
      g_string_append_printf (label, "%s%s", label->len ? " " : "", (char *) texts->pdata[0]);
      if (grouping[level] != DIMENSION_PAGED || strchr (label->str, ' '))
        break;
    }
  return g_string_free (label, FALSE);
}

static void
assert_bands (const PoolTrace *trace, const PoolTree *tree, const TimelineBands *bands, TimeRange range,
              const PoolTimeline *timeline)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint band = 0; band < bands->n_bands; band++)
    g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (gsize)));
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      g_autofree char *label = slow_band_label (trace, grouping, n_levels, row);
      guint band = 0;
      while (band < bands->n_bands && strcmp (bands->labels[band], label) != 0
             && strcmp (bands->labels[band], "Other") != 0)
        band++;
      g_assert_cmpuint (band, <, bands->n_bands);
      g_assert_cmpuint (bands->band_of_interval[row], ==, band);
      g_array_append_val ((GArray *) members->pdata[band], row);
    }
  gint64 impacting_before = G_MAXINT64;
  for (guint band = 0; band < bands->n_bands; band++)
    {
      assert_bins (trace, members->pdata[band], timeline, &timeline->bands[(gsize) band * timeline->n_bins]);
      if (strcmp (bands->labels[band], "Other") == 0)
        {
          g_assert_cmpuint (band, ==, bands->n_bands - 1);
          continue;
        }
      GArray *inside = g_array_new (FALSE, FALSE, sizeof (gsize));
      for (guint i = 0; i < ((GArray *) members->pdata[band])->len; i++)
        {
          gsize row = g_array_index ((GArray *) members->pdata[band], gsize, i);
          PoolIntervalType type;
          if (slow_type (range, trace->intervals.allocated_ns[row], trace->intervals.freed_ns[row], &type))
            g_array_append_val (inside, row);
        }
      gint64 impacting = slow_sums (trace, range, inside).impacting_bytes;
      g_assert_cmpint (impacting, <=, impacting_before);
      impacting_before = impacting;
      g_array_unref (inside);
    }
}

static void
test_bands (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (31);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (PoolTree) tree = random_tree_new (random);
      PoolTrace *trace = pool_tree_get_trace (tree);
      TimeRange range = random_range (random);
      g_autoptr (TimelineBands) bands
          = timeline_bands_new (tree, range, (guint) g_rand_int_range (random, 0, 6));
      g_autoptr (PoolTimeline) timeline
          = pool_timeline_new (trace, NULL, range, bands, TIMELINE_OUTSTANDING_SIZE, closed_range (random),
                               (guint) g_rand_int_range (random, 1, 40), NULL, NULL);
      g_assert_cmpuint (timeline->n_bands, ==, bands->n_bands);
      if (bands->n_bands == 0)
        continue;
      assert_bands (trace, tree, bands, range, timeline);
      for (guint bin = 0; bin < timeline->n_bins; bin++)
        {
          gint64 sum = 0;
          for (guint band = 0; band < timeline->n_bands; band++)
            sum += timeline->bands[(gsize) band * timeline->n_bins + bin].last;
          g_assert_cmpint (sum, ==, timeline->total[bin].last);
        }
    }
}

/* The rows of each text that @dimension has among the rows that pass. */
static GHashTable *
slow_members (const PoolTree *tree, Dimension dimension)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  GHashTable *members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      if (!pool_selection_has_row (pool_tree_get_selection (tree), row))
        continue;
      g_autoptr (GPtrArray) texts = slow_texts (trace, dimension, row, POOL_TYPE_AIFO, TIME_RANGE_WHOLE);
      GArray *rows = g_hash_table_lookup (members, texts->pdata[0]);
      if (rows == NULL)
        {
          rows = g_array_new (FALSE, FALSE, sizeof (gsize));
          g_hash_table_insert (members, g_strdup (texts->pdata[0]), rows);
        }
      g_array_append_val (rows, row);
    }
  return members;
}

static gint64
slow_impacting (const PoolTrace *trace, TimeRange range, const GArray *rows)
{
  gint64 impacting_bytes = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      gsize row = g_array_index (rows, gsize, i);
      gint64 size_bytes = (gint64) trace->intervals.size_bytes[row];
      PoolIntervalType type;
      if (slow_type (range, trace->intervals.allocated_ns[row], trace->intervals.freed_ns[row], &type))
        impacting_bytes += type == POOL_TYPE_AIFO ? size_bytes : type == POOL_TYPE_AOFI ? -size_bytes : 0;
    }
  return impacting_bytes;
}

/* Each row is in the band of its text, or in the rest, where no text is larger than a named one. */
static void
assert_bands_by (const PoolTree *tree, Dimension dimension, const TimelineBands *bands, TimeRange range, guint n_top)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  g_autoptr (GHashTable) members = slow_members (tree, dimension);
  guint n_texts = g_hash_table_size (members);
  g_assert_cmpuint (bands->n_bands, ==, MIN (n_top, n_texts) + (n_texts > n_top ? 1 : 0));
  gint64 smallest_bytes = G_MAXINT64;
  for (guint band = 0; band < MIN (n_top, n_texts); band++)
    {
      GArray *rows = g_hash_table_lookup (members, bands->labels[band]);
      g_assert_nonnull (rows);
      for (guint i = 0; i < rows->len; i++)
        g_assert_cmpuint (bands->band_of_interval[g_array_index (rows, gsize, i)], ==, band);
      g_assert_cmpint (slow_impacting (trace, range, rows), <=, smallest_bytes);
      smallest_bytes = slow_impacting (trace, range, rows);
      g_hash_table_remove (members, bands->labels[band]);
    }
  GHashTableIter iter;
  gpointer rows;
  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, NULL, &rows))
    {
      for (guint i = 0; i < ((GArray *) rows)->len; i++)
        g_assert_cmpuint (bands->band_of_interval[g_array_index ((GArray *) rows, gsize, i)], ==, n_top);
      g_assert_cmpint (slow_impacting (trace, range, rows), <=, smallest_bytes);
    }
}

static void
test_bands_by_dimension (void)
{
  static const Dimension dimensions[] = { DIMENSION_PAGED, DIMENSION_TAG };
  g_autoptr (GRand) random = g_rand_new_with_seed (33);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (PoolTrace) trace = random_trace_new (random);
      g_autoptr (FrameNames) names = frame_names_new (trace);
      g_auto (GStrv) texts = random_conditions (random, FALSE);
      g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) texts, NULL);
      Dimension grouping[POOL_TREE_MAX_LEVELS];
      gsize n_levels = random_grouping (random, grouping);
      g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, n_levels, filter, NULL, NULL);
      TimeRange range = random_range (random);
      guint n_top = (guint) g_rand_int_range (random, 0, 6);
      for (gsize n = 0; n < G_N_ELEMENTS (dimensions); n++)
        {
          g_autoptr (TimelineBands) bands = timeline_bands_new_by (tree, dimensions[n], range, n_top);
          assert_bands_by (tree, dimensions[n], bands, range, n_top);
        }
    }
}

static void
test_rows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (32);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (PoolTree) tree = random_tree_new (random);
      PoolTrace *trace = pool_tree_get_trace (tree);
      gsize n_levels;
      const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
      TimeRange range = closed_range (random);
      g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, NULL);
      g_autoptr (GHashTable) table = slow_table (trace, grouping, n_levels, NULL, range);
      g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (values, POOL_TREE_ROOT, POOL_TREE_ORDER_DEFAULT, children);
      for (guint j = 0; j < children->len; j++)
        {
          PoolTreeRow row = g_array_index (children, PoolTreeRow, j);
          g_autofree char *text = pool_tree_dup_row_text (tree, row);
          g_autofree char *path = slow_path_append ("", 0, text);
          const SlowRow *expected = g_hash_table_lookup (table, path);
          g_autoptr (PoolTimeline) timeline
              = pool_timeline_new_for_row (values, row, TIMELINE_OUTSTANDING_SIZE, range,
                                           (guint) g_rand_int_range (random, 1, 40), NULL, NULL);
          assert_bins (trace, expected->members, timeline, timeline->total);
          /* The highest bin is the row's peak. */
          guint64 highest = 0;
          RowMetrics metrics;
          pool_tree_values_get_metrics (values, &row, 1, METRIC_BIT (METRIC_PEAK), &metrics, NULL, NULL);
          for (guint bin = 0; bin < timeline->n_bins; bin++)
            highest = MAX (highest, (guint64) timeline->total[bin].maximum);
          g_assert_cmpuint (highest, ==, metrics.peak_bytes);
        }
    }
}

/* Sizes as only damage makes them: their sums go round, and come back when the blocks are freed. */
static void
test_claimed_sizes (void)
{
  static const guint64 sizes[] = { G_MAXUINT64, G_GUINT64_CONSTANT (1) << 63, G_MAXINT64, G_MAXINT64, 5 };
  enum
  {
    N_BLOCKS = G_N_ELEMENTS (sizes),
  };
  TraceFixture *fixture = trace_fixture_new ();
  guint32 tag = FIXTURE_TAG ('H', 'u', 'g', 'e');
  guint32 site = trace_fixture_add_site (fixture, 0, tag, POOL_SESSION_NONE, POOL_STACK_NONE);
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      gboolean is_last = i + 1 == N_BLOCKS, is_earlier = i == 0;
      trace_fixture_add_block (fixture, (FixtureBlock){ .allocated_ns = is_earlier ? POOL_TIME_BEFORE : i,
                                                        .freed_ns = is_last ? POOL_TIME_NEVER : 10 + i,
                                                        .size_bytes = sizes[i],
                                                        .site = site });
    }
  g_autoptr (PoolTrace) trace = trace_fixture_finish (fixture, 19);
  TimeRange range = { 0, 20 };
  g_autoptr (PoolTimeline) timeline
      = pool_timeline_new (trace, NULL, range, NULL, TIMELINE_OUTSTANDING_SIZE, range, 20, NULL, NULL);
  guint64 outstanding_bytes = sizes[0];
  for (guint bin = 0; bin < timeline->n_bins; bin++)
    {
      if (bin >= 1 && bin < N_BLOCKS)
        outstanding_bytes += sizes[bin];
      if (bin >= 10 && bin < 10 + N_BLOCKS - 1)
        outstanding_bytes -= sizes[bin - 10];
      g_assert_cmpint (timeline->total[bin].last, ==, (gint64) outstanding_bytes);
    }
  g_assert_cmpint (timeline->total[timeline->n_bins - 1].last, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/timeline-random/selection", test_selection);
  g_test_add_func ("/analysis/timeline-random/bands", test_bands);
  g_test_add_func ("/analysis/timeline-random/bands-by-dimension", test_bands_by_dimension);
  g_test_add_func ("/analysis/timeline-random/rows", test_rows);
  g_test_add_func ("/analysis/timeline-random/claimed-sizes", test_claimed_sizes);
  return g_test_run ();
}
