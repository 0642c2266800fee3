/* Callers, callees and flame layouts against a slow second implementation, on random traces. */
#include <string.h>

#include "analysis/call_graph.h"
#include "analysis/flame_layout.h"
#include "analysis/stack_row.h"
#include "random_trace.h"
#include "slow_analysis.h"
#include "trace_fixture.h"

#define N_ROUNDS 300

typedef struct
{
  PoolTrace *trace;
  SlowReading reading;
  PoolTreeValues *values;
  PoolTreeRow row;
  Dimension dimension;
  TimeRange range;
  GArray *members; /* of gsize: the intervals of the row */
} Round;

/* Goes down from the root as often as chance wants; @members follows. */
static void
choose_row (Round *self, GRand *random, const Dimension *grouping, gsize n_levels, char **conditions)
{
  g_autoptr (GHashTable) table
      = slow_table (self->trace, grouping, n_levels, (const char *const *) conditions, self->range);
  g_autofree char *path = g_strdup ("");
  self->row = POOL_TREE_ROOT;
  while (g_rand_int_range (random, 0, 3) > 0)
    {
      g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
      pool_tree_values_get_children (self->values, self->row, POOL_TREE_ORDER_DEFAULT, children);
      if (children->len == 0)
        break;
      self->row = g_array_index (children, PoolTreeRow, g_rand_int_range (random, 0, (gint32) children->len));
      g_autofree char *text = pool_tree_dup_row_text (pool_tree_values_get_tree (self->values), self->row);
      char *longer = slow_path_append (path, pool_tree_row_get_column (self->row), text);
      g_free (path);
      path = longer;
    }
  const SlowRow *row = g_hash_table_lookup (table, path);
  self->members = row != NULL ? g_array_ref (row->members) : g_array_new (FALSE, FALSE, sizeof (gsize));
}

static void
round_init (Round *self, GRand *random)
{
  static const Dimension dimensions[] = { DIMENSION_STACK, DIMENSION_FREE_STACK, DIMENSION_FRAME_TAGS };
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels = random_grouping (random, grouping);
  g_auto (GStrv) conditions = random_conditions (random, TRUE);
  g_autoptr (PoolFilter) filter = pool_filter_new ((const char *const *) conditions, NULL);
  self->trace = random_trace_new (random);
  self->range = random_range (random);
  self->dimension = dimensions[g_rand_int_range (random, 0, G_N_ELEMENTS (dimensions))];
  g_autoptr (FrameNames) recorded = frame_names_new (self->trace);
  g_autoptr (StackOptions) options = random_reading (random, &self->reading);
  g_autoptr (FrameNames) names = frame_names_new_read (recorded, self->trace, options);
  slow_set_reading (&self->reading);
  g_autoptr (PoolFilter) ranged = pool_filter_at_range (filter, self->range);
  g_autoptr (PoolTree) tree = pool_tree_new (self->trace, names, grouping, n_levels, ranged, NULL, NULL);
  self->values = pool_tree_values_new (tree, self->range, NULL, NULL);
  choose_row (self, random, grouping, n_levels, conditions);
}

static void
round_clear (Round *self)
{
  slow_set_reading (NULL);
  g_array_unref (self->members);
  pool_tree_values_unref (self->values);
  pool_trace_unref (self->trace);
}

/* The steps of the stack of interval @row: by module each module once where its frames stand together. */
static GPtrArray *
slow_steps (const Round *round, gsize row, gboolean is_by_module)
{
  g_autoptr (GPtrArray) texts = slow_texts (round->trace, round->dimension, row, POOL_TYPE_AIFO, TIME_RANGE_WHOLE);
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = texts->pdata[i];
      gboolean has_module = is_by_module && text[strcspn (text, "!+")] != '\0' && strchr (text, '\\') == NULL;
      g_autofree char *step = has_module ? g_strndup (text, strcspn (text, "!+")) : g_strdup (text);
      if (!is_by_module || steps->len == 0 || strcmp (steps->pdata[steps->len - 1], step) != 0)
        g_ptr_array_add (steps, g_steal_pointer (&step));
    }
  return steps;
}

