#include "analysis/path_tree.h"

#include <stdlib.h>

#include "base/column.h"

typedef struct
{
  gsize start; /* in the column of texts */
  guint32 n_texts;
  PoolTreeSums sums;
} Path;

/* Sums of all paths before one. */
typedef struct
{
  PoolTreeSums sums;
  guint64 grown_bytes; /* of the paths whose impacting size is positive */
} Prefix;

struct _PathTree
{
  gatomicrefcount references;
  U32Column texts;
  GArray *paths;   /* of Path */
  Prefix *prefix;  /* (array length=paths + 1) (nullable): when sorted */
};

PathTree *
path_tree_new (void)
{
  PathTree *self = g_new0 (PathTree, 1);
  g_atomic_ref_count_init (&self->references);
  self->paths = g_array_new (FALSE, FALSE, sizeof (Path));
  return self;
}

PathTree *
path_tree_ref (PathTree *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
path_tree_unref (PathTree *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  u32_column_clear (&self->texts);
  g_array_unref (self->paths);
  g_free (self->prefix);
  g_free (self);
}

void
path_tree_add (PathTree *self, const guint32 *text_ids, gsize n_texts, PoolTreeSums sums)
{
  g_return_if_fail (self->prefix == NULL);
  Path path = { self->texts.n, (guint32) n_texts, sums };
  for (gsize i = 0; i < n_texts; i++)
    u32_column_append (&self->texts, text_ids[i]);
  g_array_append_val (self->paths, path);
}

static const Path *
get_path (const PathTree *self, guint32 index)
{
  return &g_array_index (self->paths, Path, index);
}

static guint32
get_text (const PathTree *self, guint32 path, guint32 depth)
{
  return self->texts.values[get_path (self, path)->start + depth];
}

/* The shorter of two that begin alike is first. */
static int
compare_paths (gconstpointer first, gconstpointer second, gpointer data)
{
  const PathTree *self = data;
  const Path *a = first, *b = second;
  const guint32 *texts_a = self->texts.values + a->start, *texts_b = self->texts.values + b->start;
  for (guint32 i = 0; i < MIN (a->n_texts, b->n_texts); i++)
    if (texts_a[i] != texts_b[i])
      return texts_a[i] < texts_b[i] ? -1 : 1;
  return (a->n_texts > b->n_texts) - (a->n_texts < b->n_texts);
}

static void
add_sums (PoolTreeSums *self, const PoolTreeSums *other)
{
  self->count += other->count;
  self->size_bytes += other->size_bytes;
  self->impacting_bytes += other->impacting_bytes;
}

/* Makes one path of those that read the same. */
static void
merge_equals (PathTree *self)
{
  guint n_kept = 0;
  for (guint i = 0; i < self->paths->len; i++)
    {
      Path *kept = &g_array_index (self->paths, Path, n_kept > 0 ? n_kept - 1 : 0);
      const Path *path = &g_array_index (self->paths, Path, i);
      if (n_kept > 0 && compare_paths (kept, path, self) == 0)
        add_sums (&kept->sums, &path->sums);
      else
        g_array_index (self->paths, Path, n_kept++) = *path;
    }
  g_array_set_size (self->paths, n_kept);
}

void
path_tree_sort (PathTree *self)
{
  g_return_if_fail (self->prefix == NULL);
  Prefix running = { 0 };
  g_array_sort_with_data (self->paths, compare_paths, self);
  merge_equals (self);
  self->prefix = g_new (Prefix, self->paths->len + 1u);
  for (guint32 i = 0; i < self->paths->len; i++)
    {
      const PoolTreeSums *sums = &get_path (self, i)->sums;
      self->prefix[i] = running;
      add_sums (&running.sums, sums);
      running.grown_bytes += (guint64) MAX (sums->impacting_bytes, 0);
    }
  self->prefix[self->paths->len] = running;
}

PathTreeNode
path_tree_get_root (const PathTree *self)
{
  return (PathTreeNode){ 0, self->paths->len, 0 };
}

guint32
path_tree_get_text_id (const PathTree *self, PathTreeNode node)
{
  return get_text (self, node.first, node.depth - 1);
}

PoolTreeSums
path_tree_get_sums (const PathTree *self, PathTreeNode node)
{
  const PoolTreeSums *first = &self->prefix[node.first].sums, *end = &self->prefix[node.end].sums;
  return (PoolTreeSums){ .count = end->count - first->count,
                         .size_bytes = end->size_bytes - first->size_bytes,
                         .impacting_bytes = end->impacting_bytes - first->impacting_bytes };
}

/* The first path of @node that goes on behind it. */
static guint32
skip_own (const PathTree *self, PathTreeNode node)
{
  gboolean has_own = node.first < node.end && get_path (self, node.first)->n_texts == node.depth;
  return node.first + (has_own ? 1 : 0);
}

PoolTreeSums
path_tree_get_own_sums (const PathTree *self, PathTreeNode node)
{
  return path_tree_get_sums (self, (PathTreeNode){ node.first, skip_own (self, node), node.depth });
}

guint64
path_tree_get_weight (const PathTree *self, PathTreeNode node, Metric metric)
{
  PoolTreeSums sums = path_tree_get_sums (self, node);
  switch (metric)
    {
    case METRIC_COUNT:
      return sums.count;
    case METRIC_IMPACTING:
      return self->prefix[node.end].grown_bytes - self->prefix[node.first].grown_bytes;
    default:
      return sums.size_bytes;
    }
}

static gboolean
has_match (const PathTree *self, guint32 path, const gboolean *is_match)
{
  for (guint32 depth = 0; depth < get_path (self, path)->n_texts; depth++)
    if (is_match[get_text (self, path, depth)])
      return TRUE;
  return FALSE;
}

guint64
path_tree_get_weight_with (const PathTree *self, const gboolean *is_match, Metric metric)
{
  guint64 weight = 0;
  for (guint32 path = 0; path < self->paths->len; path++)
    if (has_match (self, path, is_match))
      weight += path_tree_get_weight (self, (PathTreeNode){ path, path + 1, 0 }, metric);
  return weight;
}

/* The first path from @begin to @end - 1 whose text at @depth is @text_id or more; all are longer than that. */
static guint32
find_text (const PathTree *self, guint32 begin, guint32 end, guint32 depth, guint32 text_id)
{
  while (begin < end)
    {
      guint32 middle = begin + (end - begin) / 2;
      if (get_text (self, middle, depth) < text_id)
        begin = middle + 1;
      else
        end = middle;
    }
  return begin;
}

/* The end of the run of paths from @begin on that read the same at the depth of @node. */
static guint32
find_run_end (const PathTree *self, PathTreeNode node, guint32 begin)
{
  guint32 text_id = get_text (self, begin, node.depth);
  return text_id == G_MAXUINT32 ? node.end : find_text (self, begin, node.end, node.depth, text_id + 1);
}

void
path_tree_append_children (const PathTree *self, PathTreeNode node, GArray *ret_nodes)
{
  for (guint32 path = skip_own (self, node); path < node.end;)
    {
      PathTreeNode child = { path, find_run_end (self, node, path), node.depth + 1 };
      g_array_append_val (ret_nodes, child);
      path = child.end;
    }
}

gboolean
path_tree_has_children (const PathTree *self, PathTreeNode node)
{
  return skip_own (self, node) < node.end;
}

gboolean
path_tree_find_child (const PathTree *self, PathTreeNode node, guint32 text_id, PathTreeNode *ret_child)
{
  guint32 first = find_text (self, skip_own (self, node), node.end, node.depth, text_id);
  if (first == node.end || get_text (self, first, node.depth) != text_id)
    return FALSE;
  *ret_child = (PathTreeNode){ first, find_run_end (self, node, first), node.depth + 1 };
  return TRUE;
}
