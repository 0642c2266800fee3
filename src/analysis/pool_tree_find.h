/* Finding rows of the table by a part of their text, open or not. */
#pragma once

#include "analysis/pool_tree.h"

/* Further rows are not looked for. */
#define POOL_TREE_MAX_MATCHES 10000

typedef struct
{
  const char *text;         /* not empty, UTF-8; the case of letters does not matter */
  gint column;              /* index in the grouping of the column to look in; -1: all */
  PoolTreeOrder order;      /* in which the rows are shown */
  PoolTreeRow from;         /* a row, or the root: the rows found are counted up to it */
} PoolTreeSearch;

/* The rows found; atomically reference counted. */
typedef struct
{
  GArray *rows;        /* (owned): of PoolTreeRow, from top to bottom, every row taken as open */
  guint n_before_from; /* of them above the row that was asked for; all of them when it lies behind the limit */
  gboolean has_from;   /* it is one of them, at n_before_from */
  gboolean is_limited; /* there may be more */
} PoolTreeMatches;

/* NULL when cancelled. */
PoolTreeMatches *pool_tree_values_find (const PoolTreeValues *self, const PoolTreeSearch *search,
                                        GCancellable *cancellable);
PoolTreeMatches *pool_tree_matches_ref (PoolTreeMatches *self);
void pool_tree_matches_unref (PoolTreeMatches *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTreeMatches, pool_tree_matches_unref)

/* The glob that matches the texts of those @matches that are in @column, by @text as they spell it: where they
 * spell it differently, by sets of letters. (transfer full) */
char *pool_tree_matches_dup_pattern (const PoolTreeMatches *self, const PoolTree *tree, guint column,
                                     const char *text);
