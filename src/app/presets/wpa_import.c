#include "app/presets/wpa_import.h"

#include "analysis/glob.h"
#include "app/presets/wpa_column.h"
#include "profile/wpa_query.h"

#include <glib/gi18n.h>
#include <string.h>

/* One preset on its way. */
typedef struct
{
  const WpaPreset *source;
  char *name;          /* (owned) */
  GPtrArray *problems; /* of char*, not owned */
} Import;

static void G_GNUC_PRINTF (2, 3)
tell (Import *self, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->problems, g_strdup_printf (_ ("Preset “%s”: %s"), self->name, what));
}

/* Columns */

/* FALSE, told, when a side would be empty. */
static gboolean
make_layout (Import *self, UserPreset *preset)
{
  g_autoptr (GStrvBuilder) groups = g_strv_builder_new (), values = g_strv_builder_new ();
  for (guint i = 0; i < self->source->columns->len; i++)
    {
      const WpaColumn *column = g_ptr_array_index (self->source->columns, i);
      TableColumn ours;
      if (!column->is_visible)
        continue;
      if (wpa_column_find (column, &ours))
        g_strv_builder_add (column->area == WPA_AREA_KEYS ? groups : values, table_column_get_name (ours));
      else if (*column->aggregation != '\0' && column->area != WPA_AREA_KEYS)
        tell (self, _ ("the table has no column “%s” (%s): it was left out"), column->name,
              column->aggregation);
      else
        tell (self, _ ("the table has no column “%s”: it was left out"), column->name);
    }
  g_auto (GStrv) group_names = g_strv_builder_end (groups), value_names = g_strv_builder_end (values);
  if (column_layout_init_strictly (&preset->layout, (const char *const *) group_names,
                                   (const char *const *) value_names))
    return TRUE;
  tell (self, _ ("left out: no known column stands left of the gold bar, or none right of it"));
  return FALSE;
}

static void
take_widths (Import *self, UserPreset *preset)
{
  for (guint i = 0; i < self->source->columns->len; i++)
    {
      const WpaColumn *column = g_ptr_array_index (self->source->columns, i);
      TableColumn ours;
      guint index;
      if (column->is_visible && column->width_px >= 24 && column->width_px <= 4000 && wpa_column_find (column, &ours)
          && column_layout_find (&preset->layout, ours, &index))
        preset->widths_px[index] = column->width_px;
    }
}

/* Sort */

static void
take_sort (Import *self, UserPreset *preset)
{
  const WpaColumn *first = NULL;
  guint n_sorted = 0;
  for (guint i = 0; i < self->source->columns->len; i++)
    {
      const WpaColumn *column = g_ptr_array_index (self->source->columns, i);
      if (!column->is_sorted)
        continue;
      n_sorted++;
      if (first == NULL || column->sort_priority < first->sort_priority)
        first = column;
    }
  if (first == NULL)
    return;
  TableColumn ours;
  gboolean is_known = wpa_column_find (first, &ours) && column_layout_find (&preset->layout, ours, NULL);
  if (!is_known)
    tell (self, _ ("the sort by “%s” was left out; Impacting Size is sorted by"), first->name);
  else
    preset->order = (PoolTreeOrder){ ours.kind == TABLE_COLUMN_VALUE ? ours.metric : METRIC_IMPACTING,
                                     first->is_ascending, ours.kind == TABLE_COLUMN_GROUP };
  if (n_sorted > 1)
    tell (self, _ ("it sorts by %u columns; the table sorts by the first, then by size and text"), n_sorted);
}

/* Filter */

/* The number that our filters know for @dimension; (nullable): NULL for a text. */
static const char *
get_number_name (Dimension dimension)
{
  return dimension == DIMENSION_SIZE  ? pool_number_get_name (POOL_NUMBER_SIZE)
         : dimension == DIMENSION_AGE ? pool_number_get_name (POOL_NUMBER_LIFETIME)
                                      : NULL;
}

