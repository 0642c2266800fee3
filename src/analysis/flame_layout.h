/* Merged stacks as rectangles: one per frame and depth, as wide as what it weighs.
 *
 * Heavier ones stand further left. What would be narrower than the least width is merged into one rectangle at the right
 * end of its parent, so that the number of rectangles is bounded by width and depth and not by the trace.
 *
 * Zoomed into a frame, that frame and those it was called from are as wide as the whole.
 */
#pragma once

#include "analysis/flame_stacks.h"

typedef struct _FlameLayout FlameLayout; /* immutable; reference counted; any thread */

#define FLAME_NO_RECT G_MAXUINT32
#define FLAME_MAX_RECTS 100000 /* deeper ones are left out */

typedef struct
{
  double start, width;  /* parts of the layout's width, 0 to 1 */
  guint32 depth;        /* 0 for the one that holds all others */
  guint32 parent;       /* index, lower than its own; FLAME_NO_RECT for the first */
  guint32 text_id;      /* of the names; not of the first and of merged ones */
  guint32 n_merged;     /* how many rows were too narrow and are merged here, 0 for an ordinary one */
  guint64 weight;       /* in units of the metric */
  PoolTreeSums sums;
} FlameRect;

/* How to lay out. */
typedef struct
{
  Metric metric;           /* count, size or impacting: of the last only what grew has a width */
  double least_width;      /* part of the layout's width */
  const char *const *zoom; /* (array zero-terminated=1) (nullable): the texts from the outermost frame to the one to
                              zoom into; as far as they are there and have a weight */
} FlameOptions;

/* NULL with @error only when cancelled. */
FlameLayout *flame_layout_new (const FlameStacks *stacks, const FlameOptions *options, GCancellable *cancellable,
                               GError **error);
FlameLayout *flame_layout_ref (FlameLayout *self);
void flame_layout_unref (FlameLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlameLayout, flame_layout_unref)

/* Parents stand before children, depth by depth. (array length=ret_n_rects) (transfer none); none when nothing has
 * a weight. */
const FlameRect *flame_layout_get_rects (const FlameLayout *self, guint32 *ret_n_rects);
guint32 flame_layout_get_n_depths (const FlameLayout *self);
guint64 flame_layout_get_weight (const FlameLayout *self); /* of the first, all stacks, in units of the metric */
guint32 flame_layout_get_zoomed (const FlameLayout *self); /* the rectangle zoomed into, the first for none */
gboolean flame_layout_is_cut (const FlameLayout *self);    /* deeper ones were left out */
/* The text of an ordinary rectangle: (transfer none). */
const char *flame_layout_get_text (const FlameLayout *self, guint32 rect);
/* The texts from the outermost frame to the rectangle: (transfer full) (array zero-terminated=1). */
char **flame_layout_dup_path (const FlameLayout *self, guint32 rect);
/* The rectangle with that path, or FLAME_NO_RECT; the first for an empty path. */
guint32 flame_layout_find_path (const FlameLayout *self, const char *const *path);
/* The first of the rectangle's children, the heaviest, or FLAME_NO_RECT. */
guint32 flame_layout_get_first_child (const FlameLayout *self, guint32 rect);
/* The rectangle at @position (0 to 1) of @depth, or FLAME_NO_RECT. */
guint32 flame_layout_find (const FlameLayout *self, double position, guint32 depth);
