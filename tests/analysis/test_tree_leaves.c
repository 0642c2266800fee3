/* In which leaves intervals are, asked in all ways, against their values one by one; with enough intervals for several
 * threads. */
#include <string.h>

#include "analysis/pool_tree_leaves.h"
#include "trace_fixture.h"

#define N_BLOCKS 420000 /* enough for passes to be divided */
#define N_STACKS 1500   /* two of these levels, or sizes and threads, have more pairs than are marked */
#define N_SIZES 2000
#define N_THREADS 900
#define N_SAMPLES 400

static guint32
pick (GRand *random, guint32 n)
{
  return (guint32) g_rand_int_range (random, 0, (gint32) n);
}

/* Stacks of one to three frames. */
static void
add_stacks (TraceFixture *fixture, GRand *random)
{
  for (guint32 i = 0; i < N_STACKS; i++)
    {
      guint64 stack[] = { 0x1000 + pick (random, 10), 0x2000 + pick (random, 40), 0x3000 + i };
      guint32 stack_row = trace_fixture_add_stack (fixture, stack, 1 + pick (random, G_N_ELEMENTS (stack)));
      trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('T', 'a', 'g', '0' + i % 70), POOL_SESSION_NONE, stack_row);
    }
}

static PoolTrace *
make_trace (GRand *random)
{
  TraceFixture *fixture = trace_fixture_new ();
  add_stacks (fixture, random);
  for (guint32 i = 0; i < N_THREADS; i++)
    trace_fixture_add_context (fixture, POOL_INDEX_NONE, i);
  for (guint32 i = 0; i < N_BLOCKS; i++)
    {
      /* Few sizes are above what tables by size have room for. */
      guint64 size_bytes = pick (random, 500) == 0 ? ((guint64) 1 << 20) + pick (random, 3) * ((guint64) 1 << 33)
                                                   : 16 * pick (random, N_SIZES);
      FixtureBlock block = { .allocated_ns = i * G_GINT64_CONSTANT (1000000),
                             .freed_ns = pick (random, 9) ? (i + pick (random, 90000)) * G_GINT64_CONSTANT (1000000)
                                                          : POOL_TIME_NEVER,
                             .size_bytes = size_bytes,
                             .site = pick (random, N_STACKS),
                             .context = pick (random, N_THREADS),
                             .free_stack = POOL_N_SPECIAL_STACKS + pick (random, N_STACKS),
                             .processor = (guint16) pick (random, 5) };
      trace_fixture_add_block (fixture, block);
    }
  return trace_fixture_finish (fixture, N_BLOCKS * G_GINT64_CONSTANT (1000000));
}

/* Leaves follow each other by the leaf above and the value, and the layer tells of each which these are. */
static void
assert_order (const PoolTreeLayer *layer, const PoolTreeLayer *above)
{
  PoolLeafCursor cursor;
  pool_leaf_cursor_init (&cursor, layer, 0);
  g_assert_cmpuint (layer->leaf_starts[0], ==, 0);
  g_assert_cmpuint (layer->leaf_starts[above->n_leaves], ==, layer->n_leaves);
  for (guint32 leaf = 0; leaf < layer->n_leaves; leaf++)
    {
      PoolLeafCursor before = cursor;
      g_assert_cmpuint (leaf, >=, layer->leaf_starts[cursor.parent]);
      g_assert_cmpuint (leaf, <, layer->leaf_starts[cursor.parent + 1]);
      if (leaf % 7 == 0)
        {
          g_assert_cmpuint (pool_tree_layer_get_parent (layer, leaf), ==, cursor.parent);
          g_assert_cmpuint (pool_tree_layer_get_value (layer, leaf), ==, cursor.value);
        }
      pool_leaf_cursor_advance (&cursor);
      if (leaf + 1 < layer->n_leaves && cursor.parent == before.parent)
        g_assert_cmpuint (cursor.value, >, before.value);
      else if (leaf + 1 < layer->n_leaves)
        g_assert_cmpuint (cursor.parent, >, before.parent);
    }
}

/* (transfer full): of all intervals. */
static guint32 *
read_all (const PoolTree *tree, const PoolTreeLayer *layer)
{
  guint32 *leaves = g_new (guint32, N_BLOCKS), found[POOL_TREE_BLOCK];
  for (gsize row = 0; row < N_BLOCKS; row += POOL_TREE_BLOCK)
    {
      gsize n = MIN (POOL_TREE_BLOCK, N_BLOCKS - row);
      memcpy (&leaves[row], pool_tree_read_leaves (tree, layer, row, n, found), n * sizeof *leaves);
    }
  return leaves;
}

static char *
dup_leaf_text (const PoolTree *tree, const PoolTreeLayer *layer, guint32 leaf)
{
  guint32 value = pool_tree_layer_get_value (layer, leaf);
  if (layer->stacks == NULL)
    return g_strdup (layer->texts[value]);
  return dimension_dup_text (tree->grouping[layer->level - 1], tree->trace, tree->names, layer->stacks->stacks[value]);
}

