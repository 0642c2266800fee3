/* The nodes of a layer of stacks: its leaves are gone through in their order. What a stack has in common with the one
 * before it stays open, the rest is closed, and the rest of its own frames is opened, which is depth-first order. A
 * segment is written when it is closed: only then is it known where it branches.
 */
#include "analysis/pool_tree_layer.h"

#define CANCEL_INTERVAL 4096

typedef struct
{
  PoolTreeSegment segment;
  guint32 depth;             /* frames of the stack before it */
  guint32 n_written_before;  /* segments written when it was opened */
} OpenSegment;

typedef struct
{
  PoolTreeLayer *layer;
  const PoolTree *tree;
  const PoolTreeLayer *above;
  const PoolTreeKey *key;
  guint32 leaf;              /* the current one */
  GArray *open;              /* of OpenSegment: the path to it */
  GArray *written;           /* of PoolTreeSegment */
} Builder;

static OpenSegment *
get_top (Builder *self)
{
  return self->open->len > 0 ? &g_array_index (self->open, OpenSegment, self->open->len - 1) : NULL;
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
  segment.end_leaf = self->leaf;
  segment.n_segments = self->written->len - open->n_written_before + 1;
  g_array_append_val (self->written, segment);
}

/* Closes everything that lies behind the first @depth frames. */
static void
close_behind (Builder *self, gsize depth)
{
  for (OpenSegment *top; (top = get_top (self)) != NULL && top->depth + top->segment.n_nodes > depth;)
    {
      if (top->depth < depth)
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

/* Opens the frames of @stack behind the first @depth, in which the current leaf ends. FALSE when there is no number left
 * for them. */
static gboolean
open_segment (Builder *self, guint32 stack, gsize depth)
{
  PoolTreeLayer *layer = self->layer;
  gsize n_frames;
  const guint32 *frames = pool_stack_get_frames (self->tree, layer->level, stack, &n_frames);
  const guint32 *all_frames = pool_tree_get_stack_rows (self->tree, layer->level);
  gsize first_node = (gsize) layer->first_node + layer->n_nodes, n_nodes = n_frames - depth;
  if (n_nodes >= G_MAXUINT32 - first_node)
    return FALSE;
  const OpenSegment *top = get_top (self);
  OpenSegment open = { .depth = (guint32) depth, .n_written_before = self->written->len };
  open.segment = (PoolTreeSegment){
    .first_node = (guint32) first_node,
    .n_nodes = (guint32) n_nodes,
    .parent = top != NULL ? top->segment.first_node + top->segment.n_nodes - 1
                          : pool_tree_layer_get_node (self->above, layer->parents[self->leaf]),
    .first_leaf = self->leaf,
    .completed_end_leaf = self->leaf + 1,
    .value = (guint32) (frames - all_frames + (gssize) depth),
  };
  layer->n_nodes += (guint32) n_nodes;
  layer->nodes[self->leaf] = (guint32) (first_node + n_nodes - 1);
  g_array_append_val (self->open, open);
  return TRUE;
}

/* FALSE with @error. */
static gboolean
add_leaves (Builder *self, GCancellable *cancellable, GError **error)
{
  const PoolTreeLayer *layer = self->layer;
  for (self->leaf = 0; self->leaf < layer->n_leaves; self->leaf++)
    {
      guint32 leaf = self->leaf, depth = 0;
      if (leaf % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (leaf > 0 && layer->parents[leaf] == layer->parents[leaf - 1])
        depth = pool_tree_key_get_common (self->key, layer->values[leaf - 1], layer->values[leaf]);
      close_behind (self, depth);
      if (!open_segment (self, self->key->stacks[layer->values[leaf]], depth))
        {
          pool_tree_set_too_many_rows (error);
          return FALSE;
        }
    }
  close_behind (self, 0);
  return TRUE;
}

/* Puts the segments in the order of their nodes. */
static void
order_segments (Builder *self)
{
  PoolTreeLayer *layer = self->layer;
  const PoolTreeSegment *written = (const PoolTreeSegment *) (gconstpointer) self->written->data;
  layer->n_segments = self->written->len;
  bit_ranks_init (&layer->segment_ranks, layer->n_nodes);
  for (guint32 i = 0; i < layer->n_segments; i++)
    bit_ranks_add (&layer->segment_ranks, written[i].first_node - layer->first_node);
  bit_ranks_count (&layer->segment_ranks);
  layer->segments = g_new (PoolTreeSegment, layer->n_segments);
  for (guint32 i = 0; i < layer->n_segments; i++)
    layer->segments[bit_ranks_get (&layer->segment_ranks, written[i].first_node - layer->first_node)] = written[i];
}

static void
find_segment_starts (PoolTreeLayer *self, const PoolTreeLayer *above)
{
  self->segment_starts = g_new (guint32, (gsize) above->n_leaves + 1);
  guint32 segment = 0;
  for (gsize parent = 0; parent <= above->n_leaves; parent++)
    {
      /* From one outermost frame to the next. */
      while (segment < self->n_segments && self->parents[self->segments[segment].first_leaf] < parent)
        segment += self->segments[segment].n_segments;
      self->segment_starts[parent] = segment;
    }
}

gboolean
pool_tree_layer_add_segments (PoolTreeLayer *self, const PoolTree *tree, const PoolTreeLayer *above,
                              const PoolTreeKey *key, GCancellable *cancellable, GError **error)
{
  Builder builder = { .layer = self,
                      .tree = tree,
                      .above = above,
                      .key = key,
                      .open = g_array_new (FALSE, FALSE, sizeof (OpenSegment)),
                      .written = g_array_new (FALSE, FALSE, sizeof (PoolTreeSegment)) };
  self->nodes = g_new (guint32, (gsize) self->n_leaves + 1); /* not NULL without leaves */
  gboolean is_done = add_leaves (&builder, cancellable, error);
  if (is_done)
    {
      order_segments (&builder);
      find_segment_starts (self, above);
      g_clear_pointer (&self->values, g_free);
    }
  g_array_unref (builder.open);
  g_array_unref (builder.written);
  return is_done;
}
