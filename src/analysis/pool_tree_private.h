/* How tree and values are laid out, for the files that compute on them.
 *
 * The skeleton stands in layers: one for each dimension of the grouping that is not of the range, and the root before
 * them. A layer is made when rows of it are first asked for, for the whole of the trace, and does not change from then
 * on: so a new grouping costs no more than its first levels.
 *
 * A leaf of a layer is a set of intervals that none of the dimensions up to it separates. The leaves of a layer are
 * numbered so that those of one leaf of the layer above follow each other, in the order of their values. So any row
 * holds a contiguous run of leaves in its own layer and in every deeper one. A leaf may be empty.
 *
 * In most layers each leaf is a node. A stack has a node for each frame: stacks are in depth-first order, so the subtree
 * of a node is a contiguous run too. Such nodes are not stored: where the paths of stacks part is enough to find them.
 * A node goes by the first leaf of its subtree, and a frame also by its depth in the stacks.
 *
 * A frame has two runs of leaves. The inclusive one holds all stacks that pass through the frame. The completed one
 * holds only the leaf of the stack that ends there, if there is one, for rows of later dimensions: the children of a
 * node are the values of the next dimension and the frames that continue the stack.
 */
#pragma once

#include "analysis/pool_tree.h"

#define POOL_LEAF_NONE G_MAXUINT32
/* Passes over intervals read the leaves of so many at a time. */
#define POOL_TREE_BLOCK 1024

/* The intervals of each leaf. */
typedef struct
{
  guint32 *starts;           /* (array length=n_leaves + 1): into rows */
  guint32 *rows;             /* intervals, ascending within a leaf */
} PoolLeafIndex;

typedef struct _PoolLeafNumbers PoolLeafNumbers; /* pool_tree_leaves.h */

/* One dimension of the skeleton, or the root, which is one leaf that has everything. */
typedef struct
{
  guint number;              /* 0 for the root */
  guint8 level;              /* dimensions of the grouping behind it, its own included */
  guint32 n_leaves;
  guint32 *leaf_of_site;     /* (owned) (nullable): when no dimension up to it knows anything below sites; POOL_LEAF_NONE
                                for sites that the filter leaves no interval */
  guint32 *leaf_of_context;  /* (owned) (nullable): when none knows anything but contexts; likewise */
  PoolLeafNumbers *numbers; /* (owned) (nullable): else, unless there is a column from the beginning */
  guint32 *leaf_of_interval; /* (owned) (nullable) (atomic): then, or when it is first asked for; POOL_LEAF_NONE for
                                intervals that the filter excludes */
  guint32 *parents;          /* (array length=n_leaves) (owned) (nullable) (atomic): leaf of the layer above; while there is
                                no column, numbers tell */
  guint32 *leaf_starts;      /* (array length=leaves above + 1) (owned): first leaf of each leaf above */
  guint32 *values;           /* (array length=n_leaves) (owned) (nullable) (atomic): place in texts, or rank in stacks;
                                likewise */
  char **texts;              /* (owned) (nullable): in bytewise order, NULL-terminated */
  const StackOrder *stacks;  /* (nullable): in the place of texts; of the tree's names */

  PoolLeafIndex leaf_index;  /* made when first asked for; from then on it does not change */
} PoolTreeLayer;

typedef struct _PoolRangeSums PoolRangeSums; /* pool_range_sums.h */

struct _PoolTree
{
  gatomicrefcount references;
  PoolTrace *trace;
  FrameNames *names;
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels;
  guint8 layer_of_level[POOL_TREE_MAX_LEVELS + 1]; /* number of the layer that a level, counted from 1, makes; 0 for
                                                      dimensions of the range */
  guint8 layer_at_level[POOL_TREE_MAX_LEVELS + 2]; /* of the rows of a level: the last one made up to there; one level
                                                      more than there are is for completed stacks of the last */
  guint n_layers;            /* of the whole skeleton */
  guint window_bits;         /* of the sums of leaves: see PoolLayerSums */
  DimensionSource source;    /* trace, names, and the end at which ages are taken */
  gboolean depends_on_end;   /* the grouping or the filter asks for ages */
  PoolSelection selection;
  GMutex mutex;              /* of whoever makes a layer or a leaf index */
  PoolTreeLayer *layers[POOL_TREE_MAX_LEVELS + 1]; /* (owned) (nullable) (atomic): made one after the other */
  PoolRangeSums *kept_sums;  /* (owned) (nullable) (atomic): of values that nobody needs any more */
};