static void
add_member (GHashTable *nodes, const char *path, gsize row)
{
  GArray *members = g_hash_table_lookup (nodes, path);
  if (members == NULL)
    {
      members = g_array_new (FALSE, FALSE, sizeof (gsize));
      g_hash_table_insert (nodes, g_strdup (path), members);
    }
  g_array_append_val (members, row);
}

/* path -> members, for each beginning of the texts from @first on in steps of @step. */
static void
add_beginnings (GHashTable *nodes, const GPtrArray *texts, gint first, gint step, gsize row)
{
  g_autoptr (GString) path = g_string_new (NULL);
  add_member (nodes, "", row);
  for (gint i = first; i >= 0 && i < (gint) texts->len; i += step)
    {
      g_string_append_printf (path, "%s\x1e", (char *) texts->pdata[i]);
      add_member (nodes, path->str, row);
    }
}

static GHashTable *
nodes_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
}

static GHashTable *
slow_side (const Round *round, const char *center, gboolean is_by_module, gint step)
{
  GHashTable *nodes = nodes_new ();
  for (guint i = 0; i < round->members->len; i++)
    {
      gsize row = g_array_index (round->members, gsize, i);
      g_autoptr (GPtrArray) steps = slow_steps (round, row, is_by_module);
      guint at;
      if (g_ptr_array_find_with_equal_func (steps, center, g_str_equal, &at))
        add_beginnings (nodes, steps, (gint) at + step, step, row);
    }
  return nodes;
}

static void
assert_sums (const Round *round, PoolTreeSums sums, const GArray *members)
{
  PoolTreeSums expected = slow_sums (round->trace, round->range, members);
  g_assert_cmpuint (sums.count, ==, expected.count);
  g_assert_cmpuint (sums.size_bytes, ==, expected.size_bytes);
  g_assert_cmpint (sums.impacting_bytes, ==, expected.impacting_bytes);
}

/* Compares the subtree of @node, whose path is @path. Returns: how many nodes it has. */
static guint
assert_node (const Round *round, const CallGraph *graph, CallGraphSide side, PathTreeNode node, const char *path,
             GHashTable *expected)
{
  const PathTree *tree = call_graph_get_tree (graph, side);
  const GArray *members = g_hash_table_lookup (expected, path);
  g_assert_nonnull (members);
  assert_sums (round, path_tree_get_sums (tree, node), members);
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PathTreeNode));
  call_graph_append_children (graph, side, node, children);
  g_assert_cmpint (path_tree_has_children (tree, node), ==, children->len > 0);
  guint n_nodes = 1;
  guint64 count = path_tree_get_own_sums (tree, node).count;
  gint64 last = G_MAXINT64;
  for (guint i = 0; i < children->len; i++)
    {
      PathTreeNode child = g_array_index (children, PathTreeNode, i), found;
      PoolTreeSums sums = path_tree_get_sums (tree, child);
      g_assert_true (path_tree_find_child (tree, node, path_tree_get_text_id (tree, child), &found));
      g_assert_true (found.first == child.first && found.end == child.end && found.depth == child.depth);
      g_assert_cmpint (sums.impacting_bytes, <=, last);
      last = sums.impacting_bytes;
      count += sums.count;
      g_autofree char *longer = g_strdup_printf ("%s%s\x1e", path, call_graph_get_text (graph, side, child));
      n_nodes += assert_node (round, graph, side, child, longer, expected);
    }
  g_assert_cmpuint (count, ==, members->len);
  return n_nodes;
}

static void
assert_graph (Round *round, const char *center, gboolean is_by_module)
{
  const CallGraphQuery query = { round->values, round->row, round->dimension, center, is_by_module };
  g_autoptr (CallGraph) graph = call_graph_new (&query, NULL, NULL);
  assert_sums (round, call_graph_get_total (graph), round->members);
  for (CallGraphSide side = 0; side < N_CALL_GRAPH_SIDES; side++)
    {
      g_autoptr (GHashTable) expected
          = slow_side (round, center, is_by_module, side == CALL_GRAPH_CALLERS ? -1 : 1);
      PathTreeNode root = path_tree_get_root (call_graph_get_tree (graph, side));
      g_assert_cmpstr (call_graph_get_text (graph, side, root), ==, center);
      if (g_hash_table_size (expected) == 0)
        g_assert_cmpuint (call_graph_get_sums (graph).count, ==, 0);
      else
        g_assert_cmpuint (assert_node (round, graph, side, root, "", expected), ==, g_hash_table_size (expected));
    }
}

