#include "analysis/pool_layer_sums.h"

#include <string.h>

#include "analysis/pool_tree_leaves.h"
#include "base/row_shares.h"

/* So many leaves that follow each other have a sum of their own, where rows have many. */
#define CHUNK 64

/* --- Windows --------------------------------------------------------------------------------------------- */

static gsize
count_window_leaves (const PoolLayerSums *self, guint32 window)
{
  gsize first = (gsize) window << self->window_bits;
  return MIN (self->layer->n_leaves - first, (gsize) 1 << self->window_bits);
}

/* How many sums a window has: those of leaves, and of chunks behind them. Rows have many leaves only where there are
 * stacks. */
static gsize
count_window_sums (const PoolLayerSums *self, guint32 window)
{
  gsize n_leaves = count_window_leaves (self, window);
  return (n_leaves + (self->layer->stacks != NULL ? n_leaves / CHUNK + 1 : 0)) * POOL_N_TYPES;
}

static PoolLeafSums *
new_window (const PoolLayerSums *self, guint32 window)
{
  return g_aligned_alloc (count_window_sums (self, window) + 1, sizeof (PoolLeafSums),
                          POOL_N_TYPES * sizeof (PoolLeafSums));
}

static PoolLeafSums *
get_window (const PoolLayerSums *self, guint32 window)
{
  return g_atomic_pointer_get (&self->windows[window]);
}

static void
add_sums (PoolLeafSums *sums, const PoolLeafSums *added, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i].count += added[i].count;
      sums[i].size_bytes += added[i].size_bytes;
    }
}

/* From the leaves. */
static void
fill_chunks (const PoolLayerSums *self, guint32 window, PoolLeafSums *leaves)
{
  gsize n_leaves = count_window_leaves (self, window);
  PoolLeafSums *chunks = &leaves[n_leaves * POOL_N_TYPES];
  if (self->layer->stacks == NULL)
    return;
  memset (chunks, 0, (n_leaves / CHUNK + 1) * POOL_N_TYPES * sizeof *chunks);
  for (gsize leaf = 0; leaf < n_leaves; leaf++)
    add_sums (&chunks[leaf / CHUNK * POOL_N_TYPES], &leaves[leaf * POOL_N_TYPES], POOL_N_TYPES);
}

void
pool_layer_sums_init (PoolLayerSums *self, const PoolTree *tree, const PoolTreeLayer *layer)
{
  if (self->layer != NULL)
    return;
  *self = (PoolLayerSums){ .layer = layer, .window_bits = tree->window_bits };
  self->n_windows = (guint32) ((layer->n_leaves + ((gsize) 1 << self->window_bits) - 1) >> self->window_bits);
  self->windows = g_new0 (PoolLeafSums *, self->n_windows);
}

static void
drop_window (PoolLayerSums *self, guint32 window)
{
  g_aligned_free (self->windows[window]);
  self->windows[window] = NULL;
}

void
pool_layer_sums_clear (PoolLayerSums *self)
{
  for (guint32 i = 0; i < self->n_windows; i++)
    drop_window (self, i);
  g_free (self->windows);
  g_free (self->prefix);
}

gboolean
pool_layer_sums_has_window (const PoolLayerSums *self, guint32 window)
{
  return get_window (self, window) != NULL;
}

gboolean
pool_layer_sums_is_complete (const PoolLayerSums *self)
{
  guint32 window = 0;
  while (window < self->n_windows && pool_layer_sums_has_window (self, window))
    window++;
  return window == self->n_windows;
}

gsize
pool_layer_sums_count_leaves (const PoolLayerSums *self)
{
  gsize n = 0;
  for (guint32 i = 0; i < self->n_windows; i++)
    n += pool_layer_sums_has_window (self, i) ? count_window_leaves (self, i) : 0;
  return n;
}

void
pool_layer_sums_restrict (PoolLayerSums *self, const PoolLayerSums *model)
{
  for (guint32 i = 0; i < self->n_windows; i++)
    if (model == NULL || !pool_layer_sums_has_window (model, i))
      drop_window (self, i);
}

/* --- All intervals --------------------------------------------------------------------------------------- */

typedef struct
{
  const PoolTree *tree;
  TimeRange range;
  gsize first_inside;
  guint window_bits;
  PoolLeafRun run;      /* from the first wanted window to the last */
  gboolean is_partial;  /* some intervals are in no wanted window */
  PoolLeafSums **windows[ROW_SHARES_MAXIMUM]; /* of each share; NULL for those that are not wanted */
  GCancellable *cancellable;
} RangePass;

/* Adds intervals that are all allocated inside the range or all before it, and whose @leaves (array length=n) these are:
 * those at @places (nullable: all), counted from @begin. The conditions that are the same for all intervals are arguments
 * known where it is compiled. */
