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
 * In most layers each leaf is a node. A stack has a node for each frame, numbered depth first, so that the subtree of a
 * node is a contiguous run too. Nodes of stacks are not stored but segments: frames that follow each other without a
 * branch. So there are about as many segments as leaves, though every leaf may have a stack of its own under it.
 *
 * A frame has two runs of leaves. The inclusive one holds all stacks that pass through the frame. The completed one
 * holds only the leaf of the stack that ends there, if there is one, for rows of later dimensions: the children of a
 * node are the values of the next dimension and the frames that continue the stack.
 */
#pragma once

#include "analysis/bit_ranks.h"
#include "analysis/pool_tree.h"

#define POOL_LEAF_NONE G_MAXUINT32

typedef struct
{
  guint32 first_node, n_nodes; /* each node but the first is the only child of the one before */
  guint32 parent;              /* of the first node */
  guint32 n_segments;          /* of the subtree, its own included: the next sibling is that far away */
  guint32 first_leaf;
  guint32 completed_end_leaf;  /* of the last node; nothing ends at the others */
  guint32 end_leaf;
  guint32 value;               /* place of the first frame in the level's stack rows */
} PoolTreeSegment;

/* The intervals of each leaf. */
typedef struct
{
  guint32 *starts;           /* (array length=n_leaves + 1): into rows */
  guint32 *rows;             /* intervals, ascending within a leaf */
} PoolLeafIndex;

/* One dimension of the skeleton, or the root, which is one leaf that has everything. */
typedef struct
{
  guint number;              /* 0 for the root */
  guint8 level;              /* dimensions of the grouping behind it, its own included */
  guint32 first_node, n_nodes;
  guint32 n_leaves;
  guint32 *leaf_of_site;     /* (owned) (nullable): when no dimension up to it knows anything below sites; POOL_LEAF_NONE
                                for sites that the filter leaves no interval */
  guint32 *leaf_of_context;  /* (owned) (nullable): when none knows anything but contexts; likewise */
  guint32 *leaf_of_interval; /* (owned) (nullable): else; POOL_LEAF_NONE for intervals that the filter excludes */
  guint32 *parents;          /* (array length=n_leaves) (owned): leaf of the layer above */
  guint32 *leaf_starts;      /* (array length=leaves above + 1) (owned): first leaf of each leaf above */

  /* Without stacks: */
  guint32 *values;           /* (array length=n_leaves) (owned): place in texts of each leaf, which is a node */
  char **texts;              /* (owned): in bytewise order, NULL-terminated */
  /* With stacks: */
  PoolTreeSegment *segments; /* (array length=n_segments) (owned), by first node */
  guint32 n_segments;
  BitRanks segment_ranks;    /* of first nodes, counted from that of the layer */
  guint32 *segment_starts;   /* (array length=leaves above + 1) (owned): first segment of each leaf above */
  guint32 *nodes;            /* (array length=n_leaves) (owned): where the stack of each leaf ends */

  PoolLeafIndex leaf_index;  /* made when first asked for; from then on it does not change */
} PoolTreeLayer;

/* One node, read out of its layer. */
typedef struct
{
  const PoolTreeLayer *layer;
  guint32 segment;             /* with stacks */
  guint32 parent;
  guint32 value;               /* text id of the frame, or place in texts */
  guint32 first_leaf, completed_end_leaf, end_leaf;
  gboolean is_last;            /* of its segment: its children are segments */
} PoolTreeNode;

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
  guint n_layers;            /* of the whole skeleton */
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

/* The leaf of interval @row, which the filter must let pass. */
static inline guint32
pool_tree_layer_get_leaf (const PoolTreeLayer *self, const PoolIntervals *intervals, gsize row)
{
  if (self->leaf_of_interval)
    return self->leaf_of_interval[row];
  if (self->leaf_of_site)
    return self->leaf_of_site[intervals->site[row]];
  return self->leaf_of_context ? self->leaf_of_context[intervals->context[row]] : 0;
}

static inline gboolean
pool_leaf_run_has_interval (PoolLeafRun run, const PoolIntervals *intervals, gsize row)
{
  guint32 leaf = pool_tree_layer_get_leaf (run.layer, intervals, row);
  return leaf >= run.first && leaf < run.end;
}

/* The rows of all stacks as the stack dimension of @level shows them. */
static inline const guint32 *
pool_tree_get_stack_rows (const PoolTree *self, guint level)
{
  return frame_names_get_stack_rows (self->names, self->trace,
                                     dimension_get_stack_view (self->grouping[level - 1]));
}

static inline guint32
pool_tree_layer_find_segment (const PoolTreeLayer *self, guint32 node)
{
  return bit_ranks_get (&self->segment_ranks, (gsize) (node - self->first_node) + 1) - 1;
}

/* The node where what is in @leaf ends. */
static inline guint32
pool_tree_layer_get_node (const PoolTreeLayer *self, guint32 leaf)
{
  return self->nodes ? self->nodes[leaf] : self->first_node + leaf;
}

/* NULL when it is not made yet. */
static inline const PoolTreeLayer *
pool_tree_peek_layer (const PoolTree *self, guint number)
{
  return g_atomic_pointer_get (&((PoolTree *) self)->layers[number]);
}

/* Makes it, and those before it, if nobody did yet. NULL with @error when cancelled, or when there is no number left for
 * its nodes; then pool_tree_new_at_range() told so already. */
const PoolTreeLayer *pool_tree_need_layer (PoolTree *self, guint number, GCancellable *cancellable, GError **error);

PoolTreeNode pool_tree_get_node (const PoolTree *self, guint32 node);

static inline PoolLeafRun
pool_tree_get_leaf_run (const PoolTree *self, PoolTreeRow row)
{
  PoolTreeNode node = pool_tree_get_node (self, row.node);
  return (PoolLeafRun){ node.layer, node.first_leaf,
                        row.level > node.layer->level ? node.completed_end_leaf : node.end_leaf };
}

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

/* The text of a row, and a number that orders rows of one column by text. (transfer none) */
const char *pool_tree_get_row_text (const PoolTree *self, PoolTreeRow row);
guint32 pool_tree_get_row_rank (const PoolTree *self, PoolTreeRow row);

/* (transfer none): made by the first call, by whichever thread. */
const PoolLeafIndex *pool_tree_get_leaf_index (PoolTree *self, const PoolTreeLayer *layer);

PoolTreeSums pool_tree_values_sum_leaves (const PoolTreeValues *self, PoolLeafRun run, PoolTypeMask types);

/* To be called before all rows of the tree are gone through: makes all layers, and the sums of many leaves are quicker
 * then. FALSE when cancelled. */
gboolean pool_tree_values_need_all (const PoolTreeValues *self, GCancellable *cancellable);

/* Children with intervals in the range, in no particular order. */
void pool_tree_values_append_children (const PoolTreeValues *self, PoolTreeRow row, GArray *ret_rows);

/* First index of @times (ascending, array length=n) at which the time is @time_ns or later. */
gsize pool_times_find (const gint64 *times_ns, gsize n, gint64 time_ns);
/* First place in the trace's free order at which an interval is freed at @time_ns or later. */
gsize pool_frees_find (const PoolIntervals *intervals, gint64 time_ns);