static void
test_call_graph (void)
{
  static const char *const functions[] = { "same.sys+0x10", "other.sys+0x10", "0x9999", "[No stack]", "Same", "none" };
  static const char *const modules[] = { "same.sys", "other.sys", "[Folded]" };
  g_autoptr (GRand) random = g_rand_new_with_seed (31);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      Round round;
      round_init (&round, random);
      assert_graph (&round, functions[i % G_N_ELEMENTS (functions)], FALSE);
      assert_graph (&round, modules[i % G_N_ELEMENTS (modules)], TRUE);
      round_clear (&round);
    }
}

/* A function that calls itself and is called again further in counts once per stack. */
static void
test_recursion (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_image (fixture, "a.sys", 0x1000, 0x100);
  const guint64 addresses[] = { 0x1010, 0x1020, 0x1020, 0x1030, 0x1020, 0x1040 };
  guint32 stack = trace_fixture_add_stack (fixture, addresses, G_N_ELEMENTS (addresses));
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  guint32 site = trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('a', 'b', 'c', 'd'), POOL_SESSION_NONE, stack);
  trace_fixture_add_block (
      fixture, (FixtureBlock){ .allocated_ns = 1, .freed_ns = POOL_TIME_NEVER, .size_bytes = 100, .site = site });
  g_autoptr (PoolTrace) trace = trace_fixture_finish (fixture, 2);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, NULL, 0, NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  const CallGraphQuery query = { values, POOL_TREE_ROOT, DIMENSION_STACK, "a.sys+0x20", FALSE };
  g_autoptr (CallGraph) graph = call_graph_new (&query, NULL, NULL);
  static const char *const expected[N_CALL_GRAPH_SIDES][5]
      = { { "a.sys+0x10" }, { "a.sys+0x20", "a.sys+0x30", "a.sys+0x20", "a.sys+0x40" } };
  for (CallGraphSide side = 0; side < N_CALL_GRAPH_SIDES; side++)
    {
      PathTreeNode node = path_tree_get_root (call_graph_get_tree (graph, side));
      for (guint i = 0;; i++)
        {
          g_assert_cmpint (path_tree_get_sums (call_graph_get_tree (graph, side), node).impacting_bytes, ==, 100);
          g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PathTreeNode));
          call_graph_append_children (graph, side, node, children);
          if (expected[side][i] == NULL)
            {
              g_assert_cmpuint (children->len, ==, 0);
              break;
            }
          g_assert_cmpuint (children->len, ==, 1);
          node = g_array_index (children, PathTreeNode, 0);
          g_assert_cmpstr (call_graph_get_text (graph, side, node), ==, expected[side][i]);
        }
    }
}

/* --- Flame ---------------------------------------------------------------------------------------------- */

static guint64
slow_own_weight (const Round *round, const GArray *members, Metric metric)
{
  PoolTreeSums sums = slow_sums (round->trace, round->range, members);
  return metric == METRIC_COUNT  ? sums.count
         : metric == METRIC_SIZE ? sums.size_bytes
                                 : (guint64) MAX (sums.impacting_bytes, 0);
}

static guint64
slow_weight (const Round *round, GHashTable *leaves, const char *path, Metric metric)
{
  guint64 weight = 0;
  GHashTableIter iterator;
  gpointer leaf, members;
  g_hash_table_iter_init (&iterator, leaves);
  while (g_hash_table_iter_next (&iterator, &leaf, &members))
    weight += g_str_has_prefix (leaf, path) ? slow_own_weight (round, members, metric) : 0;
  return weight;
}

static gboolean
is_child_of (const char *path, const char *parent)
{
  return g_str_has_prefix (path, parent) && strlen (path) > strlen (parent)
         && strchr (path + strlen (parent), '\x1e') == path + strlen (path) - 1;
}

