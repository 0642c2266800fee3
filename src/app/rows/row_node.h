/* The rows of the table that are open, as a tree of plain structs.
 *
 * Built in the worker, handed over as one pointer, changed by the main thread only. A node's children
 * are there only while it is, or was, open.
 */
#pragma once

#include "analysis/pool_tree.h"

typedef struct _RowNode RowNode;

/* What only the rows on screen need, and events must be looked at for. */
typedef struct
{
  MetricSet known;
  RowMetrics metrics; /* those of known */
  gboolean has_trend;
  guint64 trend_bytes[POOL_TREE_TREND_BINS]; /* if it has one: see pool_tree_values_get_metrics() */
} RowDetails;

struct _RowNode
{
  RowNode *parent;   /* NULL for the root, which is not shown */
  RowNode *children; /* (array length=n_children) (owned) (nullable) */
  guint32 n_children;
  guint32 position; /* in the list of visible rows; meaningless while not visible */
  PoolTreeRow row;
  PoolTreeSums sums;
  RowDetails *details; /* (owned) (nullable) */
  gpointer item;       /* (nullable): the row object that shows it */
  guint16 depth;       /* rows above it, the root not counted */
  guint16 indentation; /* steps in the stack column: only where paths part */
  guint8 is_open : 1;
  guint8 is_selected : 1;
  guint8 has_children : 1;
};

/* A set of rows; keys are copied. */
typedef GHashTable RowSet;
RowSet *row_set_new (void);
void row_set_add (RowSet *self, PoolTreeRow row);
gboolean row_set_contains (RowSet *self, PoolTreeRow row);

/* The root of @values with its children, and the children of every row in @open (nullable) that exists.
 * Returns: (transfer full) (nullable): NULL when cancelled. Any thread. */
RowNode *row_node_new_root (const PoolTreeValues *values, PoolTreeOrder order, RowSet *open,
                            GCancellable *cancellable);
void row_node_free_root (RowNode *root);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RowNode, row_node_free_root)

/* Gives @self its children: @rows (array length=n_rows), from pool_tree_values_get_children(). */
void row_node_set_children (RowNode *self, const PoolTreeValues *values, const PoolTreeRow *rows,
                            gsize n_rows);

/* (array fixed-size=POOL_TREE_TREND_BINS) (nullable): where it is not known yet. */
const guint64 *row_node_get_trend (const RowNode *self);
/* The value of a metric. FALSE where there is none, or none yet: see RowDetails. */
gboolean row_node_get_metric (const RowNode *self, Metric metric, gint64 *ret_value);

/* The node of @row among the nodes below @root, or NULL when it is not there. */
RowNode *row_node_find (RowNode *root, const PoolTree *tree, PoolTreeRow row);

/* Appends the visible descendants of @self (those below open nodes) to @ret_nodes (GPtrArray of RowNode, not
 * owned). */
void row_node_append_visible (RowNode *self, GPtrArray *ret_nodes);
