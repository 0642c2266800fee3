#include "analysis/pool_range_sums.h"

#include <string.h>

#include "analysis/pool_range_move.h"
#include "analysis/row_shares.h"

#define CANCEL_INTERVAL 65536
/* What an event between two ranges costs, in intervals of a pass over all and in leaves copied; few cost nothing. */
#define COST_OF_EVENT 8
#define FEW_EVENTS 1000
#define LEAVES_PER_EVENT 2

/* --- Layers ---------------------------------------------------------------------------------------------- */

static gsize
count_chunk_sums (const PoolTreeLayer *layer)
{
  return (layer->n_leaves / POOL_SUMS_CHUNK + 1) * POOL_N_TYPES;
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

static void
add_leaf_sums (PoolLeafSums *sums, const PoolLeafSums *added, gsize n_leaves)
{
  for (gsize i = 0; i < n_leaves * POOL_N_TYPES; i++)
    {
      sums[i].count += added[i].count;
      sums[i].size_bytes += added[i].size_bytes;
    }
}

/* The contents are not defined. Rows have many leaves only where there are stacks. */
static void
layer_sums_init (PoolLayerSums *self, const PoolTreeLayer *layer)
{
  if (self->layer == NULL)
    *self = (PoolLayerSums){ .layer = layer,
                             .leaves = new_leaf_sums (layer->n_leaves),
                             .chunks = layer->stacks ? g_new (PoolLeafSums, count_chunk_sums (layer)) : NULL };
}

static void
layer_sums_clear (PoolLayerSums *self)
{
  g_aligned_free (self->leaves);
  g_free (self->chunks);
  g_free (self->prefix);
}

static void
layer_sums_fill_chunks (PoolLayerSums *self)
{
  if (self->chunks == NULL)
    return;
  memset (self->chunks, 0, count_chunk_sums (self->layer) * sizeof *self->chunks);
  for (gsize leaf = 0; leaf < self->layer->n_leaves; leaf++)
    add_leaf_sums (&self->chunks[leaf / POOL_SUMS_CHUNK * POOL_N_TYPES], &self->leaves[leaf * POOL_N_TYPES], 1);
}

/* From those of the layer below. */
static void
layer_sums_add_up (PoolLayerSums *self, const PoolLayerSums *below)
{
  clear_leaf_sums (self->leaves, self->layer->n_leaves);
  for (gsize leaf = 0; leaf < below->layer->n_leaves; leaf++)
    add_leaf_sums (&self->leaves[(gsize) below->layer->parents[leaf] * POOL_N_TYPES],
                   &below->leaves[leaf * POOL_N_TYPES], 1);
  layer_sums_fill_chunks (self);
}

static guint
get_n_layers (const PoolRangeSums *self)
{
  return (guint) g_atomic_int_get (&self->n_layers);
}

static PoolRangeSums *
new_without_layers (void)
{
  PoolRangeSums *self = g_new0 (PoolRangeSums, 1);
  g_mutex_init (&self->mutex);
  return self;
}

void
pool_range_sums_free (PoolRangeSums *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->layers); i++)
    layer_sums_clear (&self->layers[i]);
  g_mutex_clear (&self->mutex);
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
  for (guint i = 0; i < get_n_layers (self); i++)
    g_clear_pointer (&self->layers[i].prefix, g_free);
  PoolRangeSums *replaced = g_atomic_pointer_exchange (&tree->kept_sums, self);
  g_clear_pointer (&replaced, pool_range_sums_free);
}

/* --- All intervals --------------------------------------------------------------------------------------- */

typedef struct
{
  const PoolTree *tree;
  const PoolTreeLayer *layer;
  TimeRange range;
  gsize first_inside;
  PoolLeafSums *leaves[ROW_SHARES_MAXIMUM]; /* (array length=n_leaves * POOL_N_TYPES): of each share */
  GCancellable *cancellable;
} RangePass;

/* Adds the intervals [begin, end), which are all allocated inside the range or all before it. The
 * conditions that are the same for all intervals are arguments known where it is compiled. */
static inline __attribute__ ((always_inline)) void
add_intervals (const RangePass *self, PoolLeafSums *leaves, gsize begin, gsize end, gboolean is_inside,
               gboolean is_by_interval, gboolean is_filtered)
{
  const PoolTreeLayer *layer = self->layer;
  const PoolIntervals *intervals = &self->tree->trace->intervals;
  PoolIntervalType freed_inside = is_inside ? POOL_TYPE_AIFI : POOL_TYPE_AOFI;
  PoolIntervalType freed_outside = is_inside ? POOL_TYPE_AIFO : POOL_TYPE_AOFO;
  for (gsize row = begin; row < end; row++)
    {
      gint64 freed_ns = intervals->freed_ns[row];
      if (!is_inside && freed_ns < self->range.start_ns)
        continue;
      if (is_filtered && !pool_selection_has_row (&self->tree->selection, row))
        continue;
      guint32 leaf = is_by_interval ? layer->leaf_of_interval[row] : pool_tree_layer_get_leaf (layer, intervals, row);
      PoolIntervalType type = freed_ns < self->range.end_ns ? freed_inside : freed_outside;
      PoolLeafSums *sums = &leaves[(gsize) leaf * POOL_N_TYPES + type];
      sums->count++;
      sums->size_bytes += intervals->size_bytes[row];
    }
}