static char *
path_of_rect (const FlameLayout *layout, guint32 rect)
{
  g_auto (GStrv) texts = flame_layout_dup_path (layout, rect);
  GString *path = g_string_new (NULL);
  for (guint i = 0; texts[i] != NULL; i++)
    g_string_append_printf (path, "%s\x1e", texts[i]);
  return g_string_free (path, FALSE);
}

/* The merged rectangle stands for what is too narrow below @parent, no more and no less. */
static void
assert_merged (const Round *round, GHashTable *nodes, GHashTable *leaves, const FlameRect *rect, const char *parent,
               Metric metric, guint64 whole, double least_width)
{
  guint n_merged = 0;
  guint64 weight = 0;
  GHashTableIter iterator;
  gpointer path;
  g_hash_table_iter_init (&iterator, nodes);
  while (g_hash_table_iter_next (&iterator, &path, NULL))
    {
      guint64 own = is_child_of (path, parent) ? slow_weight (round, leaves, path, metric) : 0;
      if (own == 0 || (double) own / (double) whole >= least_width)
        continue;
      n_merged++;
      weight += own;
    }
  g_assert_cmpuint (rect->n_merged, ==, n_merged);
  g_assert_cmpfloat_with_epsilon (rect->width, (double) weight / (double) whole, 1e-9);
}

/* Every beginning of a stack of the round, and the whole stacks: path -> members. */
static void
list_paths (const Round *round, GHashTable *nodes, GHashTable *leaves)
{
  for (guint i = 0; i < round->members->len; i++)
    {
      gsize row = g_array_index (round->members, gsize, i);
      g_autoptr (GPtrArray) steps = slow_steps (round, row, FALSE);
      g_autoptr (GString) whole_path = g_string_new (NULL);
      add_beginnings (nodes, steps, 0, 1, row);
      for (guint j = 0; j < steps->len; j++)
        g_string_append_printf (whole_path, "%s\x1e", (char *) steps->pdata[j]);
      add_member (leaves, whole_path->str, row);
    }
}

/* A path that has a weight, at random. (transfer full) */
static char *
choose_path (const Round *round, GRand *random, GHashTable *nodes, GHashTable *leaves, Metric metric)
{
  char *chosen = g_strdup ("");
  GHashTableIter iterator;
  gpointer path;
  guint n = 0;
  g_hash_table_iter_init (&iterator, nodes);
  while (g_hash_table_iter_next (&iterator, &path, NULL))
    if (slow_weight (round, leaves, path, metric) > 0 && g_rand_int_range (random, 0, (gint32) ++n) == 0)
      {
        g_free (chosen);
        chosen = g_strdup (path);
      }
  return chosen;
}

/* The texts of a path. (transfer full) */
static char **
split_path (const char *path)
{
  char **texts = g_strsplit (path, "\x1e", -1);
  g_clear_pointer (&texts[g_strv_length (texts) - (*path != '\0' ? 1 : 0)], g_free);
  return texts;
}

/* How wide @path is in a layout zoomed into @zoom; 0 when it is not in it. */
static double
slow_width (const Round *round, GHashTable *leaves, const char *path, const char *zoom, Metric metric)
{
  if (g_str_has_prefix (zoom, path))
    return slow_weight (round, leaves, path, metric) > 0 ? 1 : 0;
  if (!g_str_has_prefix (path, zoom))
    return 0;
  return (double) slow_weight (round, leaves, path, metric) / (double) slow_weight (round, leaves, zoom, metric);
}

