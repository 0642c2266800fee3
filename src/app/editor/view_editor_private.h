/* What the files of the View Editor share: view_editor.c (following the table), view_editor_columns.c (the list of columns
 * and what is done with them), view_editor_sort.c. */
#pragma once

#include "app/editor/preset_pane.h"

#define VIEW_TYPE_EDITOR (view_editor_get_type ())
G_DECLARE_FINAL_TYPE (ViewEditor, view_editor, VIEW, EDITOR, GtkWindow)

struct _ViewEditor
{
  GtkWindow parent_instance;
  /* Template */
  GtkListBox *list;
  GtkDropDown *sort_drop_down, *direction_drop_down;
  GtkLabel *message_label;
  PresetPane *presets;

  TableView *table;         /* (weak) (nullable): until it goes */
  ColumnLayout old_layout;  /* when the editor was opened */
  PoolTreeOrder old_order;
  char *old_preset;         /* (owned) (nullable) */
  TableColumn current;      /* the row that has the focus */
  gboolean is_filling_sort; /* the drop-downs are set by us */
  guint refresh_idle;
};

/* Shows @text below the list; "" for nothing. */
void view_editor_tell (ViewEditor *self, const char *text);

/* Lets rows be moved and toggled. */
void view_editor_columns_init (ViewEditor *self);
/* Lists the columns anew. Returns: (transfer none) (nullable): the row of the current one. */
GtkWidget *view_editor_fill_columns (ViewEditor *self);

/* Lets the sort be chosen. */
void view_editor_sort_init (ViewEditor *self);
/* Offers the values that are shown to sort by, and shows the table's sort. */
void view_editor_fill_sort (ViewEditor *self);
