#include "analysis/flame_stacks.h"

#include "analysis/caseless.h"
#include "analysis/stack_sums.h"
#include "base/column.h"

struct _FlameStacks
{
  gatomicrefcount references;
  FrameNames *names; /* (owned) */
  PathTree *tree;    /* (owned) */
};

static void
add_stacks (FlameStacks *self, const PoolTrace *trace, StackView view, const GArray *stacks)
{
  U32Column texts = { 0 };
  for (guint i = 0; i < stacks->len; i++)
    {
      const StackSums *stack = &g_array_index (stacks, StackSums, i);
      gsize n_rows;
      const guint32 *rows = frame_names_get_stack (self->names, trace, view, stack->stack, &n_rows);
      texts.n = 0;
      for (gsize j = 0; j < n_rows; j++)
        u32_column_append (&texts, frame_names_get_text_id (self->names, rows[j]));
      path_tree_add (self->tree, texts.values, texts.n, stack->sums);
    }
  u32_column_clear (&texts);
  path_tree_sort (self->tree);
}

FlameStacks *
flame_stacks_new (PoolTreeValues *values, PoolTreeRow row, Dimension dimension, GCancellable *cancellable,
                  GError **error)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  g_autoptr (GArray) stacks = stack_sums_collect (values, row, dimension, cancellable, error);
  if (stacks == NULL)
    return NULL;
  FlameStacks *self = g_new0 (FlameStacks, 1);
  g_atomic_ref_count_init (&self->references);
  self->names = frame_names_ref (pool_tree_get_names (tree));
  self->tree = path_tree_new ();
  add_stacks (self, pool_tree_get_trace (tree), dimension_get_stack_view (dimension), stacks);
  return self;
}

FlameStacks *
flame_stacks_ref (FlameStacks *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
flame_stacks_unref (FlameStacks *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  path_tree_unref (self->tree);
  frame_names_unref (self->names);
  g_free (self);
}

const PathTree *
flame_stacks_get_tree (const FlameStacks *self)
{
  return self->tree;
}

FrameNames *
flame_stacks_get_names (const FlameStacks *self)
{
  return self->names;
}

guint64
flame_stacks_get_weight_with (const FlameStacks *self, const char *part, Metric metric)
{
  guint32 n_texts = frame_names_get_count (self->names);
  g_autofree gboolean *is_match = g_new (gboolean, n_texts + 1u);
  for (guint32 i = 0; i < n_texts; i++)
    is_match[i] = caseless_find (frame_names_get_text (self->names, i), part, NULL) != NULL;
  return path_tree_get_weight_with (self->tree, is_match, metric);
}
