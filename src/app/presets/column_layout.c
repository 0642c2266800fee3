#include "app/presets/column_layout.h"

#include <glib/gi18n.h>

static const TableColumn marker = { .kind = TABLE_COLUMN_MARKER };

TableColumn
table_column_get_nth (guint index)
{
  if (index < N_DIMENSIONS)
    return (TableColumn){ .kind = TABLE_COLUMN_GROUP, .dimension = (Dimension) index };
  if (index < N_DIMENSIONS + N_METRICS)
    return (TableColumn){ .kind = TABLE_COLUMN_VALUE, .metric = (Metric) (index - N_DIMENSIONS) };
  return (TableColumn){ .kind = TABLE_COLUMN_TREND };
}

/* Whether the column stands right of the bar. */
static gboolean
is_value (TableColumn column)
{
  return column.kind == TABLE_COLUMN_VALUE || column.kind == TABLE_COLUMN_TREND;
}

gboolean
table_column_equal (TableColumn a, TableColumn b)
{
  return a.kind == b.kind && (a.kind != TABLE_COLUMN_GROUP || a.dimension == b.dimension)
         && (a.kind != TABLE_COLUMN_VALUE || a.metric == b.metric);
}

gboolean
table_column_get_twin (TableColumn self, TableColumn *ret_twin)
{
  Dimension dimension;
  Aggregation aggregation;
  if (self.kind == TABLE_COLUMN_GROUP)
    *ret_twin = (TableColumn){ .kind = TABLE_COLUMN_VALUE, .metric = METRIC_UNIQUE (self.dimension) };
  else if (self.kind == TABLE_COLUMN_VALUE && metric_get_aggregation (self.metric, &dimension, &aggregation)
           && aggregation == AGGREGATION_UNIQUE)
    *ret_twin = (TableColumn){ .kind = TABLE_COLUMN_GROUP, .dimension = dimension };
  else
    return FALSE;
  return TRUE;
}

const char *
table_column_get_name (TableColumn self)
{
  switch (self.kind)
    {
    case TABLE_COLUMN_GROUP:
      /* "size" is a metric and a dimension. */
      return self.dimension == DIMENSION_SIZE ? "size-of-one" : dimension_get_name (self.dimension);
    case TABLE_COLUMN_VALUE:
      return metric_get_name (self.metric);
    case TABLE_COLUMN_TREND:
      return "trend";
    case TABLE_COLUMN_MARKER:
    default:
      return "marker";
    }
}

const char *
table_column_get_title (TableColumn self)
{
  switch (self.kind)
    {
    case TABLE_COLUMN_GROUP:
      return _ (dimension_get_display_name (self.dimension));
    case TABLE_COLUMN_VALUE:
      return _ (metric_get_display_name (self.metric));
    case TABLE_COLUMN_TREND:
      return _ ("Trend");
    case TABLE_COLUMN_MARKER:
    default:
      return "";
    }
}

gboolean
table_column_from_name (const char *name, TableColumn *ret_column)
{
  TableColumn column = { 0 };
  if (strcmp (name, "marker") == 0)
    column.kind = TABLE_COLUMN_MARKER;
  else if (strcmp (name, "trend") == 0)
    column.kind = TABLE_COLUMN_TREND;
  else if (metric_from_name (name, &column.metric))
    column.kind = TABLE_COLUMN_VALUE;
  else if (strcmp (name, "size-of-one") == 0)
    column.dimension = DIMENSION_SIZE;
  else if (!dimension_from_name (name, &column.dimension))
    return FALSE;
  *ret_column = column;
  return TRUE;
}

static void
append (ColumnLayout *self, TableColumn column)
{
  if (!column_layout_find (self, column, NULL) && self->n_columns < COLUMN_LAYOUT_MAX)
    self->columns[self->n_columns++] = column;
}

static void
append_names (ColumnLayout *self, const char *const *names, gboolean are_values)
{
  for (; names != NULL && *names != NULL; names++)
    {
      TableColumn column;
      if (table_column_from_name (*names, &column) && column.kind != TABLE_COLUMN_MARKER
          && is_value (column) == are_values)
        append (self, column);
    }
}

gboolean
column_layout_init_strictly (ColumnLayout *self, const char *const *grouping, const char *const *values)
{
  self->n_columns = 0;
  append_names (self, grouping, FALSE);
  guint n_groups = self->n_columns;
  append (self, marker);
  append_names (self, values, TRUE);
  return n_groups > 0 && self->n_columns > n_groups + 1;
}

gboolean
column_layout_equal (const ColumnLayout *a, const ColumnLayout *b)
{
  gboolean is_equal = a->n_columns == b->n_columns;
  for (guint i = 0; is_equal && i < a->n_columns; i++)
    is_equal = table_column_equal (a->columns[i], b->columns[i]);
  return is_equal;
}

void
column_layout_init (ColumnLayout *self, const char *const *grouping, const char *const *values)
{
  static const char *const default_grouping[] = { "type", "paged", "tag", "stack", NULL };
  static const char *const default_values[] = { "count", "size", "impacting", "peak", NULL };
  self->n_columns = 0;
  append_names (self, grouping, FALSE);
  if (self->n_columns == 0)
    append_names (self, default_grouping, FALSE);
  append (self, marker);
  guint n_left = self->n_columns;
  append_names (self, values, TRUE);
  if (self->n_columns == n_left)
    append_names (self, default_values, TRUE);
}

