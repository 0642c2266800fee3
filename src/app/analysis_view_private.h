/* What the files of the analysis view share: analysis_view.c (its parts and their signals),
 * analysis_view_layout.c (their places), analysis_view_allocations.c (the single allocations under the table),
 * analysis_view_row.c (the current row in the graph), analysis_view_page.c (table or flame graph).
 */
#pragma once

#include "app/allocation_pane.h"
#include "app/analysis_view.h"

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

  GraphView *graph;                     /* in the template's graph_box */
  GtkWidget *row_popover, *menu_popover; /* (nullable) */
  TraceSession *session;                /* (owned) (nullable): until it is closed */
  char *title;                          /* (owned) */
  guint row_timer;
  const char *page; /* in the place of the table, see analysis_view_get_page() */
  gboolean is_narrow;
  gboolean is_stacked; /* graph above table, by wish or by width */
  gboolean is_placing; /* the divider is moved by us */
  gboolean hides_row_line; /* the current row has no line of its own in the graph, by wish */
};

/* Shows @text in the status line. */
void analysis_view_tell (AnalysisView *self, const char *text);

/* analysis_view_allocations.c */
void analysis_view_allocations_init (AnalysisView *self);

/* analysis_view_layout.c */
void analysis_view_layout_init (AnalysisView *self);

/* analysis_view_page.c */
void analysis_view_page_init (AnalysisView *self);

/* analysis_view_row.c */
/* Draws the line of the current row, or none. */
void analysis_view_update_row (AnalysisView *self);
/* The same for new values of the same row, once no more of them come. */
void analysis_view_queue_update_row (AnalysisView *self);
