/* The order in which the pool events of one instant change their blocks.
 *
 * At equal times on one key the order that keeps the key consistent wins: while the block is live a free
 * goes first, while it is not an allocation does (design rule 3). Keys do not touch each other.
 */
#pragma once

#include "model/interval_table.h"

typedef guint32 (*InstantApply) (gpointer data, const Record *record, guint16 processor);

/* Applies the pool events among @records (array length=n_records, stream order, with their @processors).
 * @ret_rows (array length=n_records) receives the interval of each pool event. */
void instant_order_apply (const IntervalTable *intervals, const Record *records, guint n_records,
                          const guint16 *processors, InstantApply apply, gpointer data, guint32 *ret_rows);
