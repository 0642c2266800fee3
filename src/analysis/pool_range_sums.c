#include "analysis/pool_range_sums.h"

#include <string.h>

#define CANCEL_INTERVAL 65536
/* Below this a thread costs more than it brings. */
#define MINIMUM_ROWS_PER_THREAD 200000
#define MAXIMUM_THREADS 4
/* So many events ahead the columns of an interval are fetched. */
#define FETCH_AHEAD 12
/* What an event between two ranges costs, in intervals of a pass over all and in leaves copied; few cost nothing. */
#define COST_OF_EVENT 8
#define FEW_EVENTS 1000
#define LEAVES_PER_EVENT 2

static gsize
count_chunk_sums (gsize n_leaves)
{
  return (n_leaves / POOL_SUMS_CHUNK + 1) * POOL_N_TYPES;
}

static PoolLeafSums *
new_leaf_sums (gsize n_leaves)
{
  return g_aligned_alloc (n_leaves * POOL_N_TYPES + 1, sizeof (PoolLeafSums), POOL_N_TYPES * sizeof (PoolLeafSums));
}

static void
clear_leaf_sums (PoolLeafSums *sums, gsize n_leaves)
{
  memset (sums, 0, n_leaves * POOL_N_TYPES * sizeof *sums);
}

void
pool_range_sums_free (PoolRangeSums *self)
{
  g_aligned_free (self->leaves);
  g_free (self->chunks);
  g_free (self);
}

/* What @tree kept: of the range that it was of. Returns: (transfer full) (nullable) */
static PoolRangeSums *
take_kept (PoolTree *tree)
{
  return g_atomic_pointer_exchange (&tree->kept_sums, NULL);
}

void
pool_range_sums_keep (PoolRangeSums *self, PoolTree *tree)
{
  PoolRangeSums *replaced = g_atomic_pointer_exchange (&tree->kept_sums, self);
  g_clear_pointer (&replaced, pool_range_sums_free);
}

static PoolRangeSums *
new_empty (const PoolTree *tree)
{
  PoolRangeSums *self = g_new0 (PoolRangeSums, 1);
  self->n_leaves = tree->n_leaves;
  self->leaves = new_leaf_sums (self->n_leaves);
  self->chunks = g_new (PoolLeafSums, count_chunk_sums (self->n_leaves));
  return self;
}

void
pool_range_sums_add_run (const PoolRangeSums *self, PoolLeafRun run, PoolLeafSums sums[POOL_N_TYPES])
{
  for (gsize leaf = run.first; leaf < run.end;)
    {
      gboolean is_chunk = leaf % POOL_SUMS_CHUNK == 0 && run.end - leaf >= POOL_SUMS_CHUNK;
      const PoolLeafSums *added = is_chunk ? &self->chunks[leaf / POOL_SUMS_CHUNK * POOL_N_TYPES]
                                           : &self->leaves[leaf * POOL_N_TYPES];
      for (guint type = 0; type < POOL_N_TYPES; type++)
        {
          sums[type].count += added[type].count;
          sums[type].size_bytes += added[type].size_bytes;
        }
      leaf += is_chunk ? POOL_SUMS_CHUNK : 1;
    }
}

/* --- All intervals --------------------------------------------------------------------------------------- */

typedef struct
{
  const PoolTree *tree;
  TimeRange range;
  gsize first_inside;
  gsize begin, end;      /* intervals of this share */
  PoolLeafSums *leaves;  /* (array length=n_leaves * POOL_N_TYPES) */
  GCancellable *cancellable;
} Share;

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
      PoolLeafSums *sums = &self->leaves[(gsize) leaf * POOL_N_TYPES + type];
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
  clear_leaf_sums (self->leaves, self->tree->n_leaves);
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

static void
add_leaf_sums (PoolLeafSums *sums, const PoolLeafSums *added, gsize n_leaves)
{
  for (gsize i = 0; i < n_leaves * POOL_N_TYPES; i++)
    {
      sums[i].count += added[i].count;
      sums[i].size_bytes += added[i].size_bytes;
    }
}

static void
fill_chunks (PoolRangeSums *self)
{
  memset (self->chunks, 0, count_chunk_sums (self->n_leaves) * sizeof *self->chunks);
  for (gsize leaf = 0; leaf < self->n_leaves; leaf++)
    add_leaf_sums (&self->chunks[leaf / POOL_SUMS_CHUNK * POOL_N_TYPES], &self->leaves[leaf * POOL_N_TYPES], 1);
}