/* Of some leaves, what looks like an event though none was seen. */
typedef struct
{
  guint32 n_allocs;          /* blocks of which only the free was seen */
  guint32 n_frees_of_inside; /* blocks that an allocation on their address ended: allocated inside the range */
  guint32 n_frees_of_before; /* the same, allocated before it */
} PoolLeafUnseen;

typedef struct
{
  GMutex mutex;
  /* By layer, (array length=n_leaves + 1) (nullable): of all leaves before a leaf; looked for by the first call that
     needs it, does not change from then on */
  PoolLeafUnseen *before_leaf[POOL_TREE_MAX_LEVELS + 1];
} PoolTreeUnseen;

struct _PoolTreeValues
{
  gatomicrefcount references;
  PoolTree *tree;
  TimeRange range, span;  /* span: its ends closed */
  gsize first_inside;  /* first interval allocated at or after the range's start (at most end_interval) */
  gsize end_interval;  /* first interval allocated at or after the range's end */
  PoolRangeSums *sums; /* (owned) */
  PoolTreeUnseen *unseen; /* (owned) */
};

typedef struct
{
  const PoolTreeLayer *layer;
  guint32 first, end;
} PoolLeafRun;

/* Of intervals of one type. */
typedef struct
{
  guint64 count, size_bytes;
} PoolLeafSums;

guint32 pool_leaf_numbers_get_parent (const PoolLeafNumbers *self, guint32 leaf);
guint32 pool_leaf_numbers_get_value (const PoolLeafNumbers *self, guint32 leaf);
guint32 pool_leaf_numbers_find (const PoolLeafNumbers *self, const PoolIntervals *intervals, gsize row);

/* The leaf of the layer above, and the place in texts or rank in stacks. */
static inline guint32
pool_tree_layer_get_parent (const PoolTreeLayer *self, guint32 leaf)
{
  const guint32 *parents = g_atomic_pointer_get (&((PoolTreeLayer *) self)->parents);
  return parents ? parents[leaf] : pool_leaf_numbers_get_parent (self->numbers, leaf);
}

static inline guint32
pool_tree_layer_get_value (const PoolTreeLayer *self, guint32 leaf)
{
  const guint32 *values = g_atomic_pointer_get (&((PoolTreeLayer *) self)->values);
  return values ? values[leaf] : pool_leaf_numbers_get_value (self->numbers, leaf);
}

/* The leaf of interval @row, which the filter must let pass. Many at a time are quicker by pool_tree_read_leaves(), and in
 * no order when pool_tree_need_leaf_column() was called before. */
static inline guint32
pool_tree_layer_get_leaf (const PoolTreeLayer *self, const PoolIntervals *intervals, gsize row)
{
  const guint32 *column = g_atomic_pointer_get (&((PoolTreeLayer *) self)->leaf_of_interval);
  if (column != NULL)
    return column[row];
  if (self->leaf_of_site)
    return self->leaf_of_site[intervals->site[row]];
  if (self->leaf_of_context)
    return self->leaf_of_context[intervals->context[row]];
  return self->numbers ? pool_leaf_numbers_find (self->numbers, intervals, row) : 0;
}

static inline gboolean
pool_leaf_run_has_interval (PoolLeafRun run, const PoolIntervals *intervals, gsize row)
{
  guint32 leaf = pool_tree_layer_get_leaf (run.layer, intervals, row);
  return leaf >= run.first && leaf < run.end;
}

static inline PoolTreeSums
pool_tree_sums_of_types (const PoolLeafSums by_type[POOL_N_TYPES])
{
  PoolTreeSums sums = { 0, 0, 0 };
  for (guint type = 0; type < POOL_N_TYPES; type++)
    {
      sums.count += by_type[type].count;
      sums.size_bytes += by_type[type].size_bytes;
    }
  sums.impacting_bytes = (gint64) (by_type[POOL_TYPE_AIFO].size_bytes - by_type[POOL_TYPE_AOFI].size_bytes);
  return sums;
}

/* NULL when it is not made yet. */
static inline const PoolTreeLayer *
pool_tree_peek_layer (const PoolTree *self, guint number)
{
  return g_atomic_pointer_get (&((PoolTree *) self)->layers[number]);
}

