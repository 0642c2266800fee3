/* What the files of the pane share: allocation_pane.c (what is listed), allocation_cells.c (columns and cells),
 * allocation_keys.c (keys, focus and pointer), allocation_copy.c (the clipboard). */
#pragma once

#include "app/allocations/allocation_model.h"
#include "app/allocations/allocation_pane.h"
#include "app/allocations/allocation_query.h"
#include "app/table/column_sort.h"

struct _AllocationPane
{
  GtkWidget parent_instance;
  /* Template */
  GtkLabel *summary_label, *message_label;
  GtkSpinner *spinner;
  GtkStack *pages;
  GtkColumnView *view;
  GMenuModel *menu;

  TraceSession *session;   /* (owned) (nullable) */
  AllocationQuery *query;  /* (owned) */
  AllocationModel *model;  /* (owned) (nullable): what is shown */
  PoolTreeValues *values;  /* (owned) (nullable): of what is shown or being listed */
  GArray *rows;            /* (owned) (nullable): its rows, of PoolTreeRow */
  IntervalOrder order;
  GtkColumnViewColumn *columns[N_INTERVAL_COLUMNS]; /* (owned) */
  ColumnSort *sort;        /* (owned) */
  GHashTable *bound;       /* (owned): set of bound GtkListItem, not owned */
  GtkWidget *popover;      /* (nullable): the context menu */
  guint update_timer, busy_timer;
  guint focus_tick, focus_tries;
  gboolean takes_focus;
};

/* allocation_pane.c */
/* Sorts what is shown, and what will be. */
void allocation_pane_sort (AllocationPane *self, IntervalOrder order);
void allocation_pane_tell (AllocationPane *self, const char *text);

/* allocation_cells.c */
void allocation_cells_init (AllocationPane *self);
/* Shows the same allocations anew. */
void allocation_cells_refresh (AllocationPane *self);
/* Marks the column by which the list is sorted, and leaves out what would be the same in every row. */
void allocation_cells_show_list (AllocationPane *self, const IntervalList *list);

/* allocation_keys.c */
void allocation_keys_init (AllocationPane *self);
/* Goes to the cursor of the list, without one to its first row, and takes the focus there if @takes_focus. */
void allocation_keys_go_to_cursor (AllocationPane *self, gboolean takes_focus);
gboolean allocation_keys_has_focus (AllocationPane *self);

/* allocation_copy.c */
void allocation_copy_install (AllocationPane *self);
