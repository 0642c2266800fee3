/* Which groups a timeline shows as bands. */
#include "analysis/pool_tree_private.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/pool_timeline.h"
#include "analysis/value_index.h"

/* Bands are numbered in a byte, and NO_BAND is none of them. */
#define NO_BAND 255
#define OTHER_LABEL "Other"

typedef struct
{
  PoolTreeRow row; /* of a group of the tree */
  guint32 value;   /* else the id of a value */
  PoolTreeSums sums;
  char *label;
} BandGroup;

static char *
dup_group_label (const PoolTree *tree, PoolTreeRow row)
{
  const char *text = pool_tree_get_row_text (tree, row);
  const PoolTreeLayer *layer = pool_tree_get_layer (tree, row);
  if (layer->number == 1)
    return g_strdup (text);
  PoolTreeRow parent
      = pool_tree_get_leaf_row (tree, pool_tree_peek_layer (tree, layer->number - 1), pool_tree_layer_get_parent (layer, row.leaf));
  return g_strdup_printf ("%s %s", pool_tree_get_row_text (tree, parent), text);
}

static int
compare_groups (gconstpointer first, gconstpointer second)
{
  const BandGroup *a = first, *b = second;
  if (a->sums.impacting_bytes != b->sums.impacting_bytes)
    return a->sums.impacting_bytes > b->sums.impacting_bytes ? -1 : 1;
  if (a->sums.size_bytes != b->sums.size_bytes)
    return a->sums.size_bytes > b->sums.size_bytes ? -1 : 1;
  return strcmp (a->label, b->label);
}

static void
band_group_clear (gpointer group)
{
  g_free (((BandGroup *) group)->label);
}

/* Leaves with an interval, whatever the range. (transfer full): (array length=n_leaves) */
static guint8 *
find_used_leaves (const PoolTree *tree, const PoolTreeLayer *layer)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  guint8 *is_used = g_new0 (guint8, layer->n_leaves + 1);
  for (gsize row = 0; row < intervals->n; row++)
    if (pool_selection_has_row (&tree->selection, row))
      is_used[pool_tree_layer_get_leaf (layer, intervals, row)] = 1;
  return is_used;
}

/* The groups that could be bands, largest first. */
static GArray *
list_groups (const PoolTreeValues *values)
{
  PoolTree *tree = values->tree;
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (BandGroup));
  g_array_set_clear_func (groups, band_group_clear);
  if (tree->n_layers < 2)
    return groups;
  const PoolTreeLayer *layer = pool_tree_need_layer (tree, 1, NULL, NULL);
  if (tree->n_layers > 2 && tree->grouping[layer->level - 1] == DIMENSION_PAGED)
    layer = pool_tree_need_layer (tree, 2, NULL, NULL);
  pool_tree_need_leaf_column (tree, layer);
  g_autofree guint8 *is_used = find_used_leaves (tree, layer);
  PoolLeafRun run;
  for (guint32 leaf = 0; leaf < layer->n_leaves; leaf = run.end)
    {
      PoolTreeRow row = { leaf, POOL_TYPE_MASK_ALL, layer->level, 0 };
      run = pool_tree_get_leaf_run (tree, row);
      if (memchr (&is_used[run.first], 1, run.end - run.first) == NULL)
        continue;
      BandGroup group = { .row = row,
                          .sums = pool_tree_values_get_sums (values, row),
                          .label = dup_group_label (tree, row) };
      g_array_append_val (groups, group);
    }
  g_array_sort (groups, compare_groups);
  return groups;
}

/* FNV-1a: the same for a text in every run. */
static guint64
hash_label (const char *label)
{
  guint64 hash = 0xcbf29ce484222325u;
  for (; *label != '\0'; label++)
    hash = (hash ^ (guchar) *label) * 0x100000001b3u;
  return hash;
}

static void
assign_intervals (TimelineBands *self, const PoolTree *tree, const PoolTreeLayer *layer, const guint8 *band_of_leaf)
{
  const PoolIntervals *intervals = &tree->trace->intervals;
  self->band_of_interval = g_malloc (intervals->n + 1);
  for (gsize row = 0; row < intervals->n; row++)
    {
      guint32 leaf = pool_tree_layer_get_leaf (layer, intervals, row);
      self->band_of_interval[row] = leaf == POOL_LEAF_NONE ? NO_BAND : band_of_leaf[leaf];
    }
}

/* As many bands as @groups, largest first, give. @n_top: at most 254. */
static TimelineBands *
new_bands (const GArray *groups, guint n_top)
{
  TimelineBands *self = g_new0 (TimelineBands, 1);
  guint n_named = MIN (MIN (n_top, NO_BAND - 1), groups->len);
  self->n_bands = n_named + (groups->len > n_named ? 1 : 0);
  self->labels = g_new0 (char *, self->n_bands + 1);
  self->keys = g_new0 (guint64, self->n_bands + 1);
  for (guint band = 0; band < self->n_bands; band++)
    {
      self->labels[band] = g_strdup (band == n_named ? OTHER_LABEL : g_array_index (groups, BandGroup, band).label);
      self->keys[band] = hash_label (self->labels[band]);
    }
  return self;
}

