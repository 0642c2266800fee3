#pragma once

#include "app/find/filter_bar.h"
#include "app/graph/graph_explorer.h"
#include "app/health/health_bar.h"
#include "app/health/summary_view.h"
#include "app/session/symbol_load.h"
#include "app/session/trace_load.h"
#include "app/stacks/butterfly_window.h"
#include "app/view/analysis_view.h"
#include "app/window/failure_view.h"
#include "app/window/load_view.h"
#include "app/window/start_page.h"
#include "app/window/window.h"

struct _PoolscopeWindow
{
  GtkApplicationWindow parent_instance;
  /* Template */
  GtkLabel *title_label, *subtitle_label;
  GtkMenuButton *recent_button, *range_button, *export_button;
  GtkStack *pages;
  HealthBar *health_bar;
  StartPage *start_page;
  LoadView *load_view;
  SummaryView *summary;
  GtkNotebook *views; /* of AnalysisView */
  GraphExplorer *explorer;
  GtkWidget *explorer_edge;
  FailureView *failure_view;
  GtkWidget *status_bar;
  FilterBar *filter_bar;
  GtkLabel *message_label, *view_label;
  GtkWidget *symbol_button, *symbol_bar;
  GtkLabel *symbol_label;
  GMenu *presets_menu;
  char *shown_presets; /* (owned) (nullable): what the menu was last filled with */

  GFile *file;       /* (owned) (nullable) */
  TraceLoad *load;   /* (owned) (nullable): while loading */
  PoolTrace *trace;  /* (owned) (nullable): once loaded; its views share it */
  FrameNames *names; /* (owned) (nullable): with the trace */
  GCancellable *attributing; /* (owned) (nullable): of the newest attribution being worked out */
  GCancellable *copying; /* (owned) (nullable): of the last copy, while the worker makes it */
  SymbolLoad *symbols;   /* (owned) (nullable): with the trace */
  ButterflyWindow *butterfly; /* (weak) (nullable): callers and callees, while shown */
  TimeRange highlight; /* in the graphs of all views; start and end are equal for none */
  guint n_made_views;
  guint message_timer;
  guint state_timer;
  char *notes;       /* (owned) (nullable): of the user on the trace */
  char *saved_state; /* (owned) (nullable): as it was written last */
};

/* window_actions.c */
void window_actions_install (PoolscopeWindow *self);
/* Sets which actions can be used now. */
void window_actions_update (PoolscopeWindow *self);
/* Lets the window's action @name be used or not. */
void window_actions_set_enabled (PoolscopeWindow *self, const char *name, gboolean is_enabled);

/* window_attribution.c */
void window_attribution_install (PoolscopeWindow *self);
/* Tells which lists of tags could not be used. @problems: of char* */
void window_attribution_tell (PoolscopeWindow *self, GPtrArray *problems);

/* window_explorer.c */
void window_explorer_install (PoolscopeWindow *self);
void window_explorer_update_actions (PoolscopeWindow *self);
/* Another page, trace or view is shown. */
void window_explorer_update (PoolscopeWindow *self);
/* Whether the Graph Explorer is shown. */
gboolean window_explorer_is_open (PoolscopeWindow *self);

/* window_filter.c */
void window_filter_install (PoolscopeWindow *self);
void window_filter_update_actions (PoolscopeWindow *self);

/* window_folds.c */
void window_folds_install (PoolscopeWindow *self);
void window_folds_update_actions (PoolscopeWindow *self);

/* window_layout.c */
void window_layout_init (PoolscopeWindow *self);
/* Tells the parts how much room the window's width gives them. */
void window_layout_update (PoolscopeWindow *self);
/* Remembers the size of the window for the next one. */
void window_layout_save (PoolscopeWindow *self);

/* window_parts.c */
void window_parts_install (PoolscopeWindow *self);
void window_parts_update_actions (PoolscopeWindow *self);

/* window_presets.c */
void window_presets_install (PoolscopeWindow *self);
void window_presets_update_actions (PoolscopeWindow *self);
void window_presets_clear (PoolscopeWindow *self);

