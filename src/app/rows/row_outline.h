/* Rows of the table named by their texts, so that they are found again in another tree of the same trace: which are
 * open, and which is the current one. Plain data, in the order in which the table shows them.
 */
#pragma once

#include "app/rows/row_model.h"

/* More rows than this are not remembered: nobody opened them one by one. */
#define ROW_OUTLINE_MAX_ROWS 2000
/* Return addresses that are remembered of one frame. */
#define ROW_OUTLINE_MAX_PLACES 8

typedef struct
{
  guint depth;   /* 1 for a row of the first level; at most one more than that of the row before */
  char *text;    /* (owned) */
  char **places; /* (owned) (nullable) (array zero-terminated=1): of a frame named by symbols: its return addresses as
                    module+0xRVA, by which it is found where the symbols are missing */
  gboolean is_open, is_current;
} OutlineRow;

/* A GArray of OutlineRow. */
typedef GArray RowOutline;

RowOutline *row_outline_new (void);
/* The open rows of @rows and the current one, with all rows above them. (transfer full) */
RowOutline *row_outline_new_shown (RowModel *rows);
/* The row that @path (array zero-terminated=1) leads to as the current one; it and all above it open. (transfer full) */
RowOutline *row_outline_new_path (const char *const *path);
/* Takes over what @row owns. FALSE, and nothing is taken, where it cannot stand behind the rows there are. */
gboolean row_outline_add (RowOutline *self, const OutlineRow *row);

/* Looks for the rows in @values; any thread.
 * @openings: GArray of RowOpening; gets the rows to open with their children in @order, parents first.
 * @ret_current: the current row, or where it is not there the nearest one above it; the root for none.
 * Returns: whether the current row itself is there. */
gboolean row_outline_find (const RowOutline *self, const PoolTreeValues *values, PoolTreeOrder order, GArray *openings,
                           PoolTreeRow *ret_current);
