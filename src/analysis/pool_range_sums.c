#include "analysis/pool_range_sums.h"

#include <string.h>

#include "analysis/pool_range_move.h"

/* What an event between two ranges costs, in intervals of a pass over all and in leaves copied; few cost nothing. */
#define COST_OF_EVENT 8
#define FEW_EVENTS 1000
#define LEAVES_PER_EVENT 2

/* --- Layers ---------------------------------------------------------------------------------------------- */

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
    pool_layer_sums_clear (&self->layers[i]);
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

/* Begins the layers up to @number, without any sums. */
static void
begin_layers (PoolRangeSums *self, const PoolTree *tree, guint number)
{
  for (guint i = get_n_layers (self); i <= number; i++)
    {
      pool_layer_sums_init (&self->layers[i], tree, pool_tree_peek_layer (tree, i));
      g_atomic_int_set (&self->n_layers, (gint) i + 1);
    }
}

/* Makes those windows of [first, end) that are not there yet. */
static void
add_windows (PoolRangeSums *self, const PoolTree *tree, PoolLayerSums *layer, guint32 first, guint32 end)
{
  g_autofree guint8 *is_wanted = g_new0 (guint8, layer->n_windows);
  gboolean is_any_wanted = FALSE;
  g_mutex_lock (&self->mutex);
  for (guint32 i = first; i < end; i++)
    {
      is_wanted[i] = !pool_layer_sums_has_window (layer, i);
      is_any_wanted |= is_wanted[i];
    }
  if (is_any_wanted)
    pool_layer_sums_compute (layer, tree, self->range, is_wanted, NULL);
  g_mutex_unlock (&self->mutex);
}

/* The sums of the layer of @run, those of the run being there. */
static PoolLayerSums *
need_run (PoolRangeSums *self, const PoolTree *tree, PoolLeafRun run)
{
  guint number = run.layer->number;
  if (number >= get_n_layers (self))
    {
      g_mutex_lock (&self->mutex);
      begin_layers (self, tree, number);
      g_mutex_unlock (&self->mutex);
    }
  PoolLayerSums *layer = &self->layers[number];
  guint32 first = run.first >> layer->window_bits, end = ((run.end - 1) >> layer->window_bits) + 1;
  for (guint32 i = first; run.first < run.end && i < end; i++)
    if (!pool_layer_sums_has_window (layer, i))
      {
        add_windows (self, tree, layer, i, end);
        break;
      }
  return layer;
}

void
pool_range_sums_need_prefix (PoolRangeSums *self, const PoolTree *tree, const PoolTreeLayer *layer)
{
  PoolLayerSums *sums = need_run (self, tree, (PoolLeafRun){ layer, 0, layer->n_leaves });
  if (layer->stacks != NULL && g_atomic_pointer_get (&sums->prefix) == NULL)
    pool_layer_sums_add_prefix (sums);
}

void
pool_range_sums_get_run (PoolRangeSums *self, const PoolTree *tree, PoolLeafRun run,
                         PoolLeafSums ret_sums[POOL_N_TYPES])
{
  PoolLayerSums *sums = need_run (self, tree, run);
  const PoolLeafSums *prefix = g_atomic_pointer_get (&sums->prefix);
  memset (ret_sums, 0, POOL_N_TYPES * sizeof *ret_sums);
  if (prefix == NULL)
    {
      pool_layer_sums_add_run (sums, run.first, run.end, ret_sums);
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
copy_sums (const PoolRangeSums *source, const PoolTree *tree, guint n_layers)
{
  PoolRangeSums *self = new_without_layers ();
  self->range = source->range;
  begin_layers (self, tree, n_layers - 1);
  for (guint i = 0; i < n_layers; i++)
    pool_layer_sums_copy (&self->layers[i], &source->layers[i]);
  return self;
}

/* The layer down to which all sums are computed: that of the first rows, and deeper ones that are small or that @model
 * (nullable) has all of. */
static guint
find_complete_layer (const PoolRangeSums *self, const PoolRangeSums *model, guint n_layers)
{
  guint number = n_layers - 1;
  while (number > 1 && self->layers[number].n_windows > 1
         && (model == NULL || number >= get_n_layers (model) || !pool_layer_sums_is_complete (&model->layers[number])))
    number--;
  return number;
}

/* The windows of a layer that @model (nullable) has. */
static void
compute_as_in (PoolLayerSums *self, const PoolLayerSums *model, const PoolTree *tree, TimeRange range,
               GCancellable *cancellable)
{
  g_autofree guint8 *is_wanted = g_new0 (guint8, self->n_windows);
  gboolean is_any_wanted = FALSE;
  pool_layer_sums_restrict (self, model);
  for (guint32 i = 0; model != NULL && i < self->n_windows; i++)
    {
      is_wanted[i] = pool_layer_sums_has_window (model, i) != FALSE;
      is_any_wanted |= is_wanted[i];
    }
  if (is_any_wanted)
    pool_layer_sums_compute (self, tree, range, is_wanted, cancellable);
}

PoolRangeSums *
pool_range_sums_new (PoolTree *tree, const PoolRangeSums *model, TimeRange range, GCancellable *cancellable)
{
  g_autoptr (PoolRangeSums) self = take_kept (tree);
  guint n_layers = 1;
  if (self == NULL)
    self = new_without_layers ();
  self->range = range;
  while (n_layers < tree->n_layers && pool_tree_peek_layer (tree, n_layers) != NULL)
    n_layers++;
  begin_layers (self, tree, n_layers - 1);
  guint n_of_model = model != NULL ? get_n_layers (model) : 0;
  guint complete = find_complete_layer (self, model, n_layers);
  for (guint i = complete + 1; i < n_layers; i++)
    compute_as_in (&self->layers[i], i < n_of_model ? &model->layers[i] : NULL, tree, range, cancellable);
  g_autofree guint8 *is_wanted = g_malloc (self->layers[complete].n_windows + 1u);
  memset (is_wanted, TRUE, self->layers[complete].n_windows);
  pool_layer_sums_compute (&self->layers[complete], tree, range, is_wanted, cancellable);
  for (guint i = complete; i > 0; i--)
    pool_layer_sums_add_up (&self->layers[i - 1], &self->layers[i]);
  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&self);
}

static gsize
count_leaves (const PoolRangeSums *self, guint n_layers)
{
  gsize n = 0;
  for (guint i = 0; i < n_layers; i++)
    n += pool_layer_sums_count_leaves (&self->layers[i]);
  return n;
}

PoolRangeSums *
pool_range_sums_new_near (PoolTree *tree, PoolRangeSums *near, TimeRange range, GCancellable *cancellable)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  guint n_layers = get_n_layers (near);
  gsize n_events = pool_range_move_count (intervals, near->range, range);
  if (n_events > FEW_EVENTS && n_events * COST_OF_EVENT > intervals->n)
    return pool_range_sums_new (tree, near, range, cancellable);
  /* While an edge is dragged, what was kept is of the range before the last: then nothing is copied. */
  g_autoptr (PoolRangeSums) self = take_kept (tree);
  gsize n_events_at_most = n_events + count_leaves (near, n_layers) / LEAVES_PER_EVENT;
  if (self != NULL
      && (get_n_layers (self) < n_layers
          || pool_range_move_count (intervals, self->range, range) > n_events_at_most))
    g_clear_pointer (&self, pool_range_sums_free);
  if (self == NULL)
    self = copy_sums (near, tree, n_layers);
  return pool_range_move (self, tree, range, cancellable) ? g_steal_pointer (&self) : NULL;
}
