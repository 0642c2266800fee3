/* How tree and values are laid out, for the files that compute on them.
 *
 * Nodes are numbered depth first, so that the subtree of a node is the contiguous run of nodes up to its
 * end, and a node's intervals are a contiguous run of leaves. A leaf is a set of intervals that no
 * grouping separates: all that end at one node of the last skeleton level. The sums of any row are then
 * the difference of two prefix sums over the leaves, and nothing is added up per node.
 *
 * Nodes themselves are not stored but segments: frames of a stack that follow each other without a branch
 * are one segment, any other node is one of its own. So there are about as many segments as leaves, though
 * every leaf may have a stack of its own under it.
 *
 * A node of a stack level has two runs of leaves. The inclusive one holds all stacks that pass through the
 * frame. The completed one holds only the stacks that end there, for rows of later dimensions: the children
 * of a node come in the order next dimension first, then the frames that continue the stack.
 */
#pragma once

#include "analysis/pool_tree.h"

#define POOL_LEAF_NONE G_MAXUINT32

typedef struct
{
  guint32 first_node, n_nodes; /* each node but the first is the only child of the one before */
  guint32 parent;              /* of the first node */
  guint32 end;                 /* first node behind the subtree */
  guint32 n_segments;          /* of the subtree, its own included: the next sibling is that far away */
  guint32 first_leaf;
  guint32 completed_end_leaf;  /* of the last node; nothing ends at the others */
  guint32 end_leaf;
  guint32 value; /* of a stack: place of the first frame in the level's stack rows; else in level_texts */
  guint8 level;                /* dimensions of the grouping behind it, its own included; 0 for the root */
} PoolTreeSegment;

/* One node, read out of its segment. */
typedef struct
{
  guint32 segment;
  guint32 parent;
  guint32 value;               /* text id of the frame, or place in level_texts */
  guint32 first_leaf, completed_end_leaf, end_leaf;
  guint8 level;
  gboolean is_last;            /* of its segment: its children are segments */
} PoolTreeNode;

/* There is a hint for every so many nodes. */
#define POOL_TREE_HINT_NODES 64

/* The intervals of each leaf. */
typedef struct
{
  guint32 *starts;           /* (array length=n_leaves + 1): into rows */
  guint32 *rows;             /* intervals, ascending within a leaf */
} PoolLeafIndex;

typedef struct _PoolRangeSums PoolRangeSums; /* pool_range_sums.h */

struct _PoolTree
{
  gatomicrefcount references;
  PoolTrace *trace;
  FrameNames *names;
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels;
  DimensionSource source;    /* trace, names, and the end at which ages are taken */
  gboolean depends_on_end;   /* the grouping or the filter asks for ages */
  PoolSelection selection;
  char **level_texts[POOL_TREE_MAX_LEVELS]; /* in bytewise order, NULL-terminated; NULL for stacks and
                                               dimensions of the range */
  PoolTreeSegment *segments; /* (array length=n_segments), by first node; the root is alone in the first */
  guint32 n_segments;
  guint32 n_nodes;
  guint32 *segment_hints;    /* (array length=n_nodes / POOL_TREE_HINT_NODES + 2): segment of each so many-th
                                node, or the last segment */
  guint32 n_leaves;
  guint32 *leaf_of_site;     /* (nullable): when the grouping knows nothing below sites */
  guint32 *leaf_of_interval; /* (nullable): else; POOL_LEAF_NONE for intervals that the filter excludes */
  GMutex leaf_index_mutex;
  PoolLeafIndex leaf_index;  /* made when first asked for; from then on it does not change */
  PoolRangeSums *kept_sums;  /* (owned) (nullable) (atomic): of values that nobody needs any more */
};

typedef struct
{
  guint64 count, size_bytes;
} PoolLeafSums;

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
  gboolean is_known;           /* looked for by the first call that needs it; does not change from then on */
  PoolLeafUnseen *before_leaf; /* (array length=n_leaves + 1) (nullable): of all leaves before a leaf */
} PoolTreeUnseen;

struct _PoolTreeValues
{
  gatomicrefcount references;
  PoolTree *tree;
  TimeRange range, span;  /* span: its ends closed */
  gsize first_inside;  /* first interval allocated at or after the range's start (at most end_interval) */
  gsize end_interval;  /* first interval allocated at or after the range's end */
  PoolRangeSums *sums; /* (owned) */
  /* (array length=(n_leaves + 1) * POOL_N_TYPES) (owned) (nullable) (atomic): sums of all leaves before a leaf, by
     type; made when all rows are asked for */
  PoolLeafSums *prefix;
  PoolTreeUnseen *unseen; /* (owned) */
};

typedef struct
{
  guint32 first, end;
} PoolLeafRun;

/* The leaf of interval @row, which the filter must let pass. */
static inline guint32
pool_tree_get_leaf (const PoolTree *self, gsize row)
{
  return self->leaf_of_interval ? self->leaf_of_interval[row]
                                : self->leaf_of_site[self->trace->intervals.site[row]];
}

/* The rows of all stacks as the stack dimension of @level shows them. */
static inline const guint32 *
pool_tree_get_stack_rows (const PoolTree *self, guint level)
{
  return frame_names_get_stack_rows (self->names, self->trace,
                                     dimension_get_stack_view (self->grouping[level - 1]));
}

static inline guint32
pool_tree_find_segment (const PoolTree *self, guint32 node)
{
  guint32 begin = self->segment_hints[node / POOL_TREE_HINT_NODES];
  guint32 last = self->segment_hints[node / POOL_TREE_HINT_NODES + 1];
  while (begin < last)
    {
      guint32 middle = begin + (last - begin + 1) / 2;
      if (self->segments[middle].first_node <= node)
        begin = middle;
      else
        last = middle - 1;
    }
  return begin;
}

PoolTreeNode pool_tree_get_node (const PoolTree *self, guint32 node);

static inline PoolLeafRun
pool_tree_get_leaf_run (const PoolTree *self, PoolTreeRow row)
{
  PoolTreeNode node = pool_tree_get_node (self, row.node);
  return (PoolLeafRun){ node.first_leaf, row.level > node.level ? node.completed_end_leaf : node.end_leaf };
}

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
const PoolLeafIndex *pool_tree_get_leaf_index (PoolTree *self);

/* Fills level_texts, the segments, n_nodes, n_leaves and the leaf column. FALSE with @error. */
gboolean pool_tree_build (PoolTree *self, GCancellable *cancellable, GError **error);

/* To be called before all rows of the tree are gone through: the sums of many leaves are quicker then. */
void pool_tree_values_need_prefix (const PoolTreeValues *self);

/* Children with intervals in the range, in no particular order. */
void pool_tree_values_append_children (const PoolTreeValues *self, PoolTreeRow row, GArray *ret_rows);

/* First index of @times (ascending, array length=n) at which the time is @time_ns or later. */
gsize pool_times_find (const gint64 *times_ns, gsize n, gint64 time_ns);
/* First place in the trace's free order at which an interval is freed at @time_ns or later. */
gsize pool_frees_find (const PoolIntervals *intervals, gint64 time_ns);
