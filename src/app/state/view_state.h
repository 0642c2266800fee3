/* What one view of a trace is like, as plain data: to be written to a file, and read from one of unknown origin.
 * Whatever was read is within bounds, but names of columns, measures and conditions may be unknown to this program.
 */
#pragma once

#include "analysis/time_range.h"
#include "app/rows/row_outline.h"

#include <json-glib/json-glib.h>

typedef struct
{
  char *column; /* (owned): see table_column_get_name() */
  int width_px;
} ColumnWidth;

typedef struct
{
  char *title;            /* (owned) (nullable): as the user named it */
  TimeRange range;        /* counted */
  TimeRange shown;        /* part of the trace that the graph shows; TIME_RANGE_WHOLE for all of it */
  char **conditions;      /* (owned): of the filter, see pool_condition_parse() */
  char **groups, **values; /* (owned): columns left and right of the gold bar, see column_layout_init() */
  GArray *widths;         /* (owned): of ColumnWidth, only those that the user changed */
  char *sort;             /* (owned) (nullable): sorted value column; NULL for the order of the texts */
  gboolean sort_is_ascending;
  char *measure;          /* (owned) (nullable): of the graph, as in the settings */
  char *page;             /* (owned) (nullable): in the place of the table: a flame graph, … */
  char **hidden_bands;    /* (owned): labels */
  char **graphs;          /* (owned): names of graphs beside that by groups, in their order */
  double divider;         /* part of the room that the graph has, 0 to 1; 0 where nobody moved it */
  gboolean divider_is_above; /* of the graph above the table */
  RowOutline *rows;       /* (owned): open rows and the current one */
} ViewState;

/* The whole trace, without filter, columns or rows. */
ViewState *view_state_new (void);
void view_state_free (ViewState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewState, view_state_free)

void view_state_write (const ViewState *self, JsonBuilder *builder);
ViewState *view_state_read (JsonObject *object);
