/* From intervals to the skeleton of the tree: the groups are sorted by their keys and then gone through
 * once. What a group has in common with the one before it stays open, the rest is closed, and the rest of
 * its own path is opened, which is depth-first order. A segment is written when it is closed: only then is
 * it known where it branches.
 */
#include "analysis/pool_tree_private.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/pool_tree_groups.h"

#define CANCEL_INTERVAL 4096

typedef struct
{
  PoolTreeSegment segment;
  guint32 key;               /* which key it belongs to; G_MAXUINT32 for the root */
  guint32 depth;             /* frames of the stack before it */
  guint32 n_written_before;  /* segments written when it was opened */
} OpenSegment;

typedef struct
{
  PoolTree *tree;
  PoolTreeGroups groups;
  guint32 *order;            /* (array length=n_groups): groups by key */
  guint32 *leaf_of_group;
  GArray *open;              /* of OpenSegment: the path to the current group */
  GArray *written;           /* of PoolTreeSegment */
} Builder;

/* Sorts the groups by all keys: by counting, from the last key to the first, each time keeping the order of
 * equals. */
static void
sort_groups (Builder *self)
{
  gsize n = self->groups.n_groups;
  guint32 *order = g_new (guint32, n), *next = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    order[i] = (guint32) i;
  for (gsize key = self->groups.n_keys; key > 0; key--)
    {
      const guint32 *keys = self->groups.keys[key - 1];
      gsize n_values = self->groups.n_values[key - 1];
      g_autofree guint32 *places = g_new0 (guint32, n_values + 1);
      for (gsize i = 0; i < n; i++)
        places[keys[i] + 1]++;
      for (gsize value = 0; value < n_values; value++)
        places[value + 1] += places[value];
      for (gsize i = 0; i < n; i++)
        next[places[keys[order[i]]]++] = order[i];
      guint32 *swap = order;
      order = next;
      next = swap;
    }
  g_free (next);
  self->order = order;
}

static OpenSegment *
get_top (Builder *self)
{
  return &g_array_index (self->open, OpenSegment, self->open->len - 1);
}

/* Writes the part of @open that starts at its node @first, and whose subtree is complete. */
static void
write_segment (Builder *self, const OpenSegment *open, guint32 first)
{
  PoolTreeSegment segment = open->segment;
  if (first > 0)
    {
      segment.parent = segment.first_node + first - 1;
      segment.first_node += first;
      segment.n_nodes -= first;
      segment.value += first;
    }
  segment.end = self->tree->n_nodes;
  segment.end_leaf = self->tree->n_leaves;
  if (segment.completed_end_leaf == POOL_LEAF_NONE)
    segment.completed_end_leaf = segment.end_leaf;
  segment.n_segments = self->written->len - open->n_written_before + 1;
  g_array_append_val (self->written, segment);
}

/* Closes everything that lies behind the first @depth frames (or, not being a stack, behind the start) of
 * @key. */
static void
close_behind (Builder *self, gsize key, gsize depth)
{
  while (self->open->len > 1)
    {
      OpenSegment *top = get_top (self);
      if (top->key < key || (top->key == key && top->depth + top->segment.n_nodes <= depth))
        return;
      if (top->key == key && top->depth < depth)
        {
          /* Paths part inside the segment: its upper part stays open, and no stack ends there. */
          guint32 n_kept = (guint32) depth - top->depth;
          write_segment (self, top, n_kept);
          top->segment.n_nodes = n_kept;
          top->segment.completed_end_leaf = top->segment.first_leaf;
          return;
        }
      write_segment (self, top, 0);
      g_array_set_size (self->open, self->open->len - 1);
    }
}

/* Opens a segment of @n_nodes below the last open one. FALSE when there is no number left for its nodes. */
static gboolean
open_segment (Builder *self, gsize key, guint32 value, gsize depth, gsize n_nodes)
{
  PoolTree *tree = self->tree;
  if (n_nodes >= G_MAXUINT32 - tree->n_nodes)
    return FALSE;
  OpenSegment *top = get_top (self);
  if (depth > 0 && top->segment.completed_end_leaf == POOL_LEAF_NONE)
    top->segment.completed_end_leaf = tree->n_leaves;
  OpenSegment open
      = { .key = (guint32) key, .depth = (guint32) depth, .n_written_before = self->written->len };
  open.segment = (PoolTreeSegment){ .first_node = tree->n_nodes,
                                    .n_nodes = (guint32) n_nodes,
                                    .parent = top->segment.first_node + top->segment.n_nodes - 1,
                                    .first_leaf = tree->n_leaves,
                                    .completed_end_leaf = POOL_LEAF_NONE,
                                    .value = value,
                                    .level = self->groups.key_levels[key] };
  tree->n_nodes += (guint32) n_nodes;
  g_array_append_val (self->open, open);
  return TRUE;
}

