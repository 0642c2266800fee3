/* An IntervalList as the model of a list view: integers, and an object for what is on screen only. It is its own
 * selection, and has a cursor: the row that was selected last.
 *
 * Its rows never change: a list of other intervals, or in another order, is another model.
 */
#pragma once

#include <gtk/gtk.h>

#include "analysis/interval_list.h"

#define ALLOCATION_TYPE_ITEM (allocation_item_get_type ())
G_DECLARE_FINAL_TYPE (AllocationItem, allocation_item, ALLOCATION, ITEM, GObject)
/* The row of the trace's intervals. */
guint32 allocation_item_get_interval (AllocationItem *self);

#define ALLOCATION_TYPE_MODEL (allocation_model_get_type ())
G_DECLARE_FINAL_TYPE (AllocationModel, allocation_model, ALLOCATION, MODEL, GObject)

AllocationModel *allocation_model_new (IntervalList *list);
IntervalList *allocation_model_get_list (AllocationModel *self); /* (transfer none) */
/* Takes over @list if it has the same intervals in the same order: only what is told of them may differ. */
gboolean allocation_model_replace_list (AllocationModel *self, IntervalList *list);
/* The positions of the selected rows: (transfer none) */
const GtkBitset *allocation_model_get_selected (AllocationModel *self);
/* FALSE without a selected row. */
gboolean allocation_model_get_cursor (AllocationModel *self, guint *ret_position);
/* Selects what is selected in @old, as far as it is here too, and has its cursor. Where more is selected than can be
 * found in a moment, only the cursor. */
void allocation_model_take_selection (AllocationModel *self, AllocationModel *old);
