/* Which columns the table has in which order, by menu, preset or header, and what follows from that. */
#include "app/table/table_view_private.h"

#include "app/settings/app_settings.h"

#include <glib/gi18n.h>

static PoolTreeOrder
choose_order (TableView *self, const PoolTreeOrder *wanted)
{
  PoolTreeOrder order = wanted != NULL ? *wanted : trace_session_get_order (self->session);
  TableColumn sorted = { .kind = TABLE_COLUMN_VALUE, .metric = order.metric };
  return order.by_text || column_layout_find (&self->layout, sorted, NULL) ? order : POOL_TREE_ORDER_DEFAULT;
}

/* The worker starts first: it computes while the columns change. */
static void
compute (TableView *self, PoolTreeOrder order)
{
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  gsize n_levels = column_layout_get_grouping (&self->layout, grouping);
  trace_session_arrange (self->session, grouping, n_levels, order);
}

void
table_view_follow_layout (TableView *self, const PoolTreeOrder *wanted_order)
{
  PoolTreeOrder order = { 0 };
  if (self->session != NULL)
    {
      order = choose_order (self, wanted_order);
      compute (self, order);
    }
  table_columns_sync (self);
  table_columns_save (self);
  table_actions_update (self);
  if (self->session == NULL)
    return;
  table_sort_show_order (self, order);
  /* Columns that were not there may need more of the rows on screen. */
  table_details_queue (self);
  table_view_tell_layout_changed (self);
}

void
table_view_toggle_column (TableView *self, TableColumn column)
{
  gboolean is_shown = column_layout_find (&self->layout, column, NULL);
  if (is_shown ? column_layout_hide (&self->layout, column) : column_layout_show (&self->layout, column))
    table_view_follow_layout (self, NULL);
  else
    table_view_tell (self, column.kind == TABLE_COLUMN_GROUP ? _ ("The table needs at least one group.")
                                                             : _ ("The table needs at least one value."));
}

void
table_view_move_column (TableView *self, TableColumn column, int steps)
{
  if (column_layout_move (&self->layout, column, steps))
    table_view_follow_layout (self, NULL);
}

void
table_view_reset_columns (TableView *self)
{
  table_view_set_preset (self, "default");
  column_layout_init (&self->layout, NULL, NULL);
  table_view_follow_layout (self, NULL);
}

void
table_view_set_layout (TableView *self, const ColumnLayout *layout, PoolTreeOrder order)
{
  self->layout = *layout;
  table_view_follow_layout (self, &order);
  table_memory_save_order (order);
}

PoolTreeOrder
table_view_get_order (TableView *self)
{
  return self->session != NULL ? trace_session_get_order (self->session) : table_view_get_remembered_order (self);
}

gboolean
table_view_apply_preset (TableView *self, const char *id)
{
  ColumnLayout layout;
  PoolTreeOrder order;
  const UserPreset *own;
  if (!preset_store_resolve (preset_store_get_default (), id, &layout, &order, &own))
    return FALSE;
  table_view_set_preset (self, id);
  for (guint i = 0; own != NULL && i < layout.n_columns; i++)
    if (own->widths_px[i] > 0)
      table_view_set_width (self, layout.columns[i], own->widths_px[i]);
  table_view_set_layout (self, &layout, order);
  g_autoptr (PoolFilter) filter
      = own != NULL && own->conditions != NULL ? pool_filter_new ((const char *const *) own->conditions, NULL) : NULL;
  if (filter != NULL && self->session != NULL)
    trace_session_set_filter (self->session, filter);
  return TRUE;
}

const char *
table_view_get_preset (TableView *self, gboolean *ret_is_modified)
{
  ColumnLayout layout;
  PoolTreeOrder order;
  *ret_is_modified = FALSE;
  if (self->preset == NULL
      || !preset_store_resolve (preset_store_get_default (), self->preset, &layout, &order, NULL))
    return NULL;
  PoolTreeOrder shown_order = table_view_get_order (self);
  *ret_is_modified = !column_layout_equal (&layout, &self->layout) || !pool_tree_order_equal (order, shown_order);
  /* It may have become another one: columns come from a saved view too. */
  char *other = *ret_is_modified ? preset_store_dup_matching (preset_store_get_default (), &self->layout, shown_order)
                                 : NULL;
  if (other != NULL)
    {
      g_free (self->preset);
      self->preset = other;
      *ret_is_modified = FALSE;
    }
  return self->preset;
}

void
table_view_set_preset (TableView *self, const char *id)
{
  char *preset = g_strdup (id);
  g_free (self->preset);
  self->preset = preset;
  app_settings_set_string (app_settings_get (), "preset", id);
}
