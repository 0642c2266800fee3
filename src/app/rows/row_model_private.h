/* The parts of the rows' model: what it is of, the list, the selection. */
#pragma once

#include "app/rows/row_model.h"

/* Above this many rows the list view is better told to start anew: it asks for every row that changed. */
#define ROW_MODEL_MAX_CHANGED_ROWS 20000

struct _RowItem
{
  GObject parent_instance;
  RowNode *node; /* (nullable) */
};

struct _RowModel
{
  GObject parent_instance;
  PoolTreeValues *values; /* (owned) (nullable) */
  RowNode *root;          /* (owned) (nullable) */
  GPtrArray *visible;     /* (owned): of RowNode in root */
  RowNode *cursor;        /* (nullable): in root */
  guint generation;
  guint n_told;           /* of the visible rows, the list has so many to whoever looks at it */
  guint n_gone;           /* behind these, it has so many of nothing */
  guint telling;          /* source that tells of more, and of what is gone; 0 for none */
  gboolean is_replacing;
  guint n_replaced; /* while it is: as many rows as were there before */
};

/* row_model.c */
void row_model_set_cursor (RowModel *self, RowNode *node);
void row_model_free_root (RowModel *self);
void row_model_emit_cursor_changed (RowModel *self);
void row_model_emit_refreshed (RowModel *self);
void row_model_emit_rearranged (RowModel *self);
void row_model_emit_replacing (RowModel *self);
void row_model_emit_replaced (RowModel *self);

/* row_model_root.c */
/* The visible rows from @from on get to know their positions. */
void row_model_renumber (RowModel *self, guint from);

/* row_model_list.c */
void row_model_list_init (GListModelInterface *interface);
/* Lets go of the item of @node: the item may outlive it. */
void row_model_orphan_item (RowNode *node);
/* After a change of the visible rows. */
void row_model_tell_changed (RowModel *self, guint position, guint n_removed, guint n_added);
/* The visible rows are others, @n_kept of them in the place of old ones. The first rows are told of before the others,
 * the @n_gone behind them that are nothing any more after that, and the @n_removed behind those at once. */
void row_model_tell_new (RowModel *self, guint n_kept, guint n_gone, guint n_removed);
/* What is gone is told of at once. */
void row_model_stop_telling (RowModel *self);
/* Tells of the rows before @end at once. */
void row_model_tell_until (RowModel *self, guint end);

/* row_model_selection.c */
void row_model_selection_init (GtkSelectionModelInterface *interface);
