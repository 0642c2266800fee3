/* What an analysis view is like, taken down and put back. */
#include "app/view/analysis_view_private.h"

#include "app/test_log.h"

#include <glib/gi18n.h>

static char **
dup_conditions (const PoolFilter *filter)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < pool_filter_get_n_conditions (filter); i++)
    {
      g_autofree char *text = pool_condition_dup_text (pool_filter_get_condition (filter, i));
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static void
save_columns (AnalysisView *self, ViewState *state)
{
  const ColumnLayout *layout = table_view_get_layout (self->table);
  PoolTreeOrder order = trace_session_get_order (self->session);
  TableColumn sorted = { .kind = TABLE_COLUMN_VALUE, .metric = order.metric };
  g_strfreev (state->groups);
  g_strfreev (state->values);
  state->groups = column_layout_dup_group_names (layout);
  state->values = column_layout_dup_value_names (layout);
  state->sort = order.by_text ? NULL : g_strdup (table_column_get_name (sorted));
  state->sort_is_ascending = order.is_ascending;
  for (guint i = 0; i < layout->n_columns; i++)
    {
      int width_px = table_view_get_width (self->table, layout->columns[i]);
      if (width_px <= 0)
        continue;
      ColumnWidth width = { g_strdup (table_column_get_name (layout->columns[i])), width_px };
      g_array_append_val (state->widths, width);
    }
}

ViewState *
analysis_view_dup_state (AnalysisView *self)
{
  ViewState *state = view_state_new ();
  state->title = g_strdup (self->title);
  state->range = trace_session_get_range (self->session);
  TimeRange shown = graph_view_get_visible_range (self->graph), whole = graph_view_get_whole_range (self->graph);
  if (!time_range_equal (shown, whole))
    state->shown = shown;
  g_strfreev (state->conditions);
  state->conditions = dup_conditions (trace_session_get_filter (self->session));
  save_columns (self, state);
  state->measure = g_strdup (graph_measure_get_name (graph_view_get_measure (self->graph)));
  state->page = g_strdup (analysis_view_get_page (self));
  g_strfreev (state->hidden_bands);
  state->hidden_bands = graph_view_dup_hidden_labels (self->graph);
  g_strfreev (state->graphs);
  state->graphs = analysis_view_dup_graph_names (self);
  state->divider = self->divider;
  state->divider_is_above = self->divider_is_above;
  g_array_unref (state->rows);
  state->rows = self->awaited_rows != NULL ? g_array_ref (self->awaited_rows)
                                           : row_outline_new_shown (trace_session_get_rows (self->session));
  return state;
}

/* The conditions of @state that this program understands; tells of the others. */
static PoolFilter *
new_filter (AnalysisView *self, const ViewState *state)
{
  PoolFilter *filter = pool_filter_new (NULL, NULL);
  for (char **text = state->conditions; *text != NULL; text++)
    {
      g_autoptr (PoolCondition) condition = pool_condition_parse (*text, NULL, NULL);
      if (condition == NULL)
        {
          g_autofree char *message = g_strdup_printf (_ ("The remembered filter “%s” cannot be read and was left out."), *text);
          analysis_view_tell (self, message);
          continue;
        }
      PoolFilter *longer = pool_filter_with (filter, condition);
      pool_filter_unref (filter);
      filter = longer;
    }
  return filter;
}

static void
restore_columns (AnalysisView *self, const ViewState *state)
{
  ColumnLayout layout;
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  TableColumn column;
  column_layout_init (&layout, (const char *const *) state->groups, (const char *const *) state->values);
  if (state->sort == NULL)
    order.by_text = TRUE;
  else if (table_column_from_name (state->sort, &column) && column.kind == TABLE_COLUMN_VALUE
           && column_layout_find (&layout, column, NULL))
    order.metric = column.metric;
  order.is_ascending = state->sort_is_ascending;
  table_view_set_layout (self->table, &layout, order);
  for (guint i = 0; i < state->widths->len; i++)
    {
      const ColumnWidth *width = &g_array_index (state->widths, ColumnWidth, i);
      if (table_column_from_name (width->column, &column))
        table_view_set_width (self->table, column, width->width_px);
    }
}

void
analysis_view_restore (AnalysisView *self, const ViewState *state)
{
  g_autoptr (PoolFilter) filter = new_filter (self, state);
  if (state->title != NULL)
    analysis_view_set_title (self, state->title);
  if (*state->groups != NULL)
    restore_columns (self, state);
  trace_session_set_filter (self->session, filter);
  for (char **name = state->graphs; *name != NULL; name++)
    analysis_view_add_graph (self, *name);
  if (!time_range_equal (state->shown, TIME_RANGE_WHOLE))
    analysis_view_graphs_set_visible_range (self, state->shown);
  trace_session_set_range (self->session, state->range, TRUE);
  graph_view_set_hidden_labels (self->graph, (const char *const *) state->hidden_bands);
  TimelineMeasure measure;
  if (state->measure != NULL && graph_measure_from_name (state->measure, &measure))
    analysis_view_set_measure (self, measure);
  static const char *const pages[] = { "table", "flame", "icicle", NULL };
  if (state->page != NULL && g_strv_contains (pages, state->page) && !g_str_equal (state->page, self->page))
    analysis_view_show_page (self, state->page);
  self->divider = state->divider;
  self->divider_is_above = state->divider_is_above;
  g_clear_pointer (&self->awaited_rows, g_array_unref);
  if (state->rows->len > 0)
    self->awaited_rows = g_array_ref (state->rows);
}

static PoolTreeRow
get_cursor_row (AnalysisView *self)
{
  RowNode *cursor = row_model_get_cursor (trace_session_get_rows (self->session));
  return cursor != NULL ? cursor->row : POOL_TREE_ROOT;
}

void
analysis_view_restore_rows (AnalysisView *self)
{
  if (self->awaited_rows == NULL || trace_session_is_busy (self->session))
    return;
  g_clear_pointer (&self->restored_rows, g_array_unref);
  self->restored_rows = g_steal_pointer (&self->awaited_rows);
  self->restored_generation = G_MAXUINT;
  tree_walk_restore (table_view_get_walk (self->table), self->restored_rows);
  test_log_add ("restored rows=%u", self->restored_rows->len);
}

void
analysis_view_note_restored (AnalysisView *self)
{
  if (self->restored_rows == NULL || self->restored_generation != G_MAXUINT)
    return;
  self->restored_generation = row_model_get_generation (trace_session_get_rows (self->session));
  self->restored_cursor = get_cursor_row (self);
}

void
analysis_view_restore_rows_again (AnalysisView *self)
{
  if (self->restored_rows == NULL)
    return;
  g_autoptr (GArray) rows = g_steal_pointer (&self->restored_rows);
  gboolean is_under_way = self->restored_generation == G_MAXUINT;
  gboolean is_untouched
      = self->restored_generation == row_model_get_generation (trace_session_get_rows (self->session))
        && pool_tree_row_equal (self->restored_cursor, get_cursor_row (self));
  if (is_under_way || is_untouched)
    self->awaited_rows = g_steal_pointer (&rows);
}