/* Intervals that the tree's filter excludes are in no band. */
TimelineBands *
timeline_bands_new (const PoolTree *tree, TimeRange range, guint n_top)
{
  g_autoptr (PoolTreeValues) values = pool_tree_values_new ((PoolTree *) tree, range, NULL, NULL);
  g_autoptr (GArray) groups = list_groups (values);
  TimelineBands *self = new_bands (groups, n_top);
  if (self->n_bands == 0)
    return self;
  const PoolTreeLayer *layer = pool_tree_get_layer (tree, g_array_index (groups, BandGroup, 0).row);
  g_autofree guint8 *band_of_leaf = g_malloc (layer->n_leaves + 1u);
  memset (band_of_leaf, NO_BAND, layer->n_leaves);
  for (guint i = 0; i < groups->len; i++)
    {
      PoolLeafRun run = pool_tree_get_leaf_run (tree, g_array_index (groups, BandGroup, i).row);
      memset (&band_of_leaf[run.first], (int) MIN (i, self->n_bands - 1), run.end - run.first);
    }
  assign_intervals (self, tree, layer, band_of_leaf);
  return self;
}

/* What the interval adds to the sums that order the groups. */
static void
add_interval (PoolTreeSums *sums, const PoolIntervals *intervals, gsize row, TimeRange range)
{
  gint64 allocated_ns = intervals->allocated_ns[row], freed_ns = intervals->freed_ns[row];
  gint64 size_bytes = (gint64) intervals->size_bytes[row];
  if (!time_range_touches (range, allocated_ns, freed_ns))
    return;
  PoolIntervalType type = time_range_classify (range, allocated_ns, freed_ns);
  sums->size_bytes += (guint64) size_bytes;
  sums->impacting_bytes += type == POOL_TYPE_AIFO ? size_bytes : type == POOL_TYPE_AOFI ? -size_bytes : 0;
}

/* The values of @dimension that intervals of the tree have, by their ids in @index. */
static GArray *
list_values (const PoolTree *tree, Dimension dimension, TimeRange range, ValueIndex *index, guint32 *value_of_site)
{
  const PoolTrace *trace = tree->trace;
  DimensionSource source = dimension_source_at_range (trace, tree->names, range);
  for (guint32 site = 0; site < trace->n_sites; site++)
    value_of_site[site] = value_index_add (index, dimension_get_site_value (dimension, &source, site));
  GArray *groups = g_array_sized_new (FALSE, TRUE, sizeof (BandGroup), (guint) index->n);
  g_array_set_clear_func (groups, band_group_clear);
  g_array_set_size (groups, (guint) index->n);
  for (gsize row = 0; row < trace->intervals.n; row++)
    if (pool_selection_has_row (&tree->selection, row))
      {
        guint32 value = value_of_site[trace->intervals.site[row]];
        BandGroup *group = &g_array_index (groups, BandGroup, value);
        if (group->label == NULL)
          {
            group->value = value;
            group->label = dimension_dup_text (dimension, trace, tree->names, index->keys[value]);
          }
        add_interval (&group->sums, &trace->intervals, row, range);
      }
  for (guint i = groups->len; i-- > 0;)
    if (g_array_index (groups, BandGroup, i).label == NULL)
      g_array_remove_index_fast (groups, i);
  g_array_sort (groups, compare_groups);
  return groups;
}

TimelineBands *
timeline_bands_new_by (const PoolTree *tree, Dimension dimension, TimeRange range, guint n_top)
{
  g_return_val_if_fail (dimension_get_scope (dimension) == DIMENSION_OF_SITE, NULL);
  const PoolTrace *trace = tree->trace;
  g_autofree guint32 *value_of_site = g_new (guint32, trace->n_sites + 1);
  ValueIndex index;
  value_index_init (&index, 64);
  g_autoptr (GArray) groups = list_values (tree, dimension, range, &index, value_of_site);
  TimelineBands *self = new_bands (groups, n_top);
  g_autofree guint8 *band_of_value = g_malloc (index.n + 1);
  for (guint i = 0; i < groups->len; i++)
    band_of_value[g_array_index (groups, BandGroup, i).value] = (guint8) MIN (i, self->n_bands - 1);
  self->band_of_interval = g_malloc (trace->intervals.n + 1);
  for (gsize row = 0; row < trace->intervals.n; row++)
    self->band_of_interval[row] = pool_selection_has_row (&tree->selection, row)
                                      ? band_of_value[value_of_site[trace->intervals.site[row]]]
                                      : NO_BAND;
  value_index_clear (&index);
  return self;
}

void
timeline_bands_free (TimelineBands *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_bands; i++)
    g_free (self->labels[i]);
  g_free (self->labels);
  g_free (self->keys);
  g_free (self->band_of_interval);
  g_free (self);
}
