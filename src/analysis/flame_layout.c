#include "analysis/flame_layout.h"

#include <string.h>

#define CANCEL_INTERVAL 1024

struct _FlameLayout
{
  gatomicrefcount references;
  FrameNames *names; /* (owned) */
  GArray *rects;     /* of FlameRect, by depth, then from left to right */
  GArray *depths;    /* of guint32: index of the first rectangle of each depth, and the end */
  guint64 weight;
  guint32 zoomed;
  gboolean is_cut;
};

/* What the layout is made from. */
typedef struct
{
  FlameLayout *layout;
  const PathTree *tree;
  GArray *nodes;    /* of PathTreeNode: of each rectangle; of a merged one not used */
  GArray *children; /* of Child: scratch */
  Metric metric;
  double least_width;
  guint64 full_weight; /* of what is as wide as the layout */
} Builder;

typedef struct
{
  PathTreeNode node;
  guint64 weight;
  guint32 rank;
} Child;

static int
compare_children (gconstpointer first, gconstpointer second)
{
  const Child *a = first, *b = second;
  if (a->weight != b->weight)
    return a->weight > b->weight ? -1 : 1;
  return a->rank < b->rank ? -1 : a->rank > b->rank;
}

/* Fills the scratch with the children that have a weight, the heaviest first. */
static void
collect_children (Builder *self, PathTreeNode node)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (PathTreeNode));
  path_tree_append_children (self->tree, node, nodes);
  g_array_set_size (self->children, 0);
  for (guint i = 0; i < nodes->len; i++)
    {
      Child child = { .node = g_array_index (nodes, PathTreeNode, i) };
      child.weight = path_tree_get_weight (self->tree, child.node, self->metric);
      child.rank = frame_names_get_rank (self->layout->names, path_tree_get_text_id (self->tree, child.node));
      if (child.weight > 0)
        g_array_append_val (self->children, child);
    }
  g_array_sort (self->children, compare_children);
}

static void
append_rect (Builder *self, FlameRect rect, PathTreeNode node)
{
  g_array_append_val (self->layout->rects, rect);
  g_array_append_val (self->nodes, node);
}

/* Appends one rectangle for the children from @first on, which are too narrow. */
static void
append_merged (Builder *self, guint first, FlameRect rect)
{
  rect.text_id = G_MAXUINT32;
  for (guint i = first; i < self->children->len; i++)
    {
      const Child *child = &g_array_index (self->children, Child, i);
      PoolTreeSums sums = path_tree_get_sums (self->tree, child->node);
      rect.weight += child->weight;
      rect.n_merged++;
      rect.sums.count += sums.count;
      rect.sums.size_bytes += sums.size_bytes;
      rect.sums.impacting_bytes += sums.impacting_bytes;
    }
  rect.width = (double) rect.weight / (double) self->full_weight;
  append_rect (self, rect, (PathTreeNode){ 0 });
}

static void
append_children (Builder *self, guint32 parent)
{
  const FlameRect above = g_array_index (self->layout->rects, FlameRect, parent);
  if (above.n_merged > 0)
    return;
  collect_children (self, g_array_index (self->nodes, PathTreeNode, parent));
  double start = above.start;
  for (guint i = 0; i < self->children->len; i++)
    {
      const Child *child = &g_array_index (self->children, Child, i);
      double width = (double) child->weight / (double) self->full_weight;
      FlameRect rect = { .start = start, .depth = above.depth + 1, .parent = parent };
      if (width < self->least_width)
        {
          append_merged (self, i, rect);
          return;
        }
      rect.width = width;
      rect.weight = child->weight;
      rect.text_id = path_tree_get_text_id (self->tree, child->node);
      rect.sums = path_tree_get_sums (self->tree, child->node);
      append_rect (self, rect, child->node);
      start += width;
    }
}