static void
add_block (const RangePass *self, PoolLeafSums *leaves, gsize begin, gsize end, gboolean is_inside)
{
  gboolean is_filtered = self->tree->selection.rows != NULL;
  if (self->layer->leaf_of_interval)
    {
      if (is_inside)
        add_intervals (self, leaves, begin, end, TRUE, TRUE, is_filtered);
      else
        add_intervals (self, leaves, begin, end, FALSE, TRUE, is_filtered);
    }
  else if (is_inside)
    add_intervals (self, leaves, begin, end, TRUE, FALSE, is_filtered);
  else
    add_intervals (self, leaves, begin, end, FALSE, FALSE, is_filtered);
}

static void
add_share (guint share, gsize begin, gsize end, gpointer data)
{
  const RangePass *self = data;
  clear_leaf_sums (self->leaves[share], self->layer->n_leaves);
  for (gsize row = begin; row < end && !g_cancellable_is_cancelled (self->cancellable);)
    {
      gboolean is_inside = row >= self->first_inside;
      gsize stop = MIN (row + CANCEL_INTERVAL, end);
      if (!is_inside)
        stop = MIN (stop, self->first_inside);
      add_block (self, self->leaves[share], row, stop, is_inside);
      row = stop;
    }
}

static void
layer_sums_compute (PoolLayerSums *self, const PoolTree *tree, TimeRange range, GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  gsize n_leaves = self->layer->n_leaves;
  gsize n_rows = pool_times_find (intervals->allocated_ns, intervals->n, range.end_ns);
  RangePass pass = { .tree = tree, .layer = self->layer, .range = range, .cancellable = cancellable };
  pass.first_inside = pool_times_find (intervals->allocated_ns, n_rows, range.start_ns);
  /* Each thread has sums of its own for all leaves, which must stay small beside its work. */
  guint n_shares = row_shares_choose (n_rows, n_rows / (4 * n_leaves + 1));
  for (guint i = 0; i < n_shares; i++)
    pass.leaves[i] = i == 0 ? self->leaves : new_leaf_sums (n_leaves);
  row_shares_run (n_rows, n_shares, add_share, &pass);
  for (guint i = 1; i < n_shares; i++)
    {
      add_leaf_sums (self->leaves, pass.leaves[i], n_leaves);
      g_aligned_free (pass.leaves[i]);
    }
  layer_sums_fill_chunks (self);
}

/* Adds the layers up to @number. */
static void
add_layers (PoolRangeSums *self, const PoolTree *tree, guint number, GCancellable *cancellable)
{
  g_mutex_lock (&self->mutex);
  guint n_layers = get_n_layers (self);
  if (number >= n_layers)
    {
      for (guint i = n_layers; i <= number; i++)
        layer_sums_init (&self->layers[i], pool_tree_peek_layer (tree, i));
      layer_sums_compute (&self->layers[number], tree, self->range, cancellable);
      for (guint i = number; i > n_layers; i--)
        layer_sums_add_up (&self->layers[i - 1], &self->layers[i]);
      g_atomic_int_set (&self->n_layers, (gint) number + 1);
    }
  g_mutex_unlock (&self->mutex);
}

/* --- Of many leaves -------------------------------------------------------------------------------------- */

static PoolLayerSums *
need_layer (PoolRangeSums *self, const PoolTree *tree, const PoolTreeLayer *layer)
{
  if (layer->number >= get_n_layers (self))
    add_layers (self, tree, layer->number, NULL);
  return &self->layers[layer->number];
}

void
pool_range_sums_need_prefix (PoolRangeSums *self, const PoolTree *tree, const PoolTreeLayer *layer)
{
  PoolLayerSums *sums = need_layer (self, tree, layer);
  if (sums->chunks == NULL || g_atomic_pointer_get (&sums->prefix) != NULL)
    return;
  gsize n = (gsize) layer->n_leaves * POOL_N_TYPES;
  PoolLeafSums *prefix = g_new (PoolLeafSums, n + POOL_N_TYPES);
  memset (prefix, 0, POOL_N_TYPES * sizeof *prefix);
  for (gsize i = 0; i < n; i++)
    {
      prefix[i + POOL_N_TYPES].count = prefix[i].count + sums->leaves[i].count;
      prefix[i + POOL_N_TYPES].size_bytes = prefix[i].size_bytes + sums->leaves[i].size_bytes;
    }
  /* Another thread may have made the same meanwhile. */
  if (!g_atomic_pointer_compare_and_exchange (&sums->prefix, NULL, prefix))
    g_free (prefix);
}