static void
assert_flame (Round *round, GRand *random, Metric metric, double least_width, gboolean is_zoomed)
{
  g_autoptr (GHashTable) nodes = nodes_new (), leaves = nodes_new ();
  list_paths (round, nodes, leaves);
  g_autofree char *zoom = is_zoomed ? choose_path (round, random, nodes, leaves, metric) : g_strdup ("");
  g_auto (GStrv) zoom_texts = split_path (zoom);
  g_autoptr (FlameStacks) stacks = flame_stacks_new (round->values, round->row, round->dimension, NULL, NULL);
  const FlameOptions options = { metric, least_width, (const char *const *) zoom_texts };
  g_autoptr (FlameLayout) layout = flame_layout_new (stacks, &options, NULL, NULL);
  guint64 whole = slow_weight (round, leaves, "", metric), full = slow_weight (round, leaves, zoom, metric);
  g_assert_cmpuint (flame_layout_get_weight (layout), ==, whole);
  g_assert_false (flame_layout_is_cut (layout));
  g_assert_cmpuint (flame_layout_get_zoomed (layout), ==, whole > 0 ? g_strv_length (zoom_texts) : 0);
  guint32 n_rects, n_found = 0, n_expected = 0;
  const FlameRect *rects = flame_layout_get_rects (layout, &n_rects);
  for (guint32 i = 0; i < n_rects; i++)
    {
      g_autofree char *parent = rects[i].depth > 0 ? path_of_rect (layout, rects[i].parent) : NULL;
      guint32 at = flame_layout_find (layout, rects[i].start + rects[i].width / 2, rects[i].depth);
      g_assert_true (rects[i].width < 1e-9 || at == i);
      if (rects[i].n_merged > 0)
        {
          assert_merged (round, nodes, leaves, &rects[i], parent, metric, full, least_width);
          continue;
        }
      g_autofree char *path = path_of_rect (layout, i);
      g_auto (GStrv) texts = flame_layout_dup_path (layout, i);
      g_assert_cmpuint (flame_layout_find_path (layout, (const char *const *) texts), ==, i);
      g_assert_cmpuint (rects[i].weight, ==, slow_weight (round, leaves, path, metric));
      g_assert_cmpfloat_with_epsilon (rects[i].width, slow_width (round, leaves, path, zoom, metric), 1e-9);
      g_assert_true (rects[i].width >= least_width);
      assert_sums (round, rects[i].sums, g_hash_table_lookup (nodes, path));
      g_assert_true (parent == NULL || is_child_of (path, parent));
      n_found++;
    }
  GHashTableIter iterator;
  gpointer path;
  g_hash_table_iter_init (&iterator, nodes);
  while (g_hash_table_iter_next (&iterator, &path, NULL))
    {
      double width = whole > 0 ? slow_width (round, leaves, path, zoom, metric) : 0;
      n_expected += width > 0 && width >= least_width ? 1 : 0;
    }
  g_assert_cmpuint (n_found, ==, n_expected);
}

/* What goes through frames that read like a part of a text, letters of any case. */
static void
assert_weight_with (Round *round, const char *part, Metric metric)
{
  g_autoptr (GHashTable) nodes = nodes_new (), leaves = nodes_new ();
  list_paths (round, nodes, leaves);
  guint64 expected = 0;
  GHashTableIter iterator;
  gpointer path, members;
  g_hash_table_iter_init (&iterator, leaves);
  while (g_hash_table_iter_next (&iterator, &path, &members))
    {
      g_autofree char *lower_path = g_ascii_strdown (path, -1), *lower_part = g_ascii_strdown (part, -1);
      expected += strstr (lower_path, lower_part) != NULL ? slow_own_weight (round, members, metric) : 0;
    }
  g_autoptr (FlameStacks) stacks = flame_stacks_new (round->values, round->row, round->dimension, NULL, NULL);
  g_assert_cmpuint (flame_stacks_get_weight_with (stacks, part, metric), ==, expected);
}

/* A path that cannot be followed to its end zooms as far as it goes. */
static void
assert_lost_zoom (Round *round)
{
  static const char *const zoom[] = { "nothing.sys!Here", NULL };
  const FlameOptions options = { METRIC_SIZE, 0, zoom };
  g_autoptr (FlameStacks) stacks = flame_stacks_new (round->values, round->row, round->dimension, NULL, NULL);
  g_autoptr (FlameLayout) layout = flame_layout_new (stacks, &options, NULL, NULL);
  g_assert_cmpuint (flame_layout_get_zoomed (layout), ==, 0);
  g_assert_cmpuint (flame_layout_find_path (layout, zoom), ==, FLAME_NO_RECT);
}

