/* What the pointer over the text of a row tells: the whole text and what belongs to it but not into it.
 *
 * Each dimension tells its own. What has to be looked for is looked for in a worker: the tooltip shows the text
 * at once and grows when the rest is known.
 */
#pragma once

#include <gtk/gtk.h>

#include "analysis/pool_tree.h"

typedef struct _RowTooltip RowTooltip;

RowTooltip *row_tooltip_new (void);
void row_tooltip_free (RowTooltip *self);
/* Forgets the row that was last asked for, and its values. */
void row_tooltip_forget (RowTooltip *self);
/* Answers "query-tooltip" of @widget, which shows the text of @row. Returns TRUE: there is always something. */
gboolean row_tooltip_query (RowTooltip *self, PoolTreeValues *values, PoolTreeRow row, GtkWidget *widget,
                            GtkTooltip *tooltip);

/* The whole text: (transfer full) (nullable): NULL when cancelled. Looks at every interval: for the worker. */
char *row_tooltip_dup_text (PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable);
