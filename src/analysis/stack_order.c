#include "analysis/stack_order.h"

#include <stdlib.h>

#include "analysis/frame_names.h"

typedef struct
{
  const FrameNames *names;
  const PoolTrace *trace;
  StackView view;
} Source;

static gsize
get_common (const Source *source, guint32 a, guint32 b)
{
  gsize n_a, n_b;
  const guint32 *frames_a = frame_names_get_stack (source->names, source->trace, source->view, a, &n_a);
  const guint32 *frames_b = frame_names_get_stack (source->names, source->trace, source->view, b, &n_b);
  gsize n_common = 0;
  while (n_common < n_a && n_common < n_b
         && (frames_a[n_common] == frames_b[n_common]
             || frame_names_get_text_id (source->names, frames_a[n_common])
                    == frame_names_get_text_id (source->names, frames_b[n_common])))
    n_common++;
  return n_common;
}

static int
compare_stacks (gconstpointer first, gconstpointer second, gpointer data)
{
  const Source *source = data;
  guint32 a = *(const guint32 *) first, b = *(const guint32 *) second;
  gsize n_a, n_b, n_common = get_common (source, a, b);
  const guint32 *frames_a = frame_names_get_stack (source->names, source->trace, source->view, a, &n_a);
  const guint32 *frames_b = frame_names_get_stack (source->names, source->trace, source->view, b, &n_b);
  if (n_common == n_a || n_common == n_b)
    return (n_a > n_b) - (n_a < n_b);
  return frame_names_get_text_id (source->names, frames_a[n_common])
                 < frame_names_get_text_id (source->names, frames_b[n_common])
             ? -1
             : 1;
}

/* Fills all steps but the first. */
static void
find_least_common (StackOrder *self)
{
  for (guint step = 1; self->n_ranks >> step > 0; step++)
    {
      guint32 half = (guint32) 1 << (step - 1);
      const guint32 *shorter = self->common[step - 1];
      guint32 *least = self->common[step] = g_new (guint32, self->n_ranks);
      for (guint32 rank = 0; rank + 2 * half <= self->n_ranks; rank++)
        least[rank] = MIN (shorter[rank], shorter[rank + half]);
    }
}

StackOrder *
stack_order_new (const FrameNames *names, const PoolTrace *trace, StackView view)
{
  Source source = { names, trace, view };
  gsize n_stacks = trace->n_stacks;
  StackOrder *self = g_new0 (StackOrder, 1);
  g_autofree guint32 *sorted = g_new (guint32, n_stacks + 1);
  self->ranks = g_new (guint32, n_stacks + 1);
  self->stacks = g_new (guint32, n_stacks + 1);
  self->common[0] = g_new0 (guint32, n_stacks + 1);
  for (guint32 stack = 0; stack < n_stacks; stack++)
    sorted[stack] = stack;
  if (n_stacks > 1)
    qsort_r (sorted, n_stacks, sizeof *sorted, compare_stacks, &source);
  for (gsize i = 0; i < n_stacks; i++)
    {
      gsize n_former, n_frames, n_common = i > 0 ? get_common (&source, sorted[i - 1], sorted[i]) : 0;
      frame_names_get_stack (names, trace, view, sorted[i > 0 ? i - 1 : 0], &n_former);
      frame_names_get_stack (names, trace, view, sorted[i], &n_frames);
      if (i == 0 || n_common < n_former || n_common < n_frames)
        {
          self->common[0][self->n_ranks] = (guint32) n_common;
          self->stacks[self->n_ranks++] = sorted[i];
        }
      self->ranks[sorted[i]] = self->n_ranks - 1;
    }
  find_least_common (self);
  return self;
}

/* Whether as many stacks behind that of @rank as @step says, as a power of two, all go on with its frame at @depth. */
static gboolean
goes_on (const StackOrder *self, gsize rank, guint step, guint32 depth)
{
  return rank + ((gsize) 1 << step) < self->n_ranks && self->common[step][rank + 1] > depth;
}

guint32
stack_order_find_end (const StackOrder *self, guint32 rank, guint32 depth)
{
  guint step = 0;
  /* Most have few stacks. */
  for (; goes_on (self, rank, step, depth); step++)
    rank += (guint32) 1 << step;
  while (step-- > 0)
    if (goes_on (self, rank, step, depth))
      rank += (guint32) 1 << step;
  return rank + 1;
}

guint32
stack_order_find_start (const StackOrder *self, guint32 rank, guint32 depth)
{
  guint step = 0;
  guint32 n;
  for (; (n = (guint32) 1 << step) <= rank && goes_on (self, rank - n, step, depth); step++)
    rank -= n;
  while (step-- > 0)
    if ((n = (guint32) 1 << step) <= rank && goes_on (self, rank - n, step, depth))
      rank -= n;
  return rank;
}

void
stack_order_free (StackOrder *self)
{
  for (guint step = 0; step < STACK_ORDER_MAX_STEPS; step++)
    g_free (self->common[step]);
  g_free (self->ranks);
  g_free (self->stacks);
  g_free (self);
}
