/* Which groups a timeline shows as bands. */
#include "analysis/pool_tree_private.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/pool_timeline.h"

/* Bands are numbered in a byte, and NO_BAND is none of them. */
#define NO_BAND 255
#define OTHER_LABEL "Other"

typedef struct
{
  guint32 segment; /* its first node is the group */
  PoolTreeSums sums;
  char *label;
} BandGroup;

static char *
dup_group_label (const PoolTree *tree, guint32 node)
{
  PoolTreeNode record = pool_tree_get_node (tree, node);
  const char *text = pool_tree_get_row_text (tree, (PoolTreeRow){ node, POOL_TYPE_MASK_ALL, record.level });
  if (record.parent == 0)
    return g_strdup (text);
  PoolTreeRow parent = { record.parent, POOL_TYPE_MASK_ALL, pool_tree_get_node (tree, record.parent).level };
  return g_strdup_printf ("%s %s", pool_tree_get_row_text (tree, parent), text);
}

static void
append_group (GArray *groups, const PoolTreeValues *values, guint32 segment)
{
  const PoolTree *tree = values->tree;
  guint32 node = tree->segments[segment].first_node;
  PoolTreeRow row = { node, POOL_TYPE_MASK_ALL, tree->segments[segment].level };
  BandGroup group = { segment, pool_tree_values_get_sums (values, row), dup_group_label (tree, node) };
  g_array_append_val (groups, group);
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

/* The groups that could be bands, largest first. */
static GArray *
list_groups (const PoolTreeValues *values)
{
  const PoolTree *tree = values->tree;
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (BandGroup));
  g_array_set_clear_func (groups, band_group_clear);
  for (guint32 i = 1; i < tree->n_segments; i += tree->segments[i].n_segments)
    {
      guint32 end = i + tree->segments[i].n_segments;
      gboolean is_refined = tree->grouping[tree->segments[i].level - 1] == DIMENSION_PAGED && end > i + 1;
      if (!is_refined)
        append_group (groups, values, i);
      else
        for (guint32 child = i + 1; child < end; child += tree->segments[child].n_segments)
          append_group (groups, values, child);
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
assign_intervals (TimelineBands *self, const PoolTree *tree, const guint8 *band_of_leaf)
{
  gsize n = tree->trace->intervals.n;
  self->band_of_interval = g_malloc (n + 1);
  for (gsize row = 0; row < n; row++)
    {
      guint32 leaf = pool_tree_get_leaf (tree, row);
      self->band_of_interval[row] = leaf == POOL_LEAF_NONE ? NO_BAND : band_of_leaf[leaf];
    }
}

/* Intervals that the tree's filter excludes are in no band. @n_top: at most 254. */
TimelineBands *
timeline_bands_new (const PoolTree *tree, TimeRange range, guint n_top)
{
  TimelineBands *self = g_new0 (TimelineBands, 1);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new ((PoolTree *) tree, range, NULL, NULL);
  g_autoptr (GArray) groups = list_groups (values);
  n_top = MIN (n_top, NO_BAND - 1);
  guint n_named = MIN (n_top, groups->len);
  self->n_bands = n_named + (groups->len > n_named ? 1 : 0);
  if (self->n_bands == 0)
    return self;
  self->labels = g_new0 (char *, self->n_bands);
  self->keys = g_new0 (guint64, self->n_bands);
  g_autofree guint8 *band_of_leaf = g_malloc (tree->n_leaves + 1u);
  memset (band_of_leaf, NO_BAND, tree->n_leaves);
  for (guint i = 0; i < groups->len; i++)
    {
      BandGroup *group = &g_array_index (groups, BandGroup, i);
      const PoolTreeSegment *segment = &tree->segments[group->segment];
      guint band = MIN (i, n_named);
      memset (&band_of_leaf[segment->first_leaf], (int) band, segment->end_leaf - segment->first_leaf);
      if (self->labels[band] == NULL)
        self->labels[band] = band == n_named ? g_strdup (OTHER_LABEL) : g_strdup (group->label);
    }
  for (guint band = 0; band < self->n_bands; band++)
    self->keys[band] = hash_label (self->labels[band]);
  assign_intervals (self, tree, band_of_leaf);
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
