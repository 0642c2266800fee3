/* What is copied of the selected allocations. */
#include "app/allocations/allocation_pane_private.h"

#include "app/allocations/allocation_text.h"
#include "app/test_log.h"
#include "app/widgets/clipboard_limit.h"
#include "base/number_format.h"
#include "export/debugger_commands.h"

#include <glib/gi18n.h>

/* Appends one allocation, on a line of its own. */
typedef void (*AppendFunc) (GString *text, const IntervalList *list, guint32 interval);

static void
append_command (GString *text, const IntervalList *list, guint32 interval)
{
  debugger_commands_append (text, interval_list_get_source (list).trace, interval);
}

static void
append_address (GString *text, const IntervalList *list, guint32 interval)
{
  g_autofree char *address = allocation_text_dup (list, INTERVAL_COLUMN_ADDRESS, interval);
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", address);
}

static void
append_fields (GString *text, const IntervalList *list, guint32 interval)
{
  for (IntervalColumn column = 0; column < N_INTERVAL_COLUMNS; column++)
    {
      g_autofree char *field = allocation_text_dup_exact (list, column, interval);
      /* A field of tab-separated text is one line without tabs. */
      g_strdelimit (field, "\t\n\r", ' ');
      g_string_append_printf (text, "%s%s", column > 0 ? "\t" : "", field);
    }
  g_string_append_c (text, '\n');
}

static void
tell (AllocationPane *self, guint n_copied, guint64 n_selected)
{
  g_autofree char *copied = format_count (n_copied), *selected = format_count ((gint64) n_selected);
  g_autofree char *message = NULL;
  if (n_selected > n_copied)
    message = g_strdup_printf (_ ("Only the first %s of %s allocations were copied; “poolscope-cli allocs” writes all"),
                               copied, selected);
  else
    message = g_strdup_printf (ngettext ("%u allocation copied", "%u allocations copied", n_copied), n_copied);
  allocation_pane_tell (self, message);
  test_log_add ("copied allocations %u", n_copied);
}

/* Copies the selected allocations in the order of the list, as many as there is room for; @head stands before them. */
static void
copy (AllocationPane *self, const char *head, AppendFunc append)
{
  if (self->model == NULL || gtk_bitset_is_empty (allocation_model_get_selected (self->model)))
    return;
  const IntervalList *list = allocation_model_get_list (self->model);
  const GtkBitset *selected = allocation_model_get_selected (self->model);
  g_autoptr (GString) text = g_string_new (head);
  GtkBitsetIter iter;
  guint position, n_copied = 0;
  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, selected, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    {
      gsize length = text->len;
      append (text, list, list->intervals[position]);
      if (text->len > CLIPBOARD_LIMIT_BYTES && n_copied > 0)
        {
          g_string_truncate (text, length);
          break;
        }
      n_copied++;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
  tell (self, n_copied, gtk_bitset_get_size (selected));
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy (data, NULL, append_command);
}

static void
on_copy_address (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy (data, NULL, append_address);
}

static void
on_copy_rows (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  for (IntervalColumn column = 0; column < N_INTERVAL_COLUMNS; column++)
    g_string_append_printf (titles, "%s%s", column > 0 ? "\t" : "", allocation_column_get_title (column));
  g_string_append_c (titles, '\n');
  copy (data, titles->str, append_fields);
}

void
allocation_copy_install (AllocationPane *self)
{
  static const GActionEntry entries[] = {
    { "copy", on_copy, NULL, NULL, NULL, { 0 } },
    { "copy-rows", on_copy_rows, NULL, NULL, NULL, { 0 } },
    { "copy-address", on_copy_address, NULL, NULL, NULL, { 0 } },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "allocations", G_ACTION_GROUP (group));
}