/* Makes it, and those before it, if nobody did yet. NULL with @error when cancelled. */
const PoolTreeLayer *pool_tree_need_layer (PoolTree *self, guint number, GCancellable *cancellable, GError **error);

/* Makes leaf_of_interval of @layer where it is needed for pool_tree_layer_get_leaf() to be quick. */
void pool_tree_need_leaf_column (PoolTree *self, const PoolTreeLayer *layer);

/* Makes parents and values of the layers down to @deepest, for who goes through very many leaves. */
void pool_tree_need_leaf_lists (PoolTree *self, const PoolTreeLayer *deepest);

/* The layer whose leaves @row holds. */
static inline const PoolTreeLayer *
pool_tree_get_layer (const PoolTree *self, PoolTreeRow row)
{
  return pool_tree_peek_layer (self, self->layer_at_level[row.level]);
}

/* The frames of the stack of @leaf, of a layer of stacks, as its dimension shows them: there is at least one. */
static inline const guint32 *
pool_tree_get_frames (const PoolTree *self, const PoolTreeLayer *layer, guint32 leaf, gsize *ret_n_frames)
{
  return frame_names_get_stack (self->names, self->trace,
                                dimension_get_stack_view (self->grouping[layer->level - 1]),
                                layer->stacks->stacks[pool_tree_layer_get_value (layer, leaf)], ret_n_frames);
}

/* All intervals of @row; and those that end at its node, which is what rows of later dimensions hold of it. */
PoolLeafRun pool_tree_get_leaf_run (const PoolTree *self, PoolTreeRow row);
PoolLeafRun pool_tree_get_completed_run (const PoolTree *self, PoolTreeRow row);
/* The row of the node where what is in @leaf ends, of all types. */
PoolTreeRow pool_tree_get_leaf_row (const PoolTree *self, const PoolTreeLayer *layer, guint32 leaf);

/* The deepest of the layers that @rows lie in; the root's without rows. */
const PoolTreeLayer *pool_tree_get_deepest_layer (const PoolTree *self, const PoolTreeRow *rows, gsize n_rows);
/* The same intervals as leaves of @layer, which is the run's or a deeper one. */
PoolLeafRun pool_tree_lower_leaf_run (const PoolTree *self, PoolLeafRun run, const PoolTreeLayer *layer);
/* The leaves of @layer, which is that of the row or a deeper one. */
PoolLeafRun pool_tree_get_leaf_run_in (const PoolTree *self, PoolTreeRow row, const PoolTreeLayer *layer);

/* The types that intervals of @row can have: its own without those that the filter excludes. */
static inline PoolTypeMask
pool_tree_get_row_types (const PoolTree *self, PoolTreeRow row)
{
  return row.types & self->selection.types;
}

/* The text id of a frame, or the place of another value in the texts of its layer; not of dimensions of the range. */
guint32 pool_tree_get_row_value (const PoolTree *self, PoolTreeRow row);
/* The text of a row, and a number that orders rows of one column by text. (transfer none) */
const char *pool_tree_get_row_text (const PoolTree *self, PoolTreeRow row);
guint32 pool_tree_get_row_rank (const PoolTree *self, PoolTreeRow row);

/* (transfer none): made by the first call, by whichever thread. */
const PoolLeafIndex *pool_tree_get_leaf_index (PoolTree *self, const PoolTreeLayer *layer);

/* The sums of the leaves of @run, of those @types that the filter lets pass; by type (array fixed-size=POOL_N_TYPES) the
 * other types have none. */
void pool_tree_values_sum_leaves_by_type (const PoolTreeValues *self, PoolLeafRun run, PoolTypeMask types,
                                          PoolLeafSums ret_sums[POOL_N_TYPES]);
PoolTreeSums pool_tree_values_sum_leaves (const PoolTreeValues *self, PoolLeafRun run, PoolTypeMask types);

/* First index of @times (ascending, array length=n) at which the time is @time_ns or later. */
gsize pool_times_find (const gint64 *times_ns, gsize n, gint64 time_ns);
/* First place in the trace's free order at which an interval is freed at @time_ns or later. */
gsize pool_frees_find (const PoolIntervals *intervals, gint64 time_ns);
