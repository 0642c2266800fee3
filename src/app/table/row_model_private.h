/* The parts of the rows' model: what it is of, the list, the selection. */
#pragma once

#include "app/table/row_model.h"

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
  guint telling;          /* source that tells of more; 0 for none */
  gboolean is_replacing;
  guint n_replaced; /* while it is: as many rows as were there before */
};

/* row_model.c */
void row_model_set_cursor (RowModel *self, RowNode *node);
void row_model_emit_replacing (RowModel *self);
void row_model_emit_replaced (RowModel *self);

/* row_model_list.c */
void row_model_list_init (GListModelInterface *interface);
/* Lets go of the item of @node: the item may outlive it. */
void row_model_orphan_item (RowNode *node);
/* After a change of the visible rows. @is_new: nothing of what was there stays, so that the first rows can be told of
 * before the others. */
void row_model_tell_changed (RowModel *self, guint position, guint n_removed, guint n_added, gboolean is_new);
void row_model_stop_telling (RowModel *self);
/* Tells of the rows before @end at once. */
void row_model_tell_until (RowModel *self, guint end);

/* row_model_selection.c */
void row_model_selection_init (GtkSelectionModelInterface *interface);