/* The row of the table for the beginning of a stack lies below the round's, and reads so in its column. */
static void
assert_row (Round *round, GRand *random)
{
  const PoolTree *tree = pool_tree_values_get_tree (round->values);
  gsize n_levels, column = 0;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  g_autoptr (GHashTable) nodes = nodes_new (), leaves = nodes_new ();
  list_paths (round, nodes, leaves);
  g_autofree char *path = choose_path (round, random, nodes, leaves, METRIC_COUNT);
  g_auto (GStrv) texts = split_path (path);
  PoolTreeRow row;
  while (column < n_levels && grouping[column] != round->dimension)
    column++;
  gboolean is_found = stack_row_find (round->values, round->row, round->dimension, (const char *const *) texts,
                                      METRIC_SIZE, NULL, &row);
  g_assert_cmpint (is_found, ==, texts[0] == NULL || column < n_levels);
  if (texts[0] == NULL || !is_found)
    return;
  g_assert_cmpuint (pool_tree_values_get_sums (round->values, row).count, >, 0);
  guint depth = g_strv_length (texts);
  gboolean is_below = round->row.level > column;
  do
    {
      is_below |= pool_tree_row_equal (row, round->row);
      if (pool_tree_row_get_column (row) != column)
        continue;
      g_autofree char *text = pool_tree_dup_row_text (tree, row);
      g_assert_cmpstr (text, ==, texts[--depth]);
    }
  while (pool_tree_get_parent (tree, row, &row) && row.level > 0);
  g_assert_cmpuint (depth, ==, 0);
  g_assert_true (is_below || round->row.level == 0);
  static const char *const nowhere[] = { "nothing.sys!Here", NULL };
  g_assert_false (stack_row_find (round->values, round->row, round->dimension, nowhere, METRIC_SIZE, NULL, &row));
}

/* Nothing lies outside its parent or over another, and heavier ones stand further left. */
static void
assert_places (Round *round)
{
  const FlameOptions options = { METRIC_SIZE, 0.05, NULL };
  g_autoptr (FlameStacks) stacks = flame_stacks_new (round->values, round->row, round->dimension, NULL, NULL);
  g_autoptr (FlameLayout) layout = flame_layout_new (stacks, &options, NULL, NULL);
  guint32 n_rects;
  const FlameRect *rects = flame_layout_get_rects (layout, &n_rects);
  for (guint32 i = 1; i < n_rects; i++)
    {
      const FlameRect *parent = &rects[rects[i].parent], *before = &rects[i - 1];
      g_assert_cmpuint (rects[i].parent, <, i);
      g_assert_cmpuint (rects[i].depth, ==, parent->depth + 1);
      g_assert_true (rects[i].start >= parent->start - 1e-9);
      g_assert_true (rects[i].start + rects[i].width <= parent->start + parent->width + 1e-9);
      if (before->depth == rects[i].depth)
        g_assert_true (rects[i].start >= before->start + before->width - 1e-9);
      if (before->parent == rects[i].parent && rects[i].n_merged == 0)
        g_assert_true (rects[i].width <= before->width + 1e-9);
    }
  g_assert_cmpuint (flame_layout_find (layout, 0.5, flame_layout_get_n_depths (layout)), ==, FLAME_NO_RECT);
  g_assert_cmpuint (flame_layout_find (layout, 1, 0), ==, FLAME_NO_RECT);
}

static void
test_flame (void)
{
  static const Metric metrics[] = { METRIC_COUNT, METRIC_SIZE, METRIC_IMPACTING };
  static const char *const parts[] = { "SAME", "other.sys+0x1", "0x", "[no", "nothing" };
  g_autoptr (GRand) random = g_rand_new_with_seed (32);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      Round round;
      round_init (&round, random);
      Metric metric = metrics[i % G_N_ELEMENTS (metrics)];
      assert_flame (&round, random, metric, i % 2 == 0 ? 0 : 0.2, FALSE);
      assert_flame (&round, random, metric, i % 2 == 0 ? 0 : 0.2, TRUE);
      assert_weight_with (&round, parts[i % G_N_ELEMENTS (parts)], metric);
      assert_lost_zoom (&round);
      assert_places (&round);
      assert_row (&round, random);
      round_clear (&round);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/merged-stacks/call-graph", test_call_graph);
  g_test_add_func ("/analysis/merged-stacks/recursion", test_recursion);
  g_test_add_func ("/analysis/merged-stacks/flame", test_flame);
  return g_test_run ();
}
