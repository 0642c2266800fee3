/* Passes over many rows, divided among threads. */
#pragma once

#include <glib.h>

#define ROW_SHARES_MAXIMUM 4

/* Does the rows [begin, end), the @share-th of them. */
typedef void (*RowShareFunc) (guint share, gsize begin, gsize end, gpointer data);

/* In how many shares a pass over @n_rows is best divided, if @most of them are possible: 1 for few rows. */
guint row_shares_choose (gsize n_rows, gsize most);
/* Divides [0, @n_rows) into @n_shares and does them all, at once if that can be. */
void row_shares_run (gsize n_rows, guint n_shares, RowShareFunc func, gpointer data);
