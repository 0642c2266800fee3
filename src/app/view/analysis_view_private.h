/* What the files of the analysis view share: analysis_view.c (its parts and their signals),
 * analysis_view_layout.c (their places), analysis_view_allocations.c (the single allocations under the table),
 * analysis_view_row.c (the current row in the graph), analysis_view_page.c (table or flame graph).
 */
#pragma once

#include "app/allocations/allocation_pane.h"
#include "app/graph/graph_kind.h"
#include "app/view/analysis_view.h"

struct _AnalysisView
{
  GtkWidget parent_instance;
  /* Template */
  GtkPaned *paned;
  GtkBox *graph_box;
  FindBar *find_bar;
  GtkPaned *table_paned;
  GtkStack *table_pages;
  TableView *table;
  FlamePage *flames;
  AllocationPane *allocations;
  GMenuModel *row_menu;

  GPtrArray *panes;                     /* (owned): the graphs in the template's graph_box, see analysis_view_graphs.c */
  GraphView *graph;                     /* the one that was used last */
  GtkWidget *row_popover, *menu_popover; /* (nullable) */
  TraceSession *session;                /* (owned) (nullable): until it is closed */
  char *title;                          /* (owned) */
  guint row_timer;
  const char *page; /* in the place of the table, see analysis_view_get_page() */
  double divider;       /* part of the room that the user gave the graph; 0 for what the settings say */
  gboolean divider_is_above; /* it is of the graph above the table, not beside it */
  RowOutline *awaited_rows;  /* (owned) (nullable): to be opened again once there are numbers */
  RowOutline *restored_rows; /* (owned) (nullable): those that were opened so */
  guint restored_generation; /* of the rows then, and */
  PoolTreeRow restored_cursor; /* the current one: as long as they are that, the user did nothing */
  gboolean hides_legend;
  TimeRange highlight; /* start and end are equal for none */
  gboolean is_narrow;
  gboolean is_stacked; /* graph above table, by wish or by width */
  gboolean is_placing; /* the divider is moved by us */
  gboolean is_turned; /* between beside and above, and not laid out since */
  gboolean hides_row_line; /* the current row has no line of its own in the graph, by wish */
};

/* Shows @text in the status line. */
void analysis_view_tell (AnalysisView *self, const char *text);
void analysis_view_emit_changed (AnalysisView *self);

/* analysis_view_graphs.c */
void analysis_view_graphs_init (AnalysisView *self);
/* The session is there, or gone. */
void analysis_view_graphs_set_session (AnalysisView *self);
void analysis_view_graphs_set_range (AnalysisView *self, TimeRange range);
void analysis_view_graphs_set_visible_range (AnalysisView *self, TimeRange visible);
void analysis_view_graphs_set_tree (AnalysisView *self, PoolTree *tree);
void analysis_view_graphs_set_row (AnalysisView *self, PoolTreeValues *values, const PoolTreeRow *row);
void analysis_view_graphs_update_axis (AnalysisView *self);

/* analysis_view_allocations.c */
void analysis_view_allocations_init (AnalysisView *self);

/* analysis_view_layout.c */
void analysis_view_layout_init (AnalysisView *self);

/* analysis_view_page.c */
void analysis_view_page_init (AnalysisView *self);

/* analysis_view_state.c */
/* There are numbers: opens the rows that are awaited. */
void analysis_view_restore_rows (AnalysisView *self);
/* The rows that were awaited are open. */
void analysis_view_note_restored (AnalysisView *self);
/* Rows get other names: those that were not found under the old ones may be found now. */
void analysis_view_restore_rows_again (AnalysisView *self);

/* analysis_view_row.c */
/* Draws the line of the current row, or none. */
void analysis_view_update_row (AnalysisView *self);
/* The same for new values of the same row, once no more of them come. */
void analysis_view_queue_update_row (AnalysisView *self);
