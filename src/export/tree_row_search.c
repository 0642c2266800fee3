/* The rows are walked through from the outermost ones on until there are enough subtrees to divide among threads. */
#include "export/tree_row_search.h"

#include "base/row_shares.h"

/* So many subtrees, or no more rows, are wanted before they are divided. */
#define SUBTREES 128

/* Finds rows below others. */
typedef struct
{
  const TreeExport *export;
  GArray *rows;     /* of TreeRow: found so far */
  GArray *waiting;  /* of TreeRow: to be visited, the next one last */
  GArray *children; /* scratch */
  GArray *others;   /* of RowMetrics: of the rows that stand for several */
  guint first_other; /* number of the first of them */
} RowWalk;

/* One of the rows from the outermost ones on, in the order of the table. */
typedef struct
{
  TreeRow row;
  gboolean is_walked; /* its children follow; else they are still to be found */
} OuterRow;

typedef struct
{
  RowWalk outer;
  GArray *outer_rows; /* of OuterRow */
  RowWalk shares[ROW_SHARES_MAXIMUM];
} RowSearch;

static void
row_walk_init (RowWalk *self, const TreeExport *export, guint first_other)
{
  *self = (RowWalk){ .export = export,
                     .rows = g_array_new (FALSE, FALSE, sizeof (TreeRow)),
                     .waiting = g_array_new (FALSE, FALSE, sizeof (TreeRow)),
                     .children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)),
                     .others = g_array_new (FALSE, FALSE, sizeof (RowMetrics)),
                     .first_other = first_other };
}

static void
row_walk_clear (RowWalk *self)
{
  g_array_unref (self->rows);
  g_array_unref (self->waiting);
  g_array_unref (self->children);
  g_array_unref (self->others);
}

static PoolTreeOrder
tree_export_get_order (const TreeExport *self)
{
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  order.metric = self->sort;
  return order;
}

/* --- One after the other --------------------------------------------------------------------------------- */

static void
add_to_other (gsize place, const RowMetrics *metrics, gpointer other)
{
  row_metrics_add (other, metrics);
}

/* One row in place of the children from @first on. */
static void
push_other_row (RowWalk *self, guint first, guint depth)
{
  RowMetrics sum = { .sums = { 0, 0, 0 } };
  TreeRow other = { .depth = depth, .n_others = self->children->len - first, .other = self->first_other + self->others->len };
  pool_tree_values_visit_metrics (self->export->values, &g_array_index (self->children, PoolTreeRow, first),
                                  other.n_others, tree_export_get_columns_that_add_up (self->export), add_to_other, &sum, NULL);
  g_array_append_val (self->others, sum);
  g_array_append_val (self->waiting, other);
}

/* Puts the children of @row on the waiting ones, the first one on top. */
static void
push_children (RowWalk *self, PoolTreeRow row, guint depth)
{
  const TreeExport *export = self->export;
  g_array_set_size (self->children, 0);
  pool_tree_values_get_children (export->values, row, tree_export_get_order (export), self->children);
  guint n_shown = (guint) MIN ((gsize) self->children->len, export->limit);
  if (n_shown < self->children->len)
    push_other_row (self, n_shown, depth);
  for (guint i = n_shown; i > 0; i--)
    {
      TreeRow child = { .chain = pool_tree_get_chain (pool_tree_values_get_tree (export->values),
                                                      g_array_index (self->children, PoolTreeRow, i - 1)),
                        .depth = depth };
      g_array_append_val (self->waiting, child);
    }
}

static void
push_children_of (RowWalk *self, const TreeRow *row)
{
  if (row->n_others == 0)
    push_children (self, pool_tree_chain_get_last (&row->chain), row->depth + row->chain.n_rows);
}

/* Finds @row and the rows below it, parents before their children. A stack can be deeper than a call stack should grow, so
 * the rows to visit wait in an array. */
static void
find_subtree (RowWalk *self, const TreeRow *row)
{
  g_array_append_val (self->waiting, *row);
  while (self->waiting->len > 0)
    {
      TreeRow next = g_array_index (self->waiting, TreeRow, self->waiting->len - 1);
      g_array_set_size (self->waiting, self->waiting->len - 1);
      g_array_append_val (self->rows, next);
      push_children_of (self, &next);
    }
}

/* --- Subtrees -------------------------------------------------------------------------------------------- */

/* Appends what waits to the outer rows. */
static void
take_waiting (RowSearch *self)
{
  for (guint i = self->outer.waiting->len; i > 0; i--)
    {
      OuterRow row = { g_array_index (self->outer.waiting, TreeRow, i - 1), FALSE };
      g_array_append_val (self->outer_rows, row);
    }
  g_array_set_size (self->outer.waiting, 0);
}

/* Puts its children behind each outer row that has none there. Returns: whether there were any. */
static gboolean
walk_outer_rows (RowSearch *self)
{
  g_autoptr (GArray) former = g_steal_pointer (&self->outer_rows);
  self->outer_rows = g_array_new (FALSE, FALSE, sizeof (OuterRow));
  for (guint i = 0; i < former->len; i++)
    {
      OuterRow row = g_array_index (former, OuterRow, i);
      gboolean was_walked = row.is_walked;
      row.is_walked = TRUE;
      g_array_append_val (self->outer_rows, row);
      if (!was_walked)
        push_children_of (&self->outer, &row.row);
      take_waiting (self);
    }
  return self->outer_rows->len > former->len;
}

static void
find_share (guint share, gsize begin, gsize end, gpointer data)
{
  RowSearch *self = data;
  RowWalk *walk = &self->shares[share];
  row_walk_init (walk, self->outer.export, self->outer.others->len);
  for (gsize i = begin; i < end; i++)
    {
      const OuterRow *row = &g_array_index (self->outer_rows, OuterRow, i);
      if (row->is_walked)
        g_array_append_val (walk->rows, row->row);
      else
        find_subtree (walk, &row->row);
    }
}

/* Appends what a share has found; its others get numbers behind those of the shares before it. */
static void
join_share (RowSearch *self, const RowWalk *share)
{
  guint n_more = self->outer.others->len - share->first_other;
  for (guint i = 0; i < share->rows->len; i++)
    {
      TreeRow row = g_array_index (share->rows, TreeRow, i);
      if (row.n_others > 0 && row.other >= share->first_other)
        row.other += n_more;
      g_array_append_val (self->outer.rows, row);
    }
  g_array_append_vals (self->outer.others, share->others->data, share->others->len);
}

void
tree_row_search (const TreeExport *export, GArray **ret_rows, GArray **ret_others)
{
  RowSearch self = { .outer_rows = g_array_new (FALSE, FALSE, sizeof (OuterRow)) };
  /* Without all levels of the tree, they would be made by whoever comes first. */
  guint n_shares = export->limit > TREE_EXPORT_TEXT_LIMIT ? row_shares_choose (G_MAXSIZE, ROW_SHARES_MAXIMUM) : 1;
  row_walk_init (&self.outer, export, 0);
  push_children (&self.outer, POOL_TREE_ROOT, 0);
  take_waiting (&self);
  while (n_shares > 1 && self.outer_rows->len < SUBTREES && walk_outer_rows (&self))
    ;
  row_shares_run (self.outer_rows->len, n_shares, find_share, &self);
  for (guint share = 0; share < n_shares; share++)
    {
      join_share (&self, &self.shares[share]);
      row_walk_clear (&self.shares[share]);
    }
  *ret_rows = g_array_ref (self.outer.rows);
  *ret_others = g_array_ref (self.outer.others);
  row_walk_clear (&self.outer);
  g_array_unref (self.outer_rows);
}