/* The condition that @term is in our language; (transfer full) (nullable): NULL when it is none. */
static char *
dup_condition (const WpaTerm *term)
{
  static const char *const operators[][2] = { [WPA_MATCH_ABOVE] = { ">", "<=" },
                                              [WPA_MATCH_BELOW] = { "<", ">=" },
                                              [WPA_MATCH_AT_LEAST] = { ">=", "<" },
                                              [WPA_MATCH_AT_MOST] = { "<=", ">" } };
  const WpaColumn column = { .name = term->column, .stack_mode = (char *) "" };
  Dimension dimension;
  if (!wpa_column_find_dimension (&column, &dimension))
    return NULL;
  if (term->match >= WPA_MATCH_ABOVE)
    {
      const char *number = get_number_name (dimension);
      g_auto (GStrv) parts = g_strsplit (term->value, " ", -1);
      g_autofree char *value = g_strjoinv ("", parts);
      return number != NULL ? g_strconcat (number, operators[term->match][term->is_negated ? 1 : 0], value, NULL) : NULL;
    }
  if (term->match == WPA_MATCH_EQUALS)
    {
      g_autoptr (PoolCondition) condition = pool_condition_new_value (dimension, term->value, term->is_negated);
      return pool_condition_dup_text (condition);
    }
  g_autofree char *pattern = glob_escape (term->value);
  return g_strconcat (dimension_get_name (dimension), term->is_negated ? "!=" : "=",
                      term->match == WPA_MATCH_BEGINS ? "" : "*", pattern, term->match == WPA_MATCH_ENDS ? "" : "*",
                      NULL);
}

static void
take_filter (Import *self, UserPreset *preset)
{
  gsize place = 0;
  if (*self->source->filter == '\0')
    return;
  g_autoptr (GPtrArray) terms = wpa_query_parse (self->source->filter, self->source->filter_keeps, &place);
  if (terms == NULL)
    {
      tell (self, _ ("the filter “%s” was left out: only conditions that all must hold are known; not understood from “%s” on"),
            self->source->filter, self->source->filter + place);
      return;
    }
  g_autoptr (GStrvBuilder) conditions = g_strv_builder_new ();
  for (guint i = 0; i < terms->len; i++)
    {
      const WpaTerm *term = g_ptr_array_index (terms, i);
      g_autofree char *text = dup_condition (term);
      g_autoptr (PoolCondition) condition = text != NULL ? pool_condition_parse (text, NULL, NULL) : NULL;
      if (condition != NULL)
        g_strv_builder_add (conditions, text);
      else
        tell (self, _ ("the condition on “%s” with the value “%s” was left out: the filter knows none like it"),
              term->column, term->value);
    }
  preset->conditions = g_strv_builder_end (conditions);
  if (*preset->conditions == NULL)
    g_clear_pointer (&preset->conditions, g_strfreev);
}

/* Presets */

static gboolean
is_of_pool (const WpaPreset *preset)
{
  g_autofree char *graph = g_ascii_strdown (preset->graph, -1);
  if (strstr (graph, "pool") != NULL)
    return TRUE;
  for (guint i = 0; i < preset->columns->len; i++)
    {
      g_autofree char *name = wpa_column_fold_name (((const WpaColumn *) g_ptr_array_index (preset->columns, i))->name);
      if (g_str_has_prefix (name, "pooltag"))
        return TRUE;
    }
  return FALSE;
}

static UserPreset *
import_preset (const WpaPreset *source, GPtrArray *problems)
{
  const char *wanted = *source->name != '\0' ? source->name : *source->graph != '\0' ? source->graph : "WPA";
  const char *end;
  g_utf8_validate_len (wanted, MIN (strlen (wanted), USER_PRESET_MAX_NAME_BYTES / 2), &end);
  Import import = { source, g_strndup (wanted, (gsize) (end - wanted)), problems };
  ColumnLayout none = { .n_columns = 0 };
  UserPreset *preset = user_preset_new (import.name, &none, POOL_TREE_ORDER_DEFAULT);
  if (*preset->name == '\0')
    {
      g_free (preset->name);
      preset->name = g_strdup ("WPA");
    }
  if (make_layout (&import, preset))
    {
      take_widths (&import, preset);
      take_sort (&import, preset);
      take_filter (&import, preset);
    }
  else
    g_clear_pointer (&preset, user_preset_free);
  g_free (import.name);
  return preset;
}

GPtrArray *
wpa_import_presets (GBytes *bytes, const char *display_name, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) sources = wpa_presets_parse (bytes, display_name, error);
  if (sources == NULL)
    return NULL;
  GPtrArray *presets = g_ptr_array_new_with_free_func ((GDestroyNotify) user_preset_free);
  for (guint i = 0; i < sources->len; i++)
    {
      const WpaPreset *source = g_ptr_array_index (sources, i);
      if (!is_of_pool (source))
        {
          g_ptr_array_add (problems, g_strdup_printf (_ ("Preset “%s” of “%s”, line %u, is not of a pool table, and was left out"),
                                                      source->name, source->graph, source->line));
          continue;
        }
      UserPreset *preset = import_preset (source, problems);
      if (preset != NULL)
        g_ptr_array_add (presets, preset);
    }
  return presets;
}