static PoolRangeSums *
compute_all (PoolTree *tree, TimeRange range, GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  PoolRangeSums *kept = take_kept (tree), *self = kept != NULL ? kept : new_empty (tree);
  gsize n_rows = pool_times_find (intervals->allocated_ns, intervals->n, range.end_ns);
  gsize first_inside = pool_times_find (intervals->allocated_ns, n_rows, range.start_ns);
  Share shares[MAXIMUM_THREADS];
  GThread *threads[MAXIMUM_THREADS] = { NULL };
  guint n_shares = choose_n_threads (n_rows, self->n_leaves);
  self->range = range;
  for (guint i = 0; i < n_shares; i++)
    {
      shares[i] = (Share){ .tree = tree,
                           .range = range,
                           .first_inside = first_inside,
                           .begin = n_rows / n_shares * i,
                           .end = i + 1 == n_shares ? n_rows : n_rows / n_shares * (i + 1),
                           .leaves = i == 0 ? self->leaves : new_leaf_sums (self->n_leaves),
                           .cancellable = cancellable };
      if (i > 0)
        threads[i] = g_thread_try_new ("pool-sums", share_run, &shares[i], NULL);
    }
  for (guint i = 0; i < n_shares; i++)
    if (threads[i] == NULL)
      share_run (&shares[i]);
  for (guint i = 1; i < n_shares; i++)
    {
      if (threads[i] != NULL)
        g_thread_join (threads[i]);
      add_leaf_sums (self->leaves, shares[i].leaves, self->n_leaves);
      g_aligned_free (shares[i].leaves);
    }
  fill_chunks (self);
  return self;
}

/* --- From one range to another --------------------------------------------------------------------------- */

/* A stretch of time without an edge of either range inside it: of all events in it the same can be said. */
typedef struct
{
  gint64 start_ns, end_ns;
} Stretch;

typedef struct
{
  const PoolTree *tree;
  PoolRangeSums *sums;
  TimeRange from, to;
  Stretch stretches[3]; /* those that an edge passes over */
  guint n_stretches;
} RangeMove;

static inline gboolean
is_between (gint64 time_ns, gint64 a_ns, gint64 b_ns)
{
  return time_ns >= MIN (a_ns, b_ns) && time_ns < MAX (a_ns, b_ns);
}

/* Whether an edge passes over @time_ns. */
static inline gboolean
is_passed (TimeRange from, TimeRange to, gint64 time_ns)
{
  return is_between (time_ns, from.start_ns, to.start_ns) || is_between (time_ns, from.end_ns, to.end_ns);
}

static guint
list_stretches (TimeRange from, TimeRange to, Stretch ret_stretches[3])
{
  gint64 edges_ns[] = { from.start_ns, from.end_ns, to.start_ns, to.end_ns };
  guint n_stretches = 0;
  for (guint i = 1; i < G_N_ELEMENTS (edges_ns); i++)
    for (guint j = i; j > 0 && edges_ns[j] < edges_ns[j - 1]; j--)
      {
        gint64 swap_ns = edges_ns[j];
        edges_ns[j] = edges_ns[j - 1];
        edges_ns[j - 1] = swap_ns;
      }
  for (guint i = 1; i < G_N_ELEMENTS (edges_ns); i++)
    if (edges_ns[i - 1] < edges_ns[i] && is_passed (from, to, edges_ns[i - 1]))
      ret_stretches[n_stretches++] = (Stretch){ edges_ns[i - 1], edges_ns[i] };
  return n_stretches;
}

static gsize
count_events (const PoolIntervals *intervals, TimeRange from, TimeRange to)
{
  Stretch stretches[3];
  gsize n = 0;
  for (guint i = list_stretches (from, to, stretches); i > 0; i--)
    n += pool_times_find (intervals->allocated_ns, intervals->n, stretches[i - 1].end_ns)
         - pool_times_find (intervals->allocated_ns, intervals->n, stretches[i - 1].start_ns)
         + pool_frees_find (intervals, stretches[i - 1].end_ns) - pool_frees_find (intervals, stretches[i - 1].start_ns);
  return n;
}

static inline void
change_sums (PoolRangeSums *self, guint32 leaf, PoolIntervalType type, guint64 n, guint64 size_bytes)
{
  PoolLeafSums *sums = &self->leaves[(gsize) leaf * POOL_N_TYPES + type];
  PoolLeafSums *chunk = &self->chunks[(gsize) leaf / POOL_SUMS_CHUNK * POOL_N_TYPES + type];
  sums->count += n;
  sums->size_bytes += size_bytes;
  chunk->count += n;
  chunk->size_bytes += size_bytes;
}

