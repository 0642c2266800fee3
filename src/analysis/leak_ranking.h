/* Who leaks: the rows whose outstanding size grows over the whole trace; those with the verdict "growing" first, the
 * fastest before others. */
#pragma once

#include "analysis/pool_tree.h"

/* Where most of what a row grew by comes from. */
typedef enum
{
  LEAK_ORIGIN_MODULE,
  LEAK_ORIGIN_DRIVER,
  LEAK_ORIGIN_PROCESS,
  LEAK_ORIGIN_SERVICE,
  LEAK_N_ORIGINS
} LeakOrigin;

typedef struct
{
  const Dimension *grouping;      /* (array length=n_levels) */
  gsize n_levels;
  const char *const *expressions; /* (array zero-terminated=1) (nullable): filter; all must hold */
  guint64 minimum_bytes;          /* leave out rows that grew by less */
  gboolean only_growing;          /* only rows with that verdict, else all that grew */
  guint n_most;                   /* at most so many rows; 0: all */
} LeakQuery;

typedef struct
{
  char **key;               /* (owned) (array zero-terminated=1): a text per dimension, a stack's frames joined by ";" */
  RowMetrics metrics;
  double bytes_per_second;  /* growth by the ranking's growth_seconds */
  char *origins[LEAK_N_ORIGINS]; /* (owned) (nullable): NULL where the trace does not tell */
} LeakRow;

typedef struct
{
  Dimension *grouping; /* (array length=n_levels) (owned) */
  gsize n_levels;
  double growth_seconds; /* between the beginnings of the first and the last part of the range */
  GArray *rows;          /* (owned): of LeakRow */
} LeakRanking;

/* The blocks of the event recorder itself grow while it records and are never in the ranking.
 * Returns: (transfer full) (nullable): NULL with @error for a wrong expression, or when cancelled. */
LeakRanking *leak_ranking_new (PoolTrace *trace, FrameNames *names, const LeakQuery *query,
                               GCancellable *cancellable, GError **error);
void leak_ranking_free (LeakRanking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LeakRanking, leak_ranking_free)

/* Whether the event recorder allocates its own buffers with @tag: EtwB, EtwD, EtwR. */
gboolean pool_tag_is_recorders (guint32 tag);
/* The dimension that tells an origin. FALSE where there is none. */
gboolean leak_origin_get_dimension (LeakOrigin self, Dimension *ret_dimension);