/* Each interval is below the leaf that it is in above, and what reads the same has the same value. */
static void
assert_leaves (const PoolTree *tree, const PoolTreeLayer *layer, const guint32 *leaves, const guint32 *leaves_above,
               GRand *random)
{
  g_autofree guint32 *parents = g_new (guint32, layer->n_leaves);
  PoolLeafCursor cursor;
  pool_leaf_cursor_init (&cursor, layer, 0);
  for (guint32 leaf = 0; leaf < layer->n_leaves; leaf++, pool_leaf_cursor_advance (&cursor))
    parents[leaf] = cursor.parent;
  for (gsize row = 0; row < N_BLOCKS; row++)
    if (!pool_selection_has_row (&tree->selection, row))
      g_assert_cmpuint (leaves[row], ==, POOL_LEAF_NONE);
    else
      {
        g_assert_cmpuint (leaves[row], <, layer->n_leaves);
        g_assert_cmpuint (parents[leaves[row]], ==, leaves_above[row]);
      }
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      gsize row = pick (random, N_BLOCKS);
      if (leaves[row] == POOL_LEAF_NONE)
        continue;
      Dimension dimension = tree->grouping[layer->level - 1];
      g_autofree char *text = dup_leaf_text (tree, layer, leaves[row]);
      g_autofree char *expected = dimension_dup_text (dimension, tree->trace, tree->names,
                                                      dimension_get_value (dimension, &tree->source, row));
      g_assert_cmpstr (text, ==, expected);
      g_assert_cmpuint (pool_tree_layer_get_leaf (layer, &tree->trace->intervals, row), ==, leaves[row]);
    }
}

/* Those of a run alone. */
static void
assert_picked (const PoolTree *tree, const PoolTreeLayer *layer, const guint32 *leaves, GRand *random)
{
  guint32 picked[POOL_TREE_BLOCK];
  guint16 places[POOL_TREE_BLOCK];
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      guint32 first = pick (random, layer->n_leaves), longest = pick (random, 3) ? layer->n_leaves : 20;
      PoolLeafRun run = { layer, first, first + pick (random, MIN (longest, layer->n_leaves - first) + 1) };
      gsize begin = pick (random, N_BLOCKS - POOL_TREE_BLOCK), n = pick (random, POOL_TREE_BLOCK + 1), n_expected = 0;
      gsize n_picked = pool_tree_pick_leaves (tree, run, begin, n, picked, places);
      for (gsize place = 0; place < n; place++)
        if (leaves[begin + place] >= run.first && leaves[begin + place] < run.end)
          {
            g_assert_cmpuint (n_expected, <, n_picked);
            g_assert_cmpuint (places[n_expected], ==, place);
            g_assert_cmpuint (picked[n_expected++], ==, leaves[begin + place]);
          }
      g_assert_cmpuint (n_picked, ==, n_expected);
    }
}

static void
check_grouping (PoolTrace *trace, FrameNames *names, const Dimension *grouping, PoolFilter *filter, GRand *random)
{
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, 3, filter, NULL, NULL);
  g_autofree guint32 *leaves_above = read_all (tree, pool_tree_peek_layer (tree, 0));
  for (guint number = 1; number <= 3; number++)
    {
      const PoolTreeLayer *layer = pool_tree_need_layer (tree, number, NULL, NULL);
      assert_order (layer, pool_tree_peek_layer (tree, number - 1));
      g_autofree guint32 *leaves = read_all (tree, layer);
      assert_leaves (tree, layer, leaves, leaves_above, random);
      assert_picked (tree, layer, leaves, random);
      pool_tree_need_leaf_column (tree, layer);
      for (gsize row = 0; row < N_BLOCKS; row++)
        if (leaves[row] != POOL_LEAF_NONE)
          g_assert_cmpuint (pool_tree_layer_get_leaf (layer, &trace->intervals, row), ==, leaves[row]);
      assert_picked (tree, layer, leaves, random);
      g_free (leaves_above);
      leaves_above = g_steal_pointer (&leaves);
    }
}

static void
test_leaves (void)
{
  static const Dimension groupings[][3] = {
    { DIMENSION_SIZE, DIMENSION_THREAD, DIMENSION_TAG },      { DIMENSION_CPU, DIMENSION_AGE, DIMENSION_STACK },
    { DIMENSION_TAG, DIMENSION_STACK, DIMENSION_SIZE },       { DIMENSION_FREE_STACK, DIMENSION_STACK, DIMENSION_CPU },
    { DIMENSION_THREAD, DIMENSION_SIZE_CLASS, DIMENSION_SIZE },
  };
  static const char *const expressions[] = { "cpu!=1", "size!=32", NULL };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (PoolTrace) trace = make_trace (random);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolFilter) filter = pool_filter_new (expressions, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    check_grouping (trace, names, groupings[i], i % 2 ? filter : NULL, random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tree/leaves", test_leaves);
  return g_test_run ();
}
