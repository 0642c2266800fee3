/* The sums of a tree for one range: one pass over the intervals, then prefix sums over the leaves. */
#include "analysis/pool_tree_private.h"

#include "analysis/pool_timeline.h"
#include "base/tick_clock.h"

#define CANCEL_INTERVAL 65536
/* Below this a thread costs more than it brings. */
#define MINIMUM_ROWS_PER_THREAD 200000
#define MAXIMUM_THREADS 4

typedef struct
{
  const PoolTree *tree;
  TimeRange range;
  gsize first_inside;
  gsize begin, end;      /* intervals of this share */
  PoolLeafSums *sums;    /* (array length=n_leaves * POOL_N_TYPES) */
  GCancellable *cancellable;
} Share;

gsize
pool_times_find (const gint64 *times_ns, gsize n, gint64 time_ns)
{
  gsize begin = 0, end = n;
  while (begin < end)
    {
      gsize middle = begin + (end - begin) / 2;
      if (times_ns[middle] < time_ns)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin;
}

gsize
pool_frees_find (const PoolIntervals *intervals, gint64 time_ns)
{
  gsize begin = 0, end = intervals->n_freed;
  while (begin < end)
    {
      gsize middle = begin + (end - begin) / 2;
      if (intervals->freed_ns[intervals->free_order[middle]] < time_ns)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin;
}

/* Adds the intervals [begin, end), which are all allocated inside the range or all before it. The
 * conditions that are the same for all intervals are arguments known where it is compiled. */
static inline __attribute__ ((always_inline)) void
add_intervals (const Share *self, gsize begin, gsize end, gboolean is_inside, gboolean is_by_interval,
               gboolean is_filtered)
{
  const PoolTree *tree = self->tree;
  const PoolIntervals *intervals = &tree->trace->intervals;
  PoolIntervalType freed_inside = is_inside ? POOL_TYPE_AIFI : POOL_TYPE_AOFI;
  PoolIntervalType freed_outside = is_inside ? POOL_TYPE_AIFO : POOL_TYPE_AOFO;
  for (gsize row = begin; row < end; row++)
    {
      gint64 freed_ns = intervals->freed_ns[row];
      if (!is_inside && freed_ns < self->range.start_ns)
        continue;
      if (is_filtered && !pool_selection_has_row (&tree->selection, row))
        continue;
      guint32 leaf = is_by_interval ? tree->leaf_of_interval[row] : tree->leaf_of_site[intervals->site[row]];
      PoolIntervalType type = freed_ns < self->range.end_ns ? freed_inside : freed_outside;
      PoolLeafSums *sums = &self->sums[(gsize) leaf * POOL_N_TYPES + type];
      sums->count++;
      sums->size_bytes += intervals->size_bytes[row];
    }
}

static void
add_block (const Share *self, gsize begin, gsize end, gboolean is_inside)
{
  gboolean is_filtered = self->tree->selection.rows != NULL;
  if (self->tree->leaf_of_interval)
    {
      if (is_inside)
        add_intervals (self, begin, end, TRUE, TRUE, is_filtered);
      else
        add_intervals (self, begin, end, FALSE, TRUE, is_filtered);
    }
  else if (is_inside)
    add_intervals (self, begin, end, TRUE, FALSE, is_filtered);
  else
    add_intervals (self, begin, end, FALSE, FALSE, is_filtered);
}

static gpointer
share_run (gpointer data)
{
  const Share *self = data;
  gsize row = self->begin;
  while (row < self->end && !g_cancellable_is_cancelled (self->cancellable))
    {
      gboolean is_inside = row >= self->first_inside;
      gsize stop = MIN (row + CANCEL_INTERVAL, self->end);
      if (!is_inside)
        stop = MIN (stop, self->first_inside);
      add_block (self, row, stop, is_inside);
      row = stop;
    }
  return NULL;
}

static guint
choose_n_threads (gsize n_rows, gsize n_leaves)
{
  /* Each thread has sums of its own for all leaves, which must stay small beside its work. */
  gsize most = MIN (n_rows / MINIMUM_ROWS_PER_THREAD, n_rows / (4 * n_leaves + 1));
  return (guint) CLAMP (MIN (most, g_get_num_processors ()), 1, MAXIMUM_THREADS);
}

/* Turns the sums of the shares into the prefix sums, without the types that the filter excludes. */
static void
fill_prefix (PoolTreeValues *self, const Share *shares, guint n_shares)
{
  PoolLeafSums running[POOL_N_TYPES] = { { 0, 0 } };
  const PoolTree *tree = self->tree;
  for (gsize leaf = 0; leaf <= tree->n_leaves; leaf++)
    {
      PoolLeafSums *prefix = &self->prefix[leaf * POOL_N_TYPES];
      for (guint type = 0; type < POOL_N_TYPES; type++)
        {
          prefix[type] = running[type];
          if (leaf == tree->n_leaves || !(tree->selection.types >> type & 1))
            continue;
          for (guint i = 0; i < n_shares; i++)
            {
              running[type].count += shares[i].sums[leaf * POOL_N_TYPES + type].count;
              running[type].size_bytes += shares[i].sums[leaf * POOL_N_TYPES + type].size_bytes;
            }
        }
    }
}

static void
compute (PoolTreeValues *self, GCancellable *cancellable)
{
  const PoolTree *tree = self->tree;
  Share shares[MAXIMUM_THREADS];
  GThread *threads[MAXIMUM_THREADS] = { NULL };
  guint n_shares = choose_n_threads (self->end_interval, tree->n_leaves);
  for (guint i = 0; i < n_shares; i++)
    {
      shares[i]
          = (Share){ .tree = tree,
                     .range = self->range,
                     .first_inside = self->first_inside,
                     .begin = self->end_interval / n_shares * i,
                     .end = i + 1 == n_shares ? self->end_interval : self->end_interval / n_shares * (i + 1),
                     .sums = g_new0 (PoolLeafSums, (gsize) tree->n_leaves * POOL_N_TYPES),
                     .cancellable = cancellable };
      if (i > 0)
        threads[i] = g_thread_try_new ("pool-sums", share_run, &shares[i], NULL);
    }
  for (guint i = 0; i < n_shares; i++)
    if (threads[i] == NULL)
      share_run (&shares[i]);
  for (guint i = 0; i < n_shares; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
  fill_prefix (self, shares, n_shares);
  for (guint i = 0; i < n_shares; i++)
    g_free (shares[i].sums);
}

PoolTreeValues *
pool_tree_values_new (PoolTree *tree, TimeRange range, GCancellable *cancellable, GError **error)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  PoolTreeValues *self = g_new0 (PoolTreeValues, 1);
  g_atomic_ref_count_init (&self->references);
  self->tree = pool_tree_ref (tree);
  self->range = range;
  self->span = pool_timeline_resolve_range (tree->trace, range);
  self->unseen = g_new0 (PoolTreeUnseen, 1);
  g_mutex_init (&self->unseen->mutex);
  self->end_interval = pool_times_find (intervals->allocated_ns, intervals->n, range.end_ns);
  self->first_inside = pool_times_find (intervals->allocated_ns, self->end_interval, range.start_ns);
  self->prefix = g_new (PoolLeafSums, ((gsize) tree->n_leaves + 1) * POOL_N_TYPES);
  compute (self, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&self, pool_tree_values_unref);
  return self;
}

PoolTreeValues *
pool_tree_values_ref (PoolTreeValues *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
pool_tree_values_unref (PoolTreeValues *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  pool_tree_unref (self->tree);
  g_free (self->prefix);
  g_free (self->unseen->before_leaf);
  g_mutex_clear (&self->unseen->mutex);
  g_free (self->unseen);
  g_free (self);
}

/* Returns: (transfer none) */
PoolTree *
pool_tree_values_get_tree (const PoolTreeValues *self)
{
  return self->tree;
}

void
pool_tree_values_set_span (PoolTreeValues *self, TimeRange span)
{
  self->span = span;
}

TimeRange
pool_tree_values_get_span (const PoolTreeValues *self)
{
  return self->span;
}

double
pool_tree_values_get_growth_seconds (const PoolTreeValues *self)
{
  gint64 last_bin_ns = time_range_get_bin_start (self->span, METRIC_N_BINS, METRIC_N_STEPS);
  return (double) (last_bin_ns - self->span.start_ns) / NS_PER_SECOND;
}

TimeRange
pool_tree_values_get_range (const PoolTreeValues *self)
{
  return self->range;
}

static PoolTreeSums
sum_leaves (const PoolTreeValues *self, PoolLeafRun run, PoolTypeMask types)
{
  PoolTreeSums sums = { 0, 0, 0 };
  const PoolLeafSums *first = &self->prefix[(gsize) run.first * POOL_N_TYPES];
  const PoolLeafSums *end = &self->prefix[(gsize) run.end * POOL_N_TYPES];
  for (guint type = 0; type < POOL_N_TYPES; type++)
    {
      if (!(types >> type & 1))
        continue;
      guint64 size_bytes = end[type].size_bytes - first[type].size_bytes;
      sums.count += end[type].count - first[type].count;
      sums.size_bytes += size_bytes;
      if (type == POOL_TYPE_AIFO)
        sums.impacting_bytes += (gint64) size_bytes;
      else if (type == POOL_TYPE_AOFI)
        sums.impacting_bytes -= (gint64) size_bytes;
    }
  return sums;
}

/* Sums of all intervals of @row in the range; for a frame, of all stacks through it. */
PoolTreeSums
pool_tree_values_get_sums (const PoolTreeValues *self, PoolTreeRow row)
{
  return sum_leaves (self, pool_tree_get_leaf_run (self->tree, row), row.types);
}

PoolTreeSums
pool_tree_values_get_own_sums (const PoolTreeValues *self, PoolTreeRow row)
{
  PoolTreeNode node = pool_tree_get_node (self->tree, row.node);
  if (row.level < self->tree->n_levels)
    return (PoolTreeSums){ 0, 0, 0 };
  return sum_leaves (self, (PoolLeafRun){ node.first_leaf, node.completed_end_leaf }, row.types);
}

gboolean
pool_tree_values_row_has_interval (const PoolTreeValues *self, PoolTreeRow row, gsize interval)
{
  const PoolTree *tree = self->tree;
  const PoolIntervals *intervals = &tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  if (!pool_selection_has_row (&tree->selection, interval)
      || !time_range_touches (self->range, allocated_ns, freed_ns))
    return FALSE;
  if (!(pool_tree_get_row_types (tree, row) >> time_range_classify (self->range, allocated_ns, freed_ns) & 1))
    return FALSE;
  PoolLeafRun run = pool_tree_get_leaf_run (tree, row);
  guint32 leaf = pool_tree_get_leaf (tree, interval);
  return leaf >= run.first && leaf < run.end;
}