/* The path of @group from its key @key on, of which the first @depth frames are open already. */
static gboolean
open_path (Builder *self, guint32 group, gsize key, gsize depth)
{
  for (; key < self->groups.n_keys; key++, depth = 0)
    {
      guint32 value = self->groups.keys[key][group];
      gsize n_nodes = 1;
      if (self->groups.stacks[key])
        {
          guint level = self->groups.key_levels[key];
          const guint32 *frames
              = pool_stack_get_frames (self->tree, level, self->groups.stacks[key][value], &n_nodes);
          value = (guint32) (frames - pool_tree_get_stack_rows (self->tree, level) + (gssize) depth);
          n_nodes -= depth;
        }
      if (!open_segment (self, key, value, depth, n_nodes))
        return FALSE;
    }
  self->leaf_of_group[group] = self->tree->n_leaves++;
  return TRUE;
}

static gboolean
add_group (Builder *self, guint32 group, guint32 previous)
{
  gsize key = 0, depth = 0;
  while (key < self->groups.n_keys && self->groups.keys[key][group] == self->groups.keys[key][previous])
    key++;
  if (key == self->groups.n_keys)
    {
      self->leaf_of_group[group] = self->leaf_of_group[previous];
      return TRUE;
    }
  if (self->groups.stacks[key])
    depth = pool_stacks_get_common (self->tree, self->groups.key_levels[key],
                                    self->groups.stacks[key][self->groups.keys[key][group]],
                                    self->groups.stacks[key][self->groups.keys[key][previous]]);
  close_behind (self, key, depth);
  return open_path (self, group, key, depth);
}

static gboolean
add_groups (Builder *self, GCancellable *cancellable, GError **error)
{
  gsize n_groups = self->groups.n_groups;
  OpenSegment root = { .key = G_MAXUINT32 };
  root.segment = (PoolTreeSegment){ .n_nodes = 1, .completed_end_leaf = POOL_LEAF_NONE };
  self->tree->n_nodes = 1;
  g_array_append_val (self->open, root);
  for (gsize i = 0; i < n_groups; i++)
    {
      if (i % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      gboolean is_added = i == 0 ? open_path (self, self->order[0], 0, 0)
                                 : add_group (self, self->order[i], self->order[i - 1]);
      if (!is_added)
        {
          g_set_error_literal (
              error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
              "this grouping makes more than four thousand million rows; leave out a dimension, or "
              "filter");
          return FALSE;
        }
    }
  close_behind (self, 0, 0);
  write_segment (self, get_top (self), 0);
  return TRUE;
}

static int
compare_segments (gconstpointer first, gconstpointer second)
{
  const PoolTreeSegment *a = first, *b = second;
  return (a->first_node > b->first_node) - (a->first_node < b->first_node);
}

/* Puts the segments in the order of their nodes and makes the hints for finding a node's segment. */
static void
index_segments (Builder *self)
{
  PoolTree *tree = self->tree;
  tree->n_segments = self->written->len;
  tree->segments = (PoolTreeSegment *) (gpointer) g_array_steal (self->written, NULL);
  qsort (tree->segments, tree->n_segments, sizeof *tree->segments, compare_segments);
  gsize n_hints = tree->n_nodes / POOL_TREE_HINT_NODES + 2;
  tree->segment_hints = g_new (guint32, n_hints);
  guint32 segment = 0;
  for (gsize i = 0; i < n_hints; i++)
    {
      while (segment + 1 < tree->n_segments
             && tree->segments[segment + 1].first_node <= i * POOL_TREE_HINT_NODES)
        segment++;
      tree->segment_hints[i] = segment;
    }
}

/* Turns the column of groups into the column of leaves. */
static void
number_leaves (Builder *self)
{
  PoolTree *tree = self->tree;
  guint32 **groups
      = self->groups.group_of_interval ? &self->groups.group_of_interval : &self->groups.group_of_site;
  gsize n = self->groups.group_of_interval ? tree->trace->intervals.n : tree->trace->n_sites;
  for (gsize i = 0; i < n; i++)
    if ((*groups)[i] != POOL_LEAF_NONE)
      (*groups)[i] = self->leaf_of_group[(*groups)[i]];
  if (self->groups.group_of_interval)
    tree->leaf_of_interval = g_steal_pointer (groups);
  else
    tree->leaf_of_site = g_steal_pointer (groups);
}

gboolean
pool_tree_build (PoolTree *self, GCancellable *cancellable, GError **error)
{
  Builder builder = { .tree = self,
                      .open = g_array_new (FALSE, FALSE, sizeof (OpenSegment)),
                      .written = g_array_new (FALSE, FALSE, sizeof (PoolTreeSegment)) };
  gboolean is_done = pool_tree_groups_init (&builder.groups, self, cancellable);
  if (!is_done)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else
    {
      builder.leaf_of_group = g_new (guint32, builder.groups.n_groups);
      sort_groups (&builder);
      is_done = add_groups (&builder, cancellable, error);
    }
  if (is_done)
    {
      index_segments (&builder);
      number_leaves (&builder);
    }
  pool_tree_groups_clear (&builder.groups);
  g_free (builder.order);
  g_free (builder.leaf_of_group);
  g_array_unref (builder.open);
  g_array_unref (builder.written);
  return is_done;
}
