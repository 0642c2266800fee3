#pragma once

#include "app/butterfly_window.h"
#include "app/filter_bar.h"
#include "app/find_bar.h"
#include "app/graph_view.h"
#include "app/health_bar.h"
#include "app/start_page.h"
#include "app/summary_view.h"
#include "app/symbol_load.h"
#include "app/table_view.h"
#include "app/trace_load.h"
#include "app/window.h"

struct _PoolscopeWindow
{
  GtkApplicationWindow parent_instance;
  /* Template */
  GtkLabel *title_label, *subtitle_label;
  GtkMenuButton *recent_button, *range_button, *export_button;
  GtkStack *pages, *table_pages;
  HealthBar *health_bar;
  StartPage *start_page;
  SummaryView *summary;
  GtkLabel *error_title, *error_label;
  GtkWidget *open_another_button;
  GtkPaned *paned;
  GtkBox *graph_box;
  TableView *table;
  GtkLabel *progress_title, *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *status_bar;
  FilterBar *filter_bar;
  FindBar *find_bar;
  GtkLabel *message_label, *view_label;
  GtkWidget *symbol_button, *symbol_bar;
  GtkLabel *symbol_label;
  GMenuModel *row_menu;
  GMenu *presets_menu;

  GraphView *graph;       /* in the template's graph_box */
  GtkWidget *row_popover, *presets_popover; /* (nullable) */
  GFile *file;            /* (owned) (nullable) */
  TraceLoad *load;        /* (owned) (nullable): while loading */
  TraceSession *session;  /* (owned) (nullable): once loaded */
  GCancellable *attributing; /* (owned) (nullable): of the newest attribution being worked out */
  SymbolLoad *symbols;   /* (owned) (nullable): with the session */
  ButterflyWindow *butterfly; /* (weak) (nullable): callers and callees, while shown */
  guint progress_timer;
  guint message_timer;
  guint graph_row_timer;
  gboolean is_stacked; /* graph above table, by wish or by width */
  gboolean is_placing; /* the divider is moved by us */
  gboolean hides_row_line; /* the current row has no line of its own in the graph, by wish */
};

/* window_actions.c */
void window_actions_install (PoolscopeWindow *self);
/* Sets which actions can be used now. */
void window_actions_update (PoolscopeWindow *self);

/* window_attribution.c */
void window_attribution_install (PoolscopeWindow *self);
/* Tells which lists of tags could not be used. @problems: of char* */
void window_attribution_tell (PoolscopeWindow *self, GPtrArray *problems);

/* window_filter.c */
void window_filter_install (PoolscopeWindow *self);
void window_filter_update_actions (PoolscopeWindow *self);
/* The window's session is another one, or none. */
void window_filter_set_session (PoolscopeWindow *self);

/* window_graph_row.c */
/* Draws the line of the current row, or none. Needs a session. */
void window_graph_row_update (PoolscopeWindow *self);
/* The same for new values of the same row, once no more of them come. */
void window_graph_row_queue_update (PoolscopeWindow *self);
/* Switches the band of the current row on or off; the row's own line where it is in no band. */
void window_graph_row_toggle (PoolscopeWindow *self);

/* window_layout.c */
void window_layout_init (PoolscopeWindow *self);
/* Puts graph and table beside or above each other, as settings and width ask. */
void window_layout_update (PoolscopeWindow *self);
void window_layout_save (PoolscopeWindow *self);

/* window_presets.c */
void window_presets_install (PoolscopeWindow *self);
void window_presets_update_actions (PoolscopeWindow *self);

/* window_summary.c */
void window_summary_install (PoolscopeWindow *self);
void window_summary_update_actions (PoolscopeWindow *self);
/* The window's session is another one, or none: shows its summary, if the settings say so. */
void window_summary_set_session (PoolscopeWindow *self);
/* FALSE when it is closed already; _leave: also when the focus is elsewhere. */
gboolean window_summary_close (PoolscopeWindow *self);
gboolean window_summary_leave (PoolscopeWindow *self);

/* window_stacks.c */
void window_stacks_install (PoolscopeWindow *self);
void window_stacks_update_actions (PoolscopeWindow *self);
/* Closes what shows stacks of the session. */
void window_stacks_stop (PoolscopeWindow *self);

/* window_symbols.c */
/* Symbols come and go with the session. */
void window_symbols_start (PoolscopeWindow *self, PoolTrace *trace, FrameNames *names);
void window_symbols_stop (PoolscopeWindow *self);
void window_symbols_load (PoolscopeWindow *self);
void window_symbols_configure (PoolscopeWindow *self);
void window_symbols_show_modules (PoolscopeWindow *self);

/* window.c */
void window_show_message (PoolscopeWindow *self, const char *text);
void window_cancel_load (PoolscopeWindow *self);
void window_update_range (PoolscopeWindow *self);