gboolean
column_layout_find (const ColumnLayout *self, TableColumn column, guint *ret_index)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (table_column_equal (self->columns[i], column))
      {
        if (ret_index != NULL)
          *ret_index = i;
        return TRUE;
      }
  return FALSE;
}

guint
column_layout_get_marker (const ColumnLayout *self)
{
  guint index = 0;
  column_layout_find (self, marker, &index);
  return index;
}

gsize
column_layout_get_grouping (const ColumnLayout *self, Dimension ret_grouping[POOL_TREE_MAX_LEVELS])
{
  guint n_groups = column_layout_get_marker (self);
  for (guint i = 0; i < n_groups; i++)
    ret_grouping[i] = self->columns[i].dimension;
  return n_groups;
}

static char **
dup_names (const ColumnLayout *self, guint from, guint to)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = from; i < to; i++)
    g_strv_builder_add (builder, table_column_get_name (self->columns[i]));
  return g_strv_builder_end (builder);
}

char **
column_layout_dup_group_names (const ColumnLayout *self)
{
  return dup_names (self, 0, column_layout_get_marker (self));
}

char **
column_layout_dup_value_names (const ColumnLayout *self)
{
  return dup_names (self, column_layout_get_marker (self) + 1, self->n_columns);
}

/* @column as it stands left of the bar. FALSE for a value that cannot. */
static gboolean
turn_into_group (TableColumn column, TableColumn *ret_group)
{
  *ret_group = column;
  return column.kind == TABLE_COLUMN_GROUP || table_column_get_twin (column, ret_group);
}

/* The layout that @columns come nearest to: groups left, values right, neither side empty. */
gboolean
column_layout_reorder (ColumnLayout *self, const TableColumn *columns, guint n_columns)
{
  ColumnLayout result = { .n_columns = 0 };
  TableColumn group;
  guint bar = 0;
  while (bar < n_columns && columns[bar].kind != TABLE_COLUMN_MARKER)
    bar++;
  for (guint i = 0; i < bar; i++)
    if (turn_into_group (columns[i], &group))
      append (&result, group);
  if (result.n_columns == 0)
    return FALSE;
  append (&result, marker);
  /* Values that cannot group come to stand right behind the bar. */
  for (guint i = 0; i < n_columns; i++)
    if (i > bar || (i < bar && !turn_into_group (columns[i], &group)))
      {
        TableColumn value = columns[i];
        if (value.kind == TABLE_COLUMN_GROUP)
          table_column_get_twin (columns[i], &value);
        append (&result, value);
      }
  if (result.columns[result.n_columns - 1].kind == TABLE_COLUMN_MARKER)
    return FALSE;
  gboolean is_same = column_layout_equal (&result, self);
  *self = result;
  return !is_same;
}

gboolean
column_layout_show (ColumnLayout *self, TableColumn column)
{
  if (column_layout_find (self, column, NULL) || self->n_columns >= COLUMN_LAYOUT_MAX)
    return FALSE;
  guint place = column.kind == TABLE_COLUMN_GROUP ? column_layout_get_marker (self) : self->n_columns;
  memmove (&self->columns[place + 1], &self->columns[place],
           (self->n_columns - place) * sizeof (TableColumn));
  self->columns[place] = column;
  self->n_columns++;
  return TRUE;
}

gboolean
column_layout_hide (ColumnLayout *self, TableColumn column)
{
  guint index;
  if (column.kind == TABLE_COLUMN_MARKER || !column_layout_find (self, column, &index))
    return FALSE;
  TableColumn rest[COLUMN_LAYOUT_MAX];
  guint n_rest = 0;
  for (guint i = 0; i < self->n_columns; i++)
    if (i != index)
      rest[n_rest++] = self->columns[i];
  return column_layout_reorder (self, rest, n_rest);
}

gboolean
column_layout_place (ColumnLayout *self, TableColumn column, guint index)
{
  TableColumn columns[COLUMN_LAYOUT_MAX + 1];
  guint n_columns = 0;
  for (guint i = 0; i < self->n_columns; i++)
    if (!table_column_equal (self->columns[i], column))
      columns[n_columns++] = self->columns[i];
  guint target = MIN (index, n_columns);
  memmove (&columns[target + 1], &columns[target], (n_columns - target) * sizeof (TableColumn));
  columns[target] = column;
  return column_layout_reorder (self, columns, n_columns + 1);
}

gboolean
column_layout_move (ColumnLayout *self, TableColumn column, int steps)
{
  guint index;
  if (!column_layout_find (self, column, &index))
    return FALSE;
  return column_layout_place (self, column, (guint) CLAMP ((int) index + steps, 0, (int) self->n_columns - 1));
}

gboolean
column_layout_exchange (ColumnLayout *self, TableColumn column, TableColumn other)
{
  guint index;
  if (!column_layout_find (self, column, &index) || column_layout_find (self, other, NULL))
    return FALSE;
  self->columns[index] = other;
  return TRUE;
}