/* window_summary.c */
void window_summary_install (PoolscopeWindow *self);
void window_summary_update_actions (PoolscopeWindow *self);
/* The window's trace is another one, or none: shows its summary, if the settings say so. */
void window_summary_set_trace (PoolscopeWindow *self);
/* FALSE when it is closed already; _leave: also when the focus is elsewhere. */
gboolean window_summary_close (PoolscopeWindow *self);
gboolean window_summary_leave (PoolscopeWindow *self);

/* window_state.c */
void window_state_install (PoolscopeWindow *self);
void window_state_update_actions (PoolscopeWindow *self);
/* The trace has its first view: puts back what is remembered of it, and remembers it from now on. */
void window_state_restore (PoolscopeWindow *self);
/* Nothing where it is as it was saved last. */
void window_state_save (PoolscopeWindow *self);
/* The trace is about to go. */
void window_state_stop (PoolscopeWindow *self);

/* window_stacks.c */
void window_stacks_install (PoolscopeWindow *self);
void window_stacks_update_actions (PoolscopeWindow *self);
/* The selected frame of the flame graph where that is shown, else the current row where it is a frame.
 * (transfer full) (nullable) */
char *window_dup_current_frame (PoolscopeWindow *self, Dimension *ret_dimension);
/* The flame graph where it stands in the place of the table. (transfer none) (nullable) */
FlamePage *window_get_flames (PoolscopeWindow *self);
/* Closes what shows stacks of @session, which is about to go. */
void window_stacks_stop (PoolscopeWindow *self, TraceSession *session);

/* window_symbols.c */
/* Symbols come and go with the trace. */
void window_symbols_start (PoolscopeWindow *self);
void window_symbols_stop (PoolscopeWindow *self);
/* Loads symbols along the path of the settings; asks before the first use of the network. */
void window_symbols_load (PoolscopeWindow *self);
/* Opens the window of symbol paths. */
void window_symbols_configure (PoolscopeWindow *self);
/* Opens the window of modules. */
void window_symbols_show_modules (PoolscopeWindow *self);

/* window_trace.c */
/* Lets the trace go, with all that shows it; stops reading one. */
void window_drop_trace (PoolscopeWindow *self);
/* Stops reading, where a trace is being read, and shows the start page. */
void window_cancel_load (PoolscopeWindow *self);

/* window_views.c */
/* The view that is shown, and its parts; (transfer none) (nullable): all NULL without a trace. */
AnalysisView *window_get_view (PoolscopeWindow *self);
TraceSession *window_get_session (PoolscopeWindow *self);
GraphView *window_get_graph (PoolscopeWindow *self);
TableView *window_get_table (PoolscopeWindow *self);
FindBar *window_get_find_bar (PoolscopeWindow *self);
/* Its current row; (nullable). */
RowNode *window_get_cursor (PoolscopeWindow *self);
void window_views_init (PoolscopeWindow *self);
void window_views_update_actions (PoolscopeWindow *self);
/* Shows the trace in a new view. */
void window_views_add (PoolscopeWindow *self);
/* The trace is about to go. */
void window_views_close_all (PoolscopeWindow *self);
/* Frames are named anew in all views. */
void window_views_set_names (PoolscopeWindow *self, FrameNames *names);
/* Marks a time in the graphs of all views; start and end equal: none. */
void window_views_set_highlight (PoolscopeWindow *self, TimeRange highlight);
/* Whether the window is too narrow for graph and table side by side. */
void window_views_set_narrow (PoolscopeWindow *self, gboolean is_narrow);

/* window.c */
/* Tells @text in the status line for some seconds. */
void window_show_message (PoolscopeWindow *self, const char *text);
/* @name of the trace, or the program's (NULL); @subtitle (nullable) below it. */
void window_set_title (PoolscopeWindow *self, const char *name, const char *subtitle);
/* Shows a page of the template's stack: "start", "load", "trace" or "error". */
void window_show_page (PoolscopeWindow *self, const char *page);
/* The range of the view, or what its graph shows, is another. */
void window_update_range (PoolscopeWindow *self);
