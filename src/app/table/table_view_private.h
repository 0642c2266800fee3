#pragma once

#include "app/table/column_sort.h"
#include "app/table/row_tooltip.h"
#include "app/table/table_view.h"

struct _TableView
{
  GtkWidget parent_instance;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *columns_view;
  GtkLabel *empty_title, *empty_text;
  GtkButton *empty_button;

  TraceSession *session; /* (owned) (nullable) */
  TreeWalk *walk;        /* (owned) (nullable) */
  ColumnLayout layout;
  char *preset;                /* (owned) (nullable): id of the one that the layout comes from */
  GHashTable *columns;         /* (owned): name of a column to its GtkColumnViewColumn (owned) */
  RowTooltip *row_tooltip;     /* (owned) */
  GHashTable *bound;           /* (owned): set of bound GtkListItem, not owned */
  ColumnSort *sort;            /* (owned) */
  guint guard;                 /* > 0: changes of columns or sorter are our own */
  guint columns_idle, details_idle;
  gconstpointer seen_values; /* only compared: the values at the last refresh */
  GCancellable *details_cancellable; /* (owned) (nullable) */
  TableColumn pressed_column;
  gboolean has_pressed_column;
  guint focus_tries;
  gboolean takes_focus;
  guint focus_tick;
  GString *typed; /* (owned): letters of the type-ahead */
  guint type_ahead_timer;
  guint widths_timer;
};

/* table_view.c */
void table_view_tell (TableView *self, const char *text);

/* table_actions.c */
/* The actions of the header menus: "table.*". */
void table_actions_install (TableView *self);
void table_actions_update (TableView *self);

/* table_arrangement.c */
/* Shows the layout, remembers it and computes by it, in @order (nullable): NULL for the one there is, where its column
 * still is. */
void table_view_follow_layout (TableView *self, const PoolTreeOrder *order);

/* table_columns.c */
GtkColumnViewColumn *table_columns_get (TableView *self, TableColumn column); /* (transfer none) */
int table_columns_get_default_width (TableColumn column);
TableColumn table_columns_identify (GtkColumnViewColumn *column);
/* Makes the view show the layout, cells and headers in the same order. */
void table_columns_sync (TableView *self);
void table_columns_save (TableView *self);
void table_columns_load (TableView *self);
/* The user dragged a header: takes over the order, in an idle since the list is in between. */
void table_columns_watch (TableView *self);

/* table_headers.c */
GMenuModel *table_headers_create_menu (TableColumn column); /* (transfer full) */
/* Classes, labels and tooltips of the header buttons; after each change of columns. */
void table_headers_dress (TableView *self);

/* table_cells.c */
void table_cells_equip (TableView *self, GtkColumnViewColumn *column, TableColumn identity);
/* The cells of @column, equipped before, are from now on those of @identity, of the same kind; the next refresh shows
 * it. */
void table_cells_identify (GtkColumnViewColumn *column, TableColumn identity);
void table_cells_refresh (TableView *self);
/* Notes from now on in which column a button of the pointer was pressed last. */
void table_cells_watch (TableView *self);
/* (transfer none) (nullable): the row that @list_item shows. */
RowNode *table_cells_get_node (GtkListItem *list_item);

/* table_details.c */
/* A cell of @column shows @node (nullable): computes what it lacks, soon. */
void table_details_want (TableView *self, TableColumn column, const RowNode *node);
/* Computes what the rows on screen lack, soon. */
void table_details_queue (TableView *self);
/* The same for new values: what was being computed is void, and more of them may follow at once. */
void table_details_restart (TableView *self);
void table_details_stop (TableView *self);

/* table_sort.c */
void table_sort_init (TableView *self);
void table_sort_equip (TableView *self, GtkColumnViewColumn *column, TableColumn identity);
void table_sort_show_order (TableView *self, PoolTreeOrder order);

/* table_memory.c */
/* The remembered width of a column in logical pixels. */
int table_memory_get_width (TableColumn column, int default_width);
/* Remembers widths that the user gives to @column from now on, soon; flush does so at once. After that @column may
 * become another one, whose width the user has not changed: forget. */
void table_memory_watch (TableView *self, GtkColumnViewColumn *column);
void table_memory_flush (TableView *self);
void table_memory_forget (GtkColumnViewColumn *column);
void table_memory_save_order (PoolTreeOrder order);
/* The remembered order, or the default when its column is not in @layout. */
PoolTreeOrder table_memory_load_order (const ColumnLayout *layout);

/* table_type_ahead.c */
/* Takes a letter; FALSE when @key is none. */
gboolean table_type_ahead_key (TableView *self, guint key, GdkModifierType state);
/* Forgets what was typed; FALSE when nothing was. */
gboolean table_type_ahead_end (TableView *self);

/* table_keys.c */
void table_keys_init (TableView *self);
/* Rows went: GTK 4.8 leaves the focus on the one that had it, and the window gets no more keys. The current row takes
 * it. */
void table_keys_keep_focus (TableView *self);
