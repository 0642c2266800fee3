/* Type-ahead: letters typed in quick succession jump to a row whose group text has them. */
#include "app/table/table_view_private.h"

#include <glib/gi18n.h>

/* Longer pauses begin a new word. */
#define PAUSE_MS 1000
#define MAX_TYPED_BYTES 120

static gboolean
on_pause (gpointer data)
{
  TableView *self = data;
  self->type_ahead_timer = 0;
  g_string_truncate (self->typed, 0);
  return G_SOURCE_REMOVE;
}

gboolean
table_type_ahead_end (TableView *self)
{
  gboolean was_typing = self->type_ahead_timer != 0;
  g_clear_handle_id (&self->type_ahead_timer, g_source_remove);
  g_string_truncate (self->typed, 0);
  if (was_typing)
    g_signal_emit_by_name (self, "message", "");
  return was_typing;
}

/* The next row from @first on, wrapping round, whose text begins with @typed; else the next that has it. */
static RowNode *
find_row (RowModel *rows, guint first, const char *typed)
{
  PoolTree *tree = pool_tree_values_get_tree (row_model_get_values (rows));
  guint n_rows = row_model_get_n_visible (rows);
  RowNode *containing = NULL;
  for (guint i = 0; i < n_rows; i++)
    {
      RowNode *node = row_model_get_visible (rows, (first + i) % n_rows);
      g_autofree char *text = pool_tree_dup_row_text (tree, node->row);
      g_autofree char *folded = g_utf8_casefold (text, -1);
      const char *place = strstr (folded, typed);
      if (place == folded)
        return node;
      if (place != NULL && containing == NULL)
        containing = node;
    }
  return containing;
}

gboolean
table_type_ahead_key (TableView *self, guint key, GdkModifierType state)
{
  RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  gunichar character = gdk_keyval_to_unicode (key);
  if (rows == NULL || row_model_get_n_visible (rows) == 0 || (state & ~(guint) GDK_SHIFT_MASK) != 0
      || !g_unichar_isgraph (character) || self->typed->len > MAX_TYPED_BYTES)
    return FALSE;
  gboolean is_first = self->typed->len == 0;
  g_string_append_unichar (self->typed, character);
  g_clear_handle_id (&self->type_ahead_timer, g_source_remove);
  self->type_ahead_timer = g_timeout_add (PAUSE_MS, on_pause, self);

  RowNode *cursor = row_model_get_cursor (rows);
  guint first = cursor == NULL ? 0 : cursor->position + (is_first ? 1 : 0);
  g_autofree char *folded = g_utf8_casefold (self->typed->str, -1);
  RowNode *found = find_row (rows, first, folded);
  g_autofree char *text = g_strdup_printf (
      found != NULL ? _ ("Typed: %s") : _ ("No row that is shown has: %s"), self->typed->str);
  g_signal_emit_by_name (self, "message", text);
  if (found != NULL && found != cursor)
    {
      row_model_select_only (rows, found);
      table_view_focus_cursor (self);
    }
  return TRUE;
}
