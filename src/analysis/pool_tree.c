#include <string.h>

#include "analysis/pool_range_sums.h"
#include "analysis/pool_tree_layer.h"
#include "analysis/pool_tree_leaves.h"
#include "analysis/stack_leaves.h"

/* Making one window means a pass over all intervals, so there are only so many windows for as many leaves as can be;
 * but a window has at least so many leaves, as a power of two. */
#define MOST_WINDOWS_BITS 8
#define LEAST_WINDOW_BITS 14

PoolTree *
pool_tree_new (PoolTrace *trace, FrameNames *names, const Dimension *grouping, gsize n_levels,
               PoolFilter *filter, GCancellable *cancellable, GError **error)
{
  TimeRange range = filter ? pool_filter_get_range (filter) : TIME_RANGE_WHOLE;
  return pool_tree_new_at_range (trace, names, grouping, n_levels, filter, range, cancellable, error);
}

PoolTree *
pool_tree_new_at_range (PoolTrace *trace, FrameNames *names, const Dimension *grouping, gsize n_levels,
                        PoolFilter *filter, TimeRange range, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (n_levels <= POOL_TREE_MAX_LEVELS, NULL);
  g_autoptr (PoolTree) self = g_new0 (PoolTree, 1);
  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->trace = pool_trace_ref (trace);
  self->names = frame_names_ref (names);
  self->n_levels = n_levels;
  self->n_layers = 1;
  self->window_bits = MAX (g_bit_storage (trace->intervals.n), MOST_WINDOWS_BITS + LEAST_WINDOW_BITS) - MOST_WINDOWS_BITS;
  self->source = dimension_source_at_range (trace, names, range);
  self->depends_on_end = filter && pool_filter_depends_on_range (filter);
  for (gsize level = 0; level < n_levels; level++)
    {
      self->grouping[level] = grouping[level];
      self->depends_on_end |= dimension_depends_on_end (grouping[level]);
      if (dimension_get_scope (grouping[level]) != DIMENSION_OF_RANGE)
        self->layer_of_level[level + 1] = (guint8) self->n_layers++;
      self->layer_at_level[level + 1] = (guint8) (self->n_layers - 1);
    }
  self->layer_at_level[n_levels + 1] = (guint8) (self->n_layers - 1);
  self->selection.types = POOL_TYPE_MASK_ALL;
  if (filter)
    {
      g_autoptr (PoolFilter) ranged = pool_filter_at_range (filter, range);
      pool_filter_select (ranged, trace, names, &self->selection);
    }
  self->layers[0] = pool_tree_layer_new_root ();
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || pool_tree_need_layer (self, MIN (1, self->n_layers - 1), cancellable, error) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/* By whoever holds the mutex. */
static void
make_leaf_column (PoolTree *self, guint number)
{
  PoolTreeLayer *layer = self->layers[number];
  if (layer->numbers != NULL && layer->leaf_of_interval == NULL)
    g_atomic_pointer_set (&layer->leaf_of_interval, pool_tree_make_leaf_column (self, layer));
}

const PoolTreeLayer *
pool_tree_need_layer (PoolTree *self, guint number, GCancellable *cancellable, GError **error)
{
  const PoolTreeLayer *layer = pool_tree_peek_layer (self, number);
  if (layer != NULL)
    return layer;
  g_mutex_lock (&self->mutex);
  for (guint level = 1; level <= self->n_levels; level++)
    {
      guint made = self->layer_of_level[level];
      if (made == 0 || made > number || self->layers[made] != NULL)
        continue;
      /* A leaf is told by those of one or two layers above, not of a long chain. */
      if (made > 2)
        make_leaf_column (self, made - 1);
      PoolTreeLayer *made_layer = pool_tree_layer_new (self, self->layers[made - 1], level, cancellable, error);
      g_atomic_pointer_set (&self->layers[made], made_layer);
      if (made_layer == NULL)
        break;
    }
  g_mutex_unlock (&self->mutex);
  return pool_tree_peek_layer (self, number);
}

void
pool_tree_need_leaf_column (PoolTree *self, const PoolTreeLayer *layer)
{
  g_mutex_lock (&self->mutex);
  make_leaf_column (self, layer->number);
  g_mutex_unlock (&self->mutex);
}

void
pool_tree_need_leaf_lists (PoolTree *self, const PoolTreeLayer *deepest)
{
  g_mutex_lock (&self->mutex);
  for (guint number = 1; number <= deepest->number; number++)
    if (self->layers[number]->parents == NULL)
      pool_tree_layer_list_leaves (self->layers[number]);
  g_mutex_unlock (&self->mutex);
}

gboolean
pool_tree_need_all (PoolTree *self, GCancellable *cancellable)
{
  const PoolTreeLayer *deepest = pool_tree_need_layer (self, self->n_layers - 1, cancellable, NULL);
  if (deepest != NULL)
    pool_tree_need_leaf_lists (self, deepest);
  return deepest != NULL;
}

gboolean
pool_tree_fits_range (const PoolTree *self, TimeRange range)
{
  DimensionSource source = dimension_source_at_range (self->trace, self->names, range);
  return !self->depends_on_end || source.end_ns == self->source.end_ns;
}

PoolTree *
pool_tree_ref (PoolTree *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
pool_tree_unref (PoolTree *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  pool_trace_unref (self->trace);
  frame_names_unref (self->names);
  pool_selection_clear (&self->selection);
  for (guint i = 0; i < self->n_layers; i++)
    g_clear_pointer (&self->layers[i], pool_tree_layer_free);
  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->kept_sums, pool_range_sums_free);
  g_free (self);
}

/* Returns: (transfer none) */
PoolTrace *
pool_tree_get_trace (const PoolTree *self)
{
  return self->trace;
}

/* Returns: (transfer none) */
FrameNames *
pool_tree_get_names (const PoolTree *self)
{
  return self->names;
}

/* Returns: (transfer none) (array length=ret_n_levels) */
const Dimension *
pool_tree_get_grouping (const PoolTree *self, gsize *ret_n_levels)
{
  *ret_n_levels = self->n_levels;
  return self->grouping;
}

/* Returns: (transfer none): what the filter lets pass. */
const PoolSelection *
pool_tree_get_selection (const PoolTree *self)
{
  return &self->selection;
}

static void
fill_leaf_index (PoolTree *self, PoolTreeLayer *layer)
{
  const PoolIntervals *intervals = &self->trace->intervals;
  gsize n = intervals->n;
  PoolLeafIndex index = { g_new0 (guint32, (gsize) layer->n_leaves + 1), g_new (guint32, n) };
  for (gsize row = 0; row < n; row++)
    if (pool_selection_has_row (&self->selection, row))
      index.starts[pool_tree_layer_get_leaf (layer, intervals, row) + 1]++;
  for (gsize leaf = 0; leaf < layer->n_leaves; leaf++)
    index.starts[leaf + 1] += index.starts[leaf];
  g_autofree guint32 *places = g_memdup2 (index.starts, ((gsize) layer->n_leaves + 1) * sizeof *places);
  for (gsize row = 0; row < n; row++)
    if (pool_selection_has_row (&self->selection, row))
      index.rows[places[pool_tree_layer_get_leaf (layer, intervals, row)]++] = (guint32) row;
  layer->leaf_index = index;
}

const PoolLeafIndex *
pool_tree_get_leaf_index (PoolTree *self, const PoolTreeLayer *layer)
{
  pool_tree_need_leaf_column (self, layer);
  g_mutex_lock (&self->mutex);
  if (layer->leaf_index.starts == NULL)
    fill_leaf_index (self, self->layers[layer->number]);
  g_mutex_unlock (&self->mutex);
  return &layer->leaf_index;
}

PoolLeafRun
pool_tree_lower_leaf_run (const PoolTree *self, PoolLeafRun run, const PoolTreeLayer *layer)
{
  while (run.layer != layer)
    {
      const PoolTreeLayer *below = pool_tree_peek_layer (self, run.layer->number + 1);
      run = (PoolLeafRun){ below, below->leaf_starts[run.first], below->leaf_starts[run.end] };
    }
  return run;
}

static PoolIntervalType
lowest_type (PoolTypeMask types)
{
  PoolIntervalType type = 0;
  while (type < POOL_N_TYPES - 1 && !(types >> type & 1))
    type++;
  return type;
}

PoolLeafRun
pool_tree_get_completed_run (const PoolTree *self, PoolTreeRow row)
{
  const PoolTreeLayer *layer = pool_tree_get_layer (self, row);
  gsize n_frames = 1;
  if (layer->stacks != NULL)
    pool_tree_get_frames (self, layer, row.leaf, &n_frames);
  return (PoolLeafRun){ layer, row.leaf, row.depth + 1 == n_frames ? row.leaf + 1 : row.leaf };
}

PoolLeafRun
pool_tree_get_leaf_run (const PoolTree *self, PoolTreeRow row)
{
  const PoolTreeLayer *layer = pool_tree_get_layer (self, row);
  if (layer->stacks == NULL || row.level > layer->level)
    return pool_tree_get_completed_run (self, row);
  return (PoolLeafRun){ layer, row.leaf, stack_leaves_find_end (layer, row.leaf, row.depth) };
}

PoolTreeRow
pool_tree_get_leaf_row (const PoolTree *self, const PoolTreeLayer *layer, guint32 leaf)
{
  gsize n_frames = 1;
  if (layer->stacks != NULL)
    pool_tree_get_frames (self, layer, leaf, &n_frames);
  return (PoolTreeRow){ leaf, POOL_TYPE_MASK_ALL, layer->level, (guint32) n_frames - 1 };
}

const PoolTreeLayer *
pool_tree_get_deepest_layer (const PoolTree *self, const PoolTreeRow *rows, gsize n_rows)
{
  const PoolTreeLayer *deepest = pool_tree_peek_layer (self, 0);
  for (gsize i = 0; i < n_rows; i++)
    {
      const PoolTreeLayer *layer = pool_tree_get_layer (self, rows[i]);
      deepest = layer->number > deepest->number ? layer : deepest;
    }
  return deepest;
}

PoolLeafRun
pool_tree_get_leaf_run_in (const PoolTree *self, PoolTreeRow row, const PoolTreeLayer *layer)
{
  return pool_tree_lower_leaf_run (self, pool_tree_get_leaf_run (self, row), layer);
}

guint32
pool_tree_get_row_value (const PoolTree *self, PoolTreeRow row)
{
  const PoolTreeLayer *layer = pool_tree_get_layer (self, row);
  if (layer->stacks == NULL)
    return pool_tree_layer_get_value (layer, row.leaf);
  gsize n_frames;
  return frame_names_get_text_id (self->names, pool_tree_get_frames (self, layer, row.leaf, &n_frames)[row.depth]);
}

const char *
pool_tree_get_row_text (const PoolTree *self, PoolTreeRow row)
{
  if (row.level == 0)
    return "";
  Dimension dimension = self->grouping[row.level - 1];
  if (dimension == DIMENSION_TYPE)
    return pool_interval_type_get_text (lowest_type (row.types));
  if (dimension == DIMENSION_IMPACT)
    return pool_impact_get_text (lowest_type (row.types));
  guint32 value = pool_tree_get_row_value (self, row);
  return dimension_is_stack (dimension) ? frame_names_get_text (self->names, value)
                                        : pool_tree_get_layer (self, row)->texts[value];
}

guint32
pool_tree_get_row_rank (const PoolTree *self, PoolTreeRow row)
{
  static const guint8 type_ranks[POOL_N_TYPES] = {
    [POOL_TYPE_AIFI] = 0, [POOL_TYPE_AIFO] = 1, [POOL_TYPE_AOFI] = 2, [POOL_TYPE_AOFO] = 3
  };
  static const guint8 impact_ranks[POOL_N_TYPES] = {
    [POOL_TYPE_AIFO] = 0, [POOL_TYPE_AOFI] = 0, [POOL_TYPE_AOFO] = 1, [POOL_TYPE_AIFI] = 2
  };
  if (row.level == 0)
    return 0;
  Dimension dimension = self->grouping[row.level - 1];
  if (dimension == DIMENSION_TYPE)
    return type_ranks[lowest_type (row.types)];
  if (dimension == DIMENSION_IMPACT)
    return impact_ranks[lowest_type (row.types)];
  guint32 value = pool_tree_get_row_value (self, row);
  return dimension_is_stack (dimension) ? frame_names_get_rank (self->names, value) : value;
}

char *
pool_tree_dup_row_text (const PoolTree *self, PoolTreeRow row)
{
  return g_strdup (pool_tree_get_row_text (self, row));
}

guint
pool_tree_row_get_column (PoolTreeRow row)
{
  return row.level > 0 ? row.level - 1u : 0;
}

/* The types of a row above the dimension of the range at @level (counted from 1): what earlier dimensions
 * of the range leave of them. */
static PoolTypeMask
types_above (const PoolTree *self, PoolTypeMask types, guint level)
{
  PoolTypeMask above = POOL_TYPE_MASK_ALL;
  for (guint i = 0; i + 1 < level; i++)
    if (self->grouping[i] == DIMENSION_TYPE)
      above = types;
    else if (self->grouping[i] == DIMENSION_IMPACT)
      {
        const char *impact = pool_impact_get_text (lowest_type (types));
        for (PoolIntervalType type = 0; type < POOL_N_TYPES; type++)
          if (strcmp (pool_impact_get_text (type), impact) != 0)
            above &= (PoolTypeMask) ~(1 << type);
      }
  return above;
}

/* FALSE for the root, else @ret_parent receives the row above; a row of the first dimension has the root
 * above it. */
gboolean
pool_tree_get_parent (const PoolTree *self, PoolTreeRow row, PoolTreeRow *ret_parent)
{
  if (row.level == 0)
    return FALSE;
  const PoolTreeLayer *layer = pool_tree_get_layer (self, row);
  *ret_parent = row;
  if (row.level > layer->level)
    {
      ret_parent->types = types_above (self, row.types, row.level);
      ret_parent->level--;
    }
  else if (row.depth > 0)
    {
      ret_parent->depth--;
      ret_parent->leaf = stack_leaves_find_start (layer, row.leaf, ret_parent->depth);
    }
  else
    {
      const PoolTreeLayer *above = pool_tree_peek_layer (self, layer->number - 1);
      *ret_parent = pool_tree_get_leaf_row (self, above, pool_tree_layer_get_parent (layer, row.leaf));
      ret_parent->types = row.types;
      ret_parent->level = (guint8) (row.level - 1);
    }
  return TRUE;
}

char **
pool_tree_dup_row_path (const PoolTree *self, PoolTreeRow row)
{
  gsize n = 0;
  PoolTreeRow above = row;
  while (pool_tree_get_parent (self, above, &above))
    n++;
  char **path = g_new0 (char *, n + 1);
  while (n > 0)
    {
      path[--n] = pool_tree_dup_row_text (self, row);
      pool_tree_get_parent (self, row, &row);
    }
  return path;
}

/* Returns: (transfer full) (array zero-terminated=1): n_levels texts, empty for dimensions below the row. */
char **
pool_tree_dup_row_key (const PoolTree *self, PoolTreeRow row)
{
  g_auto (GStrv) path = pool_tree_dup_row_path (self, row);
  gsize n_path = g_strv_length (path);
  g_autofree guint8 *levels = g_new0 (guint8, n_path + 1);
  for (gsize i = n_path; i > 0; i--)
    {
      levels[i - 1] = row.level;
      pool_tree_get_parent (self, row, &row);
    }
  char **key = g_new0 (char *, self->n_levels + 1);
  gsize i = 0;
  for (gsize level = 0; level < self->n_levels; level++)
    {
      GString *text = g_string_new (NULL);
      for (gsize first = i; i < n_path && levels[i] == level + 1; i++)
        g_string_append_printf (text, "%s%s", i > first ? ";" : "", path[i]);
      key[level] = g_string_free (text, FALSE);
    }
  return key;
}
