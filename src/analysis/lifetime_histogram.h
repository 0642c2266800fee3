/* How long blocks lived.
 *
 * Counted is each block that was freed in the range, [start, end), and whose allocation the trace has: its lifetime is
 * free - allocation, in ns. Blocks that were allocated before the trace, or whose allocation was lost, have no known
 * lifetime; blocks that live on at the end of the range have none yet. Both are told beside. A block
 * that the next allocation on its address ended, since its free was not seen, is taken to have lived until then.
 *
 * Classes are half-open: class 0 is [0, 1 us), class i up to 1 us * the i-th of 1, 2, 5, 10, 20, 50 …, the last one is
 * open.
 */
#pragma once

#include "analysis/pool_tree.h"

/* Up to 1 µs, 27 in nine decades, from 1000 s on. */
#define LIFETIME_N_CLASSES 29

typedef struct
{
  guint64 counts[LIFETIME_N_CLASSES];
  guint64 n_alive;   /* allocated in the trace before the end of the range, and not freed before it */
  guint64 n_unknown; /* freed in the range, allocated nobody knows when */
} LifetimeHistogram;

/* The first lifetime of a class in ns; for LIFETIME_N_CLASSES, G_MAXINT64. */
gint64 lifetime_class_get_start (guint lifetime_class);
guint lifetime_class_of (gint64 lifetime_ns);

/* Of the blocks that the filter of @tree lets through; @range may be open. FALSE with @error only when cancelled. */
gboolean lifetime_histogram_fill (LifetimeHistogram *ret_histogram, const PoolTree *tree, TimeRange range,
                                  GCancellable *cancellable, GError **error);
