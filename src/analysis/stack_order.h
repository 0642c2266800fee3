/* All stacks of a trace in depth-first order of what their frames read: those with the same beginning stand together,
 * the shorter first. Stacks that read the same are one.
 */
#pragma once

#include "analysis/stack_reading.h"

#define STACK_ORDER_MAX_STEPS 32

typedef struct
{
  guint32 *ranks;  /* (array length=n stacks of the trace) (owned) */
  guint32 n_ranks;
  guint32 *stacks; /* (array length=n_ranks) (owned): one of each rank */
  /* (owned) (nullable), (array length=n_ranks): how many frames the stack of each rank has in common with the one
     before; then the least of that and the next, of four, of eight and so on */
  guint32 *common[STACK_ORDER_MAX_STEPS];
} StackOrder;

typedef struct _FrameNames FrameNames; /* frame_names.h */

/* (transfer full): of the stacks as @view shows them. */
StackOrder *stack_order_new (const FrameNames *names, const PoolTrace *trace, StackView view);
void stack_order_free (StackOrder *self);

/* Behind the last stack that has the same frame as that of @rank at @depth, and the same ones above: frames are counted
 * from the outermost, 0. */
guint32 stack_order_find_end (const StackOrder *self, guint32 rank, guint32 depth);
/* The first of these stacks. */
guint32 stack_order_find_start (const StackOrder *self, guint32 rank, guint32 depth);

/* How many frames the stacks of two ranks, the first the lower one, have in common from the outermost on. */
static inline guint32
stack_order_get_common (const StackOrder *self, guint32 first, guint32 second)
{
  guint step = g_bit_storage (second - first) - 1;
  return MIN (self->common[step][first + 1], self->common[step][second + 1 - ((guint32) 1 << step)]);
}