/* Takes @row out of what it was in the old range and puts it where it is in the new one. */
static inline void
move_interval (const RangeMove *self, gsize row, gint64 allocated_ns, gint64 freed_ns)
{
  if (!pool_selection_has_row (&self->tree->selection, row))
    return;
  guint32 leaf = pool_tree_get_leaf (self->tree, row);
  guint64 size_bytes = self->tree->trace->intervals.size_bytes[row];
  if (time_range_touches (self->from, allocated_ns, freed_ns))
    change_sums (self->sums, leaf, time_range_classify (self->from, allocated_ns, freed_ns), (guint64) -1, -size_bytes);
  if (time_range_touches (self->to, allocated_ns, freed_ns))
    change_sums (self->sums, leaf, time_range_classify (self->to, allocated_ns, freed_ns), 1, size_bytes);
}

static void
move_allocations (const RangeMove *self, gsize begin, gsize end)
{
  const PoolIntervals *intervals = &self->tree->trace->intervals;
  for (gsize row = begin; row < end; row++)
    move_interval (self, row, intervals->allocated_ns[row], intervals->freed_ns[row]);
}

/* Frees in @stretch; those whose allocation is passed too were moved with it. */
static void
move_frees (const RangeMove *self, gsize begin, gsize end, const Stretch *stretch)
{
  const PoolIntervals *intervals = &self->tree->trace->intervals;
  for (gsize i = begin; i < end; i++)
    {
      guint32 row = intervals->free_order[i];
      guint32 ahead = intervals->free_order[MIN (i + FETCH_AHEAD, intervals->n_freed - 1)];
      __builtin_prefetch (&intervals->allocated_ns[ahead]);
      __builtin_prefetch (&intervals->size_bytes[ahead]);
      __builtin_prefetch (&intervals->site[ahead]);
      gint64 allocated_ns = intervals->allocated_ns[row];
      /* To either range the start of the stretch is what any time in it is. */
      if (!is_passed (self->from, self->to, allocated_ns))
        move_interval (self, row, allocated_ns, stretch->start_ns);
    }
}

/* FALSE when cancelled; then the sums are of no range. */
static gboolean
move_sums (PoolRangeSums *self, const PoolTree *tree, TimeRange range, GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  RangeMove move = { .tree = tree, .sums = self, .from = self->range, .to = range };
  move.n_stretches = list_stretches (self->range, range, move.stretches);
  for (guint i = 0; i < move.n_stretches; i++)
    {
      const Stretch *stretch = &move.stretches[i];
      gsize end = pool_times_find (intervals->allocated_ns, intervals->n, stretch->end_ns);
      for (gsize begin = pool_times_find (intervals->allocated_ns, end, stretch->start_ns); begin < end;
           begin += CANCEL_INTERVAL)
        if (g_cancellable_is_cancelled (cancellable))
          return FALSE;
        else
          move_allocations (&move, begin, MIN (end, begin + CANCEL_INTERVAL));
      end = pool_frees_find (intervals, stretch->end_ns);
      for (gsize begin = pool_frees_find (intervals, stretch->start_ns); begin < end; begin += CANCEL_INTERVAL)
        if (g_cancellable_is_cancelled (cancellable))
          return FALSE;
        else
          move_frees (&move, begin, MIN (end, begin + CANCEL_INTERVAL), stretch);
    }
  self->range = range;
  return TRUE;
}

static void
copy_sums (PoolRangeSums *self, const PoolRangeSums *source)
{
  self->range = source->range;
  memcpy (self->leaves, source->leaves, self->n_leaves * POOL_N_TYPES * sizeof *self->leaves);
  memcpy (self->chunks, source->chunks, count_chunk_sums (self->n_leaves) * sizeof *self->chunks);
}

/* --- Choice ---------------------------------------------------------------------------------------------- */

PoolRangeSums *
pool_range_sums_new (PoolTree *tree, TimeRange range, GCancellable *cancellable)
{
  g_autoptr (PoolRangeSums) self = compute_all (tree, range, cancellable);
  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&self);
}

PoolRangeSums *
pool_range_sums_new_near (PoolTree *tree, const PoolRangeSums *near, TimeRange range, GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  gsize n_events = count_events (intervals, near->range, range);
  if (n_events > FEW_EVENTS && n_events * COST_OF_EVENT > intervals->n)
    return pool_range_sums_new (tree, range, cancellable);
  /* While an edge is dragged, what was kept is of the range before the last: then nothing is copied. */
  g_autoptr (PoolRangeSums) self = take_kept (tree);
  if (self == NULL || count_events (intervals, self->range, range) > n_events + self->n_leaves / LEAVES_PER_EVENT)
    {
      if (self == NULL)
        self = new_empty (tree);
      copy_sums (self, near);
    }
  return move_sums (self, tree, range, cancellable) ? g_steal_pointer (&self) : NULL;
}