static inline __attribute__ ((always_inline)) void
add_intervals (const RangePass *self, PoolLeafSums *const *windows, const guint32 *leaves, gsize begin,
               const guint16 *places, gsize n, gboolean is_inside)
{
  const PoolIntervals *intervals = &self->tree->trace->intervals;
  const gint64 *freed_ns_column = &intervals->freed_ns[begin];
  const guint64 *size_bytes_column = &intervals->size_bytes[begin];
  gint64 start_ns = self->range.start_ns, end_ns = self->range.end_ns;
  PoolIntervalType freed_inside = is_inside ? POOL_TYPE_AIFI : POOL_TYPE_AOFI;
  PoolIntervalType freed_outside = is_inside ? POOL_TYPE_AIFO : POOL_TYPE_AOFO;
  guint window_bits = self->window_bits;
  guint32 window_mask = ((guint32) 1 << window_bits) - 1;
  for (gsize i = 0; i < n; i++)
    {
      gsize place = places != NULL ? places[i] : i;
      PoolLeafSums *window = windows[leaves[i] >> window_bits];
      gint64 freed_ns = freed_ns_column[place];
      if ((places != NULL && window == NULL) || (!is_inside && freed_ns < start_ns))
        continue;
      PoolIntervalType type = freed_ns < end_ns ? freed_inside : freed_outside;
      PoolLeafSums *sums = &window[(gsize) (leaves[i] & window_mask) * POOL_N_TYPES + type];
      sums->count++;
      sums->size_bytes += size_bytes_column[place];
    }
}

/* Adds [begin, begin + n), at most POOL_TREE_BLOCK. */
static void
add_block (const RangePass *self, PoolLeafSums *const *windows, gsize begin, gsize n, gboolean is_inside)
{
  guint32 found[POOL_TREE_BLOCK];
  guint16 places[POOL_TREE_BLOCK];
  if (self->is_partial)
    {
      n = pool_tree_pick_leaves (self->tree, self->run, begin, n, found, places);
      if (is_inside)
        add_intervals (self, windows, found, begin, places, n, TRUE);
      else
        add_intervals (self, windows, found, begin, places, n, FALSE);
      return;
    }
  const guint32 *leaves = pool_tree_read_leaves (self->tree, self->run.layer, begin, n, found);
  if (is_inside)
    add_intervals (self, windows, leaves, begin, NULL, n, TRUE);
  else
    add_intervals (self, windows, leaves, begin, NULL, n, FALSE);
}

static void
add_share (guint share, gsize begin, gsize end, gpointer data)
{
  const RangePass *self = data;
  for (gsize row = begin; row < end && !g_cancellable_is_cancelled (self->cancellable);)
    {
      gboolean is_inside = row >= self->first_inside;
      gsize stop = MIN (row + POOL_TREE_BLOCK, end);
      if (!is_inside)
        stop = MIN (stop, self->first_inside);
      add_block (self, self->windows[share], row, stop - row, is_inside);
      row = stop;
    }
}

/* The windows of one share, all zero; the first share's are those that @self has already. */
static PoolLeafSums **
new_share (const PoolLayerSums *self, const guint8 *is_wanted, guint share)
{
  PoolLeafSums **windows = g_new0 (PoolLeafSums *, self->n_windows);
  for (guint32 i = 0; i < self->n_windows; i++)
    {
      if (!is_wanted[i])
        continue;
      windows[i] = share == 0 && self->windows[i] != NULL ? self->windows[i] : new_window (self, i);
      memset (windows[i], 0, count_window_leaves (self, i) * POOL_N_TYPES * sizeof **windows);
    }
  return windows;
}

void
pool_layer_sums_compute (PoolLayerSums *self, const PoolTree *tree, TimeRange range, const guint8 *is_wanted,
                         GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  gsize n_leaves = 0, n_rows = pool_times_find (intervals->allocated_ns, intervals->n, range.end_ns);
  RangePass pass = { .tree = tree,
                     .range = range,
                     .window_bits = self->window_bits,
                     .run = { self->layer, self->layer->n_leaves, 0 },
                     .is_partial = tree->selection.rows != NULL,
                     .cancellable = cancellable };
  pass.first_inside = pool_times_find (intervals->allocated_ns, n_rows, range.start_ns);
  for (guint32 i = 0; i < self->n_windows; i++)
    {
      pass.is_partial |= !is_wanted[i];
      if (!is_wanted[i])
        continue;
      guint32 first = i << self->window_bits;
      pass.run.first = MIN (pass.run.first, first);
      pass.run.end = first + (guint32) count_window_leaves (self, i);
      n_leaves += count_window_leaves (self, i);
    }
  if (!pass.is_partial && self->layer->numbers != NULL && self->layer->numbers->listed_values != NULL)
    pool_tree_need_leaf_column ((PoolTree *) tree, self->layer); /* a search for each would take long */
  /* Each thread has sums of its own for all leaves, which must stay small beside its work. */
  guint n_shares = row_shares_choose (n_rows, n_rows / (4 * n_leaves + 1));
  for (guint i = 0; i < n_shares; i++)
    pass.windows[i] = new_share (self, is_wanted, i);
  row_shares_run (n_rows, n_shares, add_share, &pass);
  for (guint32 i = 0; i < self->n_windows; i++)
    {
      if (!is_wanted[i])
        continue;
      PoolLeafSums *window = pass.windows[0][i];
      for (guint share = 1; share < n_shares; share++)
        {
          add_sums (window, pass.windows[share][i], count_window_leaves (self, i) * POOL_N_TYPES);
          g_aligned_free (pass.windows[share][i]);
        }
      fill_chunks (self, i, window);
      g_atomic_pointer_set (&self->windows[i], window);
    }
  for (guint i = 0; i < n_shares; i++)
    g_free (pass.windows[i]);
}