/* The child of @node that reads @text and has a weight. */
static gboolean
find_child (Builder *self, PathTreeNode node, const char *text, PathTreeNode *ret_child)
{
  collect_children (self, node);
  for (guint i = 0; i < self->children->len; i++)
    {
      *ret_child = g_array_index (self->children, Child, i).node;
      guint32 text_id = path_tree_get_text_id (self->tree, *ret_child);
      if (strcmp (frame_names_get_text (self->layout->names, text_id), text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The rectangles as wide as the layout: all stacks, and the frames on the way to the one zoomed into. */
static void
append_full (Builder *self, const char *const *zoom)
{
  FlameLayout *layout = self->layout;
  PathTreeNode node = path_tree_get_root (self->tree);
  layout->weight = self->full_weight = path_tree_get_weight (self->tree, node, self->metric);
  if (layout->weight == 0)
    return;
  FlameRect rect = { .width = 1, .parent = FLAME_NO_RECT, .text_id = G_MAXUINT32, .weight = layout->weight,
                     .sums = path_tree_get_sums (self->tree, node) };
  append_rect (self, rect, node);
  for (; zoom != NULL && *zoom != NULL && find_child (self, node, *zoom, &node); zoom++)
    {
      self->full_weight = path_tree_get_weight (self->tree, node, self->metric);
      rect = (FlameRect){ .width = 1, .depth = node.depth, .parent = layout->rects->len - 1,
                          .text_id = path_tree_get_text_id (self->tree, node), .weight = self->full_weight,
                          .sums = path_tree_get_sums (self->tree, node) };
      append_rect (self, rect, node);
    }
  layout->zoomed = layout->rects->len - 1;
}

/* Lays out depth by depth. FALSE when cancelled. */
static gboolean
lay_out (Builder *self, const char *const *zoom, GCancellable *cancellable, GError **error)
{
  FlameLayout *layout = self->layout;
  append_full (self, zoom);
  for (guint32 depth = 0; depth < layout->zoomed; depth++)
    g_array_append_val (layout->depths, depth); /* one each */
  for (guint32 begin = layout->zoomed, end; begin < layout->rects->len; begin = end)
    {
      end = layout->rects->len;
      g_array_append_val (layout->depths, begin);
      for (guint32 parent = begin; parent < end && !layout->is_cut; parent++)
        {
          if (parent % CANCEL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          append_children (self, parent);
          layout->is_cut = layout->rects->len > FLAME_MAX_RECTS;
        }
    }
  g_array_append_val (layout->depths, layout->rects->len);
  return TRUE;
}

FlameLayout *
flame_layout_new (const FlameStacks *stacks, const FlameOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (FlameLayout) self = g_new0 (FlameLayout, 1);
  g_atomic_ref_count_init (&self->references);
  self->names = frame_names_ref (flame_stacks_get_names (stacks));
  self->rects = g_array_new (FALSE, FALSE, sizeof (FlameRect));
  self->depths = g_array_new (FALSE, FALSE, sizeof (guint32));
  Builder builder = { .layout = self,
                      .tree = flame_stacks_get_tree (stacks),
                      .nodes = g_array_new (FALSE, FALSE, sizeof (PathTreeNode)),
                      .children = g_array_new (FALSE, FALSE, sizeof (Child)),
                      .metric = options->metric,
                      .least_width = options->least_width };
  gboolean is_done = lay_out (&builder, options->zoom, cancellable, error);
  g_array_unref (builder.nodes);
  g_array_unref (builder.children);
  return is_done ? g_steal_pointer (&self) : NULL;
}

FlameLayout *
flame_layout_ref (FlameLayout *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
flame_layout_unref (FlameLayout *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  frame_names_unref (self->names);
  g_array_unref (self->rects);
  g_array_unref (self->depths);
  g_free (self);
}

const FlameRect *
flame_layout_get_rects (const FlameLayout *self, guint32 *ret_n_rects)
{
  *ret_n_rects = self->rects->len;
  return (const FlameRect *) (gconstpointer) self->rects->data;
}

guint32
flame_layout_get_n_depths (const FlameLayout *self)
{
  return self->depths->len - 1;
}

guint64
flame_layout_get_weight (const FlameLayout *self)
{
  return self->weight;
}

guint32
flame_layout_get_zoomed (const FlameLayout *self)
{
  return self->zoomed;
}

gboolean
flame_layout_is_cut (const FlameLayout *self)
{
  return self->is_cut;
}

const char *
flame_layout_get_text (const FlameLayout *self, guint32 rect)
{
  return frame_names_get_text (self->names, g_array_index (self->rects, FlameRect, rect).text_id);
}

char **
flame_layout_dup_path (const FlameLayout *self, guint32 rect)
{
  guint32 depth = g_array_index (self->rects, FlameRect, rect).depth;
  char **path = g_new0 (char *, depth + 1);
  for (; depth > 0; depth--)
    {
      path[depth - 1] = g_strdup (flame_layout_get_text (self, rect));
      rect = g_array_index (self->rects, FlameRect, rect).parent;
    }
  return path;
}

guint32
flame_layout_get_first_child (const FlameLayout *self, guint32 rect)
{
  guint32 depth = g_array_index (self->rects, FlameRect, rect).depth + 1;
  if (depth >= flame_layout_get_n_depths (self))
    return FLAME_NO_RECT;
  guint32 begin = g_array_index (self->depths, guint32, depth);
  guint32 end = g_array_index (self->depths, guint32, depth + 1);
  while (begin < end && g_array_index (self->rects, FlameRect, begin).parent < rect)
    begin++;
  return begin < end && g_array_index (self->rects, FlameRect, begin).parent == rect ? begin : FLAME_NO_RECT;
}

guint32
flame_layout_find_path (const FlameLayout *self, const char *const *path)
{
  guint32 rect = self->rects->len > 0 ? 0 : FLAME_NO_RECT;
  for (; *path != NULL && rect != FLAME_NO_RECT; path++)
    {
      guint32 parent = rect;
      const FlameRect *child;
      for (rect = flame_layout_get_first_child (self, parent); rect != FLAME_NO_RECT; rect++)
        {
          child = rect < self->rects->len ? &g_array_index (self->rects, FlameRect, rect) : NULL;
          if (child == NULL || child->parent != parent)
            return FLAME_NO_RECT;
          if (child->n_merged == 0 && strcmp (flame_layout_get_text (self, rect), *path) == 0)
            break;
        }
    }
  return rect;
}

guint32
flame_layout_find (const FlameLayout *self, double position, guint32 depth)
{
  if (depth >= flame_layout_get_n_depths (self))
    return FLAME_NO_RECT;
  guint32 begin = g_array_index (self->depths, guint32, depth);
  guint32 end = g_array_index (self->depths, guint32, depth + 1);
  /* The last one that starts at the position or before. */
  while (end - begin > 1)
    {
      guint32 middle = begin + (end - begin) / 2;
      if (g_array_index (self->rects, FlameRect, middle).start <= position)
        begin = middle;
      else
        end = middle;
    }
  const FlameRect *rect = &g_array_index (self->rects, FlameRect, begin);
  return position >= rect->start && position < rect->start + rect->width ? begin : FLAME_NO_RECT;
}
