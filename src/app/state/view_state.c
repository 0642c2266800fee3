#include "app/state/view_state.h"

#include "app/state/state_json.h"
#include "export/json_document.h"

#define MAX_CONDITIONS 200
#define MAX_COLUMNS 64
#define MAX_BANDS 64
#define MAX_WIDTH_PX 4000

static void
column_width_clear (gpointer width)
{
  g_free (((ColumnWidth *) width)->column);
}

/* Without the arrays that are never NULL. */
static ViewState *
new_empty (void)
{
  ViewState *self = g_new0 (ViewState, 1);
  self->range = self->shown = TIME_RANGE_WHOLE;
  self->widths = g_array_new (FALSE, FALSE, sizeof (ColumnWidth));
  g_array_set_clear_func (self->widths, column_width_clear);
  self->rows = row_outline_new ();
  return self;
}

ViewState *
view_state_new (void)
{
  ViewState *self = new_empty ();
  char ***lists[] = { &self->conditions, &self->groups, &self->values, &self->hidden_bands, &self->graphs };
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_new0 (char *, 1);
  return self;
}

void
view_state_free (ViewState *self)
{
  g_free (self->title);
  g_strfreev (self->conditions);
  g_strfreev (self->groups);
  g_strfreev (self->values);
  g_array_unref (self->widths);
  g_free (self->sort);
  g_free (self->measure);
  g_free (self->page);
  g_strfreev (self->hidden_bands);
  g_strfreev (self->graphs);
  g_array_unref (self->rows);
  g_free (self);
}

/* Writing */

static void
write_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value != FALSE);
}

/* Nothing for the whole trace. */
static void
write_range (JsonBuilder *builder, const char *name, TimeRange range)
{
  if (time_range_equal (range, TIME_RANGE_WHOLE))
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_document_add_integer (builder, "start", range.start_ns);
  json_document_add_time (builder, "end", range.end_ns);
  json_builder_end_object (builder);
}

static void
write_strings (JsonBuilder *builder, const char *name, char *const *texts)
{
  if (texts != NULL && *texts != NULL)
    json_document_add_strings (builder, name, (const char *const *) texts);
}

static void
write_widths (JsonBuilder *builder, const GArray *widths)
{
  json_builder_set_member_name (builder, "widths");
  json_builder_begin_array (builder);
  for (guint i = 0; i < widths->len; i++)
    {
      const ColumnWidth *width = &g_array_index (widths, ColumnWidth, i);
      json_builder_begin_object (builder);
      json_document_add_string (builder, "column", width->column);
      json_document_add_integer (builder, "width", width->width_px);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
write_rows (JsonBuilder *builder, const RowOutline *rows)
{
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const OutlineRow *row = &g_array_index (rows, OutlineRow, i);
      json_builder_begin_object (builder);
      json_document_add_integer (builder, "depth", row->depth);
      json_document_add_string (builder, "text", row->text);
      write_strings (builder, "places", row->places);
      if (row->is_open)
        write_boolean (builder, "open", TRUE);
      if (row->is_current)
        write_boolean (builder, "current", TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
view_state_write (const ViewState *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  if (self->title != NULL)
    json_document_add_string (builder, "title", self->title);
  write_range (builder, "range", self->range);
  write_range (builder, "shown", self->shown);
  write_strings (builder, "filter", self->conditions);
  write_strings (builder, "groups", self->groups);
  write_strings (builder, "values", self->values);
  write_widths (builder, self->widths);
  if (self->sort != NULL)
    json_document_add_string (builder, "sort", self->sort);
  write_boolean (builder, "ascending", self->sort_is_ascending);
  if (self->measure != NULL)
    json_document_add_string (builder, "measure", self->measure);
  if (self->page != NULL)
    json_document_add_string (builder, "page", self->page);
  write_strings (builder, "hidden bands", self->hidden_bands);
  write_strings (builder, "graphs", self->graphs);
  if (self->divider > 0)
    {
      json_document_add_integer (builder, "divider permille", (gint64) (self->divider * 1000 + 0.5));
      write_boolean (builder, "graph above", self->divider_is_above);
    }
  write_rows (builder, self->rows);
  json_builder_end_object (builder);
}

/* Reading */

static TimeRange
read_range (JsonObject *object, const char *name)
{
  JsonObject *range = state_json_get_object (object, name);
  if (range == NULL)
    return TIME_RANGE_WHOLE;
  TimeRange result = { state_json_get_integer (range, "start", 0), state_json_get_integer (range, "end", G_MAXINT64) };
  return result.start_ns >= 0 && result.start_ns < result.end_ns ? result : TIME_RANGE_WHOLE;
}

static void
read_widths (ViewState *self, JsonObject *object)
{
  g_autoptr (GPtrArray) widths = state_json_list_objects (object, "widths", MAX_COLUMNS);
  for (guint i = 0; i < widths->len; i++)
    {
      const char *column = state_json_get_string (g_ptr_array_index (widths, i), "column");
      gint64 width_px = state_json_get_integer (g_ptr_array_index (widths, i), "width", 0);
      if (column == NULL || width_px <= 0 || width_px > MAX_WIDTH_PX)
        continue;
      ColumnWidth width = { g_strdup (column), (int) width_px };
      g_array_append_val (self->widths, width);
    }
}

static void
read_rows (ViewState *self, JsonObject *object)
{
  g_autoptr (GPtrArray) rows = state_json_list_objects (object, "rows", ROW_OUTLINE_MAX_ROWS);
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *member = g_ptr_array_index (rows, i);
      const char *text = state_json_get_string (member, "text");
      gint64 depth = state_json_get_integer (member, "depth", 0);
      if (text == NULL || depth <= 0 || depth > ROW_OUTLINE_MAX_ROWS)
        continue;
      OutlineRow row = { (guint) depth, g_strdup (text), state_json_dup_strings (member, "places", ROW_OUTLINE_MAX_PLACES),
                         state_json_get_boolean (member, "open"), state_json_get_boolean (member, "current") };
      if (*row.places == NULL)
        g_clear_pointer (&row.places, g_strfreev);
      if (row_outline_add (self->rows, &row))
        continue;
      g_free (row.text);
      g_strfreev (row.places);
    }
}

ViewState *
view_state_read (JsonObject *object)
{
  ViewState *self = new_empty ();
  self->title = g_strdup (state_json_get_string (object, "title"));
  self->range = read_range (object, "range");
  self->shown = read_range (object, "shown");
  self->conditions = state_json_dup_strings (object, "filter", MAX_CONDITIONS);
  self->groups = state_json_dup_strings (object, "groups", MAX_COLUMNS);
  self->values = state_json_dup_strings (object, "values", MAX_COLUMNS);
  read_widths (self, object);
  self->sort = g_strdup (state_json_get_string (object, "sort"));
  self->sort_is_ascending = state_json_get_boolean (object, "ascending");
  self->measure = g_strdup (state_json_get_string (object, "measure"));
  self->page = g_strdup (state_json_get_string (object, "page"));
  self->hidden_bands = state_json_dup_strings (object, "hidden bands", MAX_BANDS);
  self->graphs = state_json_dup_strings (object, "graphs", MAX_BANDS);
  self->divider = (double) CLAMP (state_json_get_integer (object, "divider permille", 0), 0, 1000) / 1000;
  self->divider_is_above = state_json_get_boolean (object, "graph above");
  read_rows (self, object);
  return self;
}
