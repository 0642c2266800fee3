#include "analysis/pool_range_move.h"

#include "base/prefetch.h"

#define CANCEL_INTERVAL 65536
/* So many events ahead the columns of an interval are fetched. */
#define FETCH_AHEAD 12

/* A stretch of time without an edge of either range inside it: of all events in it the same can be said. */
typedef struct
{
  gint64 start_ns, end_ns;
} Stretch;

typedef struct
{
  const PoolTree *tree;
  PoolLayerSums *deepest; /* that has any sums; those of the layers above stand before it */
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

gsize
pool_range_move_count (const PoolIntervals *intervals, TimeRange from, TimeRange to)
{
  Stretch stretches[3];
  gsize n = 0;
  for (guint i = list_stretches (from, to, stretches); i > 0; i--)
    n += pool_times_find (intervals->allocated_ns, intervals->n, stretches[i - 1].end_ns)
         - pool_times_find (intervals->allocated_ns, intervals->n, stretches[i - 1].start_ns)
         + pool_frees_find (intervals, stretches[i - 1].end_ns)
         - pool_frees_find (intervals, stretches[i - 1].start_ns);
  return n;
}

/* Takes @row out of what it was in the old range and puts it where it is in the new one, in all layers. */
static inline void
move_interval (const RangeMove *self, gsize row, gint64 allocated_ns, gint64 freed_ns)
{
  const PoolIntervals *intervals = &self->tree->trace->intervals;
  if (!pool_selection_has_row (&self->tree->selection, row))
    return;
  gboolean was_in = time_range_touches (self->from, allocated_ns, freed_ns);
  gboolean is_in = time_range_touches (self->to, allocated_ns, freed_ns);
  PoolIntervalType old_type = time_range_classify (self->from, allocated_ns, freed_ns);
  PoolIntervalType new_type = time_range_classify (self->to, allocated_ns, freed_ns);
  guint64 size_bytes = intervals->size_bytes[row];
  PoolLayerSums *sums = self->deepest;
  guint32 leaf = pool_tree_layer_get_leaf (sums->layer, intervals, row);
  for (;; sums--)
    {
      if (was_in)
        pool_layer_sums_change (sums, leaf, old_type, (guint64) -1, -size_bytes);
      if (is_in)
        pool_layer_sums_change (sums, leaf, new_type, 1, size_bytes);
      if (sums->layer->number == 0)
        return;
      leaf = pool_tree_layer_get_parent (sums->layer, leaf);
    }
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
      prefetch (&intervals->allocated_ns[ahead]);
      prefetch (&intervals->size_bytes[ahead]);
      prefetch (&intervals->site[ahead]);
      gint64 allocated_ns = intervals->allocated_ns[row];
      /* To either range the start of the stretch is what any time in it is. */
      if (!is_passed (self->from, self->to, allocated_ns))
        move_interval (self, row, allocated_ns, stretch->start_ns);
    }
}

gboolean
pool_range_move (PoolRangeSums *self, PoolTree *tree, TimeRange range, GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  RangeMove move = { .tree = tree, .deepest = &self->layers[self->n_layers - 1], .from = self->range, .to = range };
  while (move.deepest->layer->number > 0 && pool_layer_sums_count_leaves (move.deepest) == 0)
    move.deepest--;
  pool_tree_need_leaf_column (tree, move.deepest->layer);
  pool_tree_need_leaf_lists (tree, move.deepest->layer);
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
