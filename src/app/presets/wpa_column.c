#include "app/presets/wpa_column.h"

char *
wpa_column_fold_name (const char *name)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  for (; *name != '\0'; name++)
    if (g_ascii_isalnum (*name))
      g_string_append_c (folded, g_ascii_tolower (*name));
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

gboolean
wpa_column_find_dimension (const WpaColumn *column, Dimension *ret_dimension)
{
  static const struct
  {
    const char *name;
    Dimension dimension;
  } names[] = {
    { "type", DIMENSION_TYPE },          { "allocationlifetime", DIMENSION_TYPE },
    { "impactingtype", DIMENSION_IMPACT }, { "paged", DIMENSION_PAGED },
    { "pooltype", DIMENSION_POOL_TYPE }, { "pooltag", DIMENSION_TAG },
    { "tag", DIMENSION_TAG },            { "pooltagmodule", DIMENSION_DRIVER },
    { "pooltagdescription", DIMENSION_DESCRIPTION },
    { "stack", DIMENSION_STACK },        { "allocstack", DIMENSION_STACK },
    { "allocationstack", DIMENSION_STACK }, { "stacktag", DIMENSION_STACK_TAG },
    { "stackframetags", DIMENSION_FRAME_TAGS }, { "freestack", DIMENSION_FREE_STACK },
    { "module", DIMENSION_MODULE },      { "process", DIMENSION_PROCESS },
    { "processname", DIMENSION_PROCESS }, { "thread", DIMENSION_THREAD },
    { "threadid", DIMENSION_THREAD },    { "processor", DIMENSION_CPU },
    { "cpu", DIMENSION_CPU },            { "session", DIMENSION_SESSION },
    { "sessionid", DIMENSION_SESSION },  { "size", DIMENSION_SIZE },
    { "lifetime", DIMENSION_AGE },       { "selectionlifetime", DIMENSION_AGE },
    { "age", DIMENSION_AGE },
  };
  g_autofree char *folded = wpa_column_fold_name (column->name);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (folded, names[i].name))
      {
        *ret_dimension = names[i].dimension;
        if (names[i].dimension == DIMENSION_STACK && g_ascii_strcasecmp (column->stack_mode, "StackTag") == 0)
          *ret_dimension = DIMENSION_STACK_TAG;
        else if (names[i].dimension == DIMENSION_STACK && g_ascii_strcasecmp (column->stack_mode, "FrameTags") == 0)
          *ret_dimension = DIMENSION_FRAME_TAGS;
        return TRUE;
      }
  return FALSE;
}

/* How a column without one is aggregated: WPA then shows values on single rows only. */
static Aggregation
get_usual_aggregation (Dimension dimension)
{
  return dimension == DIMENSION_SIZE  ? AGGREGATION_SUM
         : dimension == DIMENSION_AGE ? AGGREGATION_AVERAGE
                                      : AGGREGATION_UNIQUE;
}

static gboolean
find_aggregation (const WpaColumn *column, Dimension dimension, Aggregation *ret_aggregation)
{
  static const struct
  {
    const char *name;
    Aggregation aggregation;
  } names[] = {
    { "sum", AGGREGATION_SUM }, { "average", AGGREGATION_AVERAGE }, { "avg", AGGREGATION_AVERAGE },
    { "min", AGGREGATION_MIN }, { "max", AGGREGATION_MAX },         { "peak", AGGREGATION_PEAK },
    { "uniquecount", AGGREGATION_UNIQUE },
  };
  g_autofree char *folded = wpa_column_fold_name (column->aggregation);
  *ret_aggregation = get_usual_aggregation (dimension);
  if (*folded == '\0' || g_str_equal (folded, "none"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (folded, names[i].name))
      {
        *ret_aggregation = names[i].aggregation;
        return TRUE;
      }
  return FALSE;
}

/* The value column that @column is; FALSE when there is none. */
static gboolean
find_value (const WpaColumn *column, TableColumn *ret_value)
{
  g_autofree char *folded = wpa_column_fold_name (column->name), *aggregation_name = wpa_column_fold_name (column->aggregation);
  static const char *const plain_names[] = { "", "none", "sum", NULL };
  gboolean is_plain = g_strv_contains (plain_names, aggregation_name);
  Dimension dimension;
  Aggregation aggregation;
  *ret_value = (TableColumn){ .kind = TABLE_COLUMN_VALUE };
  if (g_str_equal (folded, "count") || g_str_equal (folded, "allocationcount"))
    {
      ret_value->metric = METRIC_COUNT;
      return is_plain || g_str_equal (aggregation_name, "count");
    }
  if (g_str_equal (folded, "impactingsize"))
    {
      ret_value->metric = METRIC_IMPACTING;
      return is_plain;
    }
  return wpa_column_find_dimension (column, &dimension) && find_aggregation (column, dimension, &aggregation)
         && metric_from_aggregation (dimension, aggregation, &ret_value->metric);
}

gboolean
wpa_column_find (const WpaColumn *column, TableColumn *ret_column)
{
  *ret_column = (TableColumn){ .kind = TABLE_COLUMN_GROUP };
  return column->area == WPA_AREA_KEYS ? wpa_column_find_dimension (column, &ret_column->dimension)
                                       : find_value (column, ret_column);
}