void
pool_layer_sums_add_up (PoolLayerSums *self, const PoolLayerSums *below)
{
  guint32 mask = ((guint32) 1 << self->window_bits) - 1;
  for (guint32 i = 0; i < self->n_windows; i++)
    {
      if (self->windows[i] == NULL)
        self->windows[i] = new_window (self, i);
      memset (self->windows[i], 0, count_window_leaves (self, i) * POOL_N_TYPES * sizeof **self->windows);
    }
  const guint32 *starts = below->layer->leaf_starts;
  for (guint32 parent = 0; parent < self->layer->n_leaves; parent++)
    for (guint32 leaf = starts[parent]; leaf < starts[parent + 1]; leaf++)
      add_sums (&self->windows[parent >> self->window_bits][(gsize) (parent & mask) * POOL_N_TYPES],
                &below->windows[leaf >> below->window_bits][(gsize) (leaf & mask) * POOL_N_TYPES], POOL_N_TYPES);
  for (guint32 i = 0; i < self->n_windows; i++)
    fill_chunks (self, i, self->windows[i]);
}

void
pool_layer_sums_copy (PoolLayerSums *self, const PoolLayerSums *source)
{
  for (guint32 i = 0; i < self->n_windows; i++)
    {
      const PoolLeafSums *window = get_window (source, i);
      if (window == NULL)
        continue;
      if (self->windows[i] == NULL)
        self->windows[i] = new_window (self, i);
      memcpy (self->windows[i], window, count_window_sums (self, i) * sizeof *window);
    }
}

void
pool_layer_sums_add_prefix (PoolLayerSums *self)
{
  gsize n_leaves = self->layer->n_leaves;
  PoolLeafSums *prefix = g_new (PoolLeafSums, (n_leaves + 1) * POOL_N_TYPES);
  memset (prefix, 0, POOL_N_TYPES * sizeof *prefix);
  for (gsize leaf = 0; leaf < n_leaves; leaf++)
    {
      const PoolLeafSums *window = self->windows[leaf >> self->window_bits];
      PoolLeafSums *next = &prefix[(leaf + 1) * POOL_N_TYPES];
      memcpy (next, &prefix[leaf * POOL_N_TYPES], POOL_N_TYPES * sizeof *next);
      add_sums (next, &window[(leaf & (((gsize) 1 << self->window_bits) - 1)) * POOL_N_TYPES], POOL_N_TYPES);
    }
  /* Another thread may have made the same meanwhile. */
  if (!g_atomic_pointer_compare_and_exchange (&self->prefix, NULL, prefix))
    g_free (prefix);
}

/* --- Some leaves ----------------------------------------------------------------------------------------- */

/* Leaves are counted from the first of the window. */
static void
add_leaves (const PoolLayerSums *self, guint32 window, gsize first, gsize end, PoolLeafSums sums[POOL_N_TYPES])
{
  const PoolLeafSums *leaves = get_window (self, window);
  const PoolLeafSums *chunks = &leaves[count_window_leaves (self, window) * POOL_N_TYPES];
  for (gsize leaf = first; leaf < end;)
    {
      gboolean is_chunk = self->layer->stacks != NULL && leaf % CHUNK == 0 && end - leaf >= CHUNK;
      add_sums (sums, is_chunk ? &chunks[leaf / CHUNK * POOL_N_TYPES] : &leaves[leaf * POOL_N_TYPES], POOL_N_TYPES);
      leaf += is_chunk ? CHUNK : 1;
    }
}

void
pool_layer_sums_add_run (const PoolLayerSums *self, guint32 first, guint32 end, PoolLeafSums sums[POOL_N_TYPES])
{
  while (first < end)
    {
      guint32 window = first >> self->window_bits;
      gsize before = (gsize) window << self->window_bits;
      gsize stop = MIN (end, before + count_window_leaves (self, window));
      add_leaves (self, window, first - before, stop - before, sums);
      first = (guint32) stop;
    }
}

void
pool_layer_sums_change (PoolLayerSums *self, guint32 leaf, PoolIntervalType type, guint64 n, guint64 size_bytes)
{
  guint32 window = leaf >> self->window_bits;
  gsize place = leaf & (((guint32) 1 << self->window_bits) - 1);
  PoolLeafSums *leaves = self->windows[window], change = { n, size_bytes };
  if (leaves == NULL)
    return;
  add_sums (&leaves[place * POOL_N_TYPES + type], &change, 1);
  if (self->layer->stacks != NULL)
    add_sums (&leaves[(count_window_leaves (self, window) + place / CHUNK) * POOL_N_TYPES + type], &change, 1);
}