static void
add_run (const PoolLayerSums *self, PoolLeafRun run, PoolLeafSums sums[POOL_N_TYPES])
{
  for (gsize leaf = run.first; leaf < run.end;)
    {
      gboolean is_chunk = self->chunks != NULL && leaf % POOL_SUMS_CHUNK == 0 && run.end - leaf >= POOL_SUMS_CHUNK;
      const PoolLeafSums *added = is_chunk ? &self->chunks[leaf / POOL_SUMS_CHUNK * POOL_N_TYPES]
                                           : &self->leaves[leaf * POOL_N_TYPES];
      add_leaf_sums (sums, added, 1);
      leaf += is_chunk ? POOL_SUMS_CHUNK : 1;
    }
}

void
pool_range_sums_get_run (PoolRangeSums *self, const PoolTree *tree, PoolLeafRun run,
                         PoolLeafSums ret_sums[POOL_N_TYPES])
{
  PoolLayerSums *sums = need_layer (self, tree, run.layer);
  const PoolLeafSums *prefix = g_atomic_pointer_get (&sums->prefix);
  memset (ret_sums, 0, POOL_N_TYPES * sizeof *ret_sums);
  if (prefix == NULL)
    {
      add_run (sums, run, ret_sums);
      return;
    }
  const PoolLeafSums *first = &prefix[(gsize) run.first * POOL_N_TYPES];
  const PoolLeafSums *end = &prefix[(gsize) run.end * POOL_N_TYPES];
  for (guint type = 0; type < POOL_N_TYPES; type++)
    {
      ret_sums[type].count = end[type].count - first[type].count;
      ret_sums[type].size_bytes = end[type].size_bytes - first[type].size_bytes;
    }
}

/* --- From one range to another --------------------------------------------------------------------------- */

static PoolRangeSums *
copy_sums (const PoolRangeSums *source, guint n_layers)
{
  PoolRangeSums *self = new_without_layers ();
  self->range = source->range;
  self->n_layers = (gint) n_layers;
  for (guint i = 0; i < n_layers; i++)
    {
      const PoolLayerSums *copied = &source->layers[i];
      PoolLayerSums *sums = &self->layers[i];
      layer_sums_init (sums, copied->layer);
      memcpy (sums->leaves, copied->leaves, copied->layer->n_leaves * POOL_N_TYPES * sizeof *sums->leaves);
      if (copied->chunks != NULL)
        memcpy (sums->chunks, copied->chunks, count_chunk_sums (copied->layer) * sizeof *sums->chunks);
    }
  return self;
}

PoolRangeSums *
pool_range_sums_new (PoolTree *tree, TimeRange range, GCancellable *cancellable)
{
  g_autoptr (PoolRangeSums) self = take_kept (tree);
  if (self == NULL)
    self = new_without_layers ();
  self->n_layers = 0;
  self->range = range;
  guint n_made = 1;
  while (n_made < tree->n_layers && pool_tree_peek_layer (tree, n_made) != NULL)
    n_made++;
  add_layers (self, tree, n_made - 1, cancellable);
  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&self);
}

static gsize
count_leaves (const PoolRangeSums *self, guint n_layers)
{
  gsize n = 0;
  for (guint i = 0; i < n_layers; i++)
    n += self->layers[i].layer->n_leaves;
  return n;
}

PoolRangeSums *
pool_range_sums_new_near (PoolTree *tree, PoolRangeSums *near, TimeRange range, GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  guint n_layers = get_n_layers (near);
  gsize n_events = pool_range_move_count (intervals, near->range, range);
  if (n_events > FEW_EVENTS && n_events * COST_OF_EVENT > intervals->n)
    return pool_range_sums_new (tree, range, cancellable);
  /* While an edge is dragged, what was kept is of the range before the last: then nothing is copied. */
  g_autoptr (PoolRangeSums) self = take_kept (tree);
  gsize n_events_at_most = n_events + count_leaves (near, n_layers) / LEAVES_PER_EVENT;
  if (self != NULL
      && (get_n_layers (self) < n_layers
          || pool_range_move_count (intervals, self->range, range) > n_events_at_most))
    g_clear_pointer (&self, pool_range_sums_free);
  if (self == NULL)
    self = copy_sums (near, n_layers);
  return pool_range_move (self, tree, range, cancellable) ? g_steal_pointer (&self) : NULL;
}
