/* Which columns the table shows, in which order, and on which side of the gold bar. Pure data. */
#pragma once

#include "analysis/pool_tree.h"

typedef enum
{
  TABLE_COLUMN_GROUP,  /* a dimension: left of the bar it groups */
  TABLE_COLUMN_MARKER, /* the gold bar */
  TABLE_COLUMN_VALUE,  /* a metric: right of the bar */
  TABLE_COLUMN_TREND   /* the course of the outstanding size: right of the bar too */
} TableColumnKind;

typedef struct
{
  TableColumnKind kind;
  Dimension dimension; /* of TABLE_COLUMN_GROUP */
  Metric metric;       /* of TABLE_COLUMN_VALUE */
} TableColumn;

/* Every column but the bar: dimensions, metrics, the trend. */
#define N_TABLE_COLUMNS (N_DIMENSIONS + N_METRICS + 1)
/* Room for all of them and the bar. */
#define COLUMN_LAYOUT_MAX (N_TABLE_COLUMNS + 1)

typedef struct
{
  TableColumn columns[COLUMN_LAYOUT_MAX];
  guint n_columns;
} ColumnLayout;

/* Column @index of N_TABLE_COLUMNS, those that group first. */
TableColumn table_column_get_nth (guint index);
gboolean table_column_equal (TableColumn a, TableColumn b);
/* The column as it stands on the other side of the bar: a dimension for the number of its different values, and back.
 * FALSE for any other column. */
gboolean table_column_get_twin (TableColumn self, TableColumn *ret_twin);
/* A name for settings and actions: "tag", "impacting", "marker". */
const char *table_column_get_name (TableColumn self);
const char *table_column_get_title (TableColumn self); /* translated */
gboolean table_column_from_name (const char *name, TableColumn *ret_column);

/* From lists of names (arrays zero-terminated); unknown and repeated names are left out, and what would be
 * empty gets the default. */
void column_layout_init (ColumnLayout *self, const char *const *grouping, const char *const *values);
/* The same without any default: FALSE when a side would be empty. */
gboolean column_layout_init_strictly (ColumnLayout *self, const char *const *grouping, const char *const *values);
gboolean column_layout_equal (const ColumnLayout *a, const ColumnLayout *b);
guint column_layout_get_marker (const ColumnLayout *self);
/* The dimensions left of the bar. Returns their number. */
gsize column_layout_get_grouping (const ColumnLayout *self, Dimension ret_grouping[POOL_TREE_MAX_LEVELS]);
/* Names right of the bar and left of it; (transfer full). */
char **column_layout_dup_group_names (const ColumnLayout *self);
char **column_layout_dup_value_names (const ColumnLayout *self);
gboolean column_layout_find (const ColumnLayout *self, TableColumn column, guint *ret_index);

/* What the user can do; each keeps the rules: values stand right of the bar, dimensions left of it, at least
 * one of each. A dimension moved over the bar becomes the number of its different values, and back; any other
 * value stays right of it. Returns: whether anything changed. */
gboolean column_layout_show (ColumnLayout *self, TableColumn column); /* at the end of its side */
gboolean column_layout_hide (ColumnLayout *self, TableColumn column);
gboolean column_layout_move (ColumnLayout *self, TableColumn column, int steps);
/* Puts @column, shown or not, where the column at @index is: 0 to n_columns. */
gboolean column_layout_place (ColumnLayout *self, TableColumn column, guint index);
/* Shows @other in the place of @column, which is shown; nothing when @other is shown too. */
gboolean column_layout_exchange (ColumnLayout *self, TableColumn column, TableColumn other);
/* @columns (array length=n_columns): an order that a drag of a header led to. */
gboolean column_layout_reorder (ColumnLayout *self, const TableColumn *columns, guint n_columns);
