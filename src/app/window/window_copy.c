#include "app/window/window_copy.h"

#include "app/settings/app_settings.h"
#include "app/table/row_copy.h"
#include "app/test_log.h"
#include "app/widgets/clipboard_limit.h"
#include "base/number_format.h"
#include "export/stack_report.h"

#include <glib/gi18n.h>

static void
set_clipboard (PoolscopeWindow *self, const char *text, const char *message)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  window_show_message (self, message);
  test_log_add ("copied");
}

void
window_copy_stop (PoolscopeWindow *self)
{
  g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
}

/* Has the worker make the text of @job, which is taken over. What is still being copied is given up: the last copy
 * wins, however long an earlier one takes. */
static void
start_copy (PoolscopeWindow *self, gpointer job, GDestroyNotify free_job, GTaskThreadFunc run,
            GAsyncReadyCallback on_copied)
{
  window_copy_stop (self);
  self->copying = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->copying, on_copied, NULL);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, run);
}

/* Stack */

static void
stack_report_free (gpointer data)
{
  StackReport *report = data;
  pool_tree_values_unref (report->values);
  g_free (report);
}

static void
run_copy_stack (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, stack_report_dup_text (data, cancellable), g_free);
}

static void
on_stack_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  PoolscopeWindow *self = POOLSCOPE_WINDOW (source);
  const StackReport *report = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  if (text == NULL)
    return;
  gboolean has_notes = report->is_markdown && self->notes != NULL && *self->notes != '\0';
  g_autofree char *whole = has_notes ? g_strconcat (text, "\n", self->notes, "\n", NULL) : g_strdup (text);
  set_clipboard (self, whole, _ ("Stack copied"));
}

void
window_copy_stack (PoolscopeWindow *self, gboolean is_markdown)
{
  RowNode *cursor = window_get_cursor (self);
  if (cursor == NULL)
    return;
  StackReport *report = g_new0 (StackReport, 1);
  report->values = pool_tree_values_ref (row_model_get_values (trace_session_get_rows (window_get_session (self))));
  report->row = cursor->row;
  report->innermost_first = app_settings_has_string (app_settings_get (), "frame-order", "innermost-first");
  report->is_markdown = is_markdown;
  start_copy (self, report, stack_report_free, run_copy_stack, on_stack_copied);
}

/* Rows and cells */

/* What the worker makes text of; the table may show others by then. */
typedef struct
{
  PoolTreeValues *values; /* (owned) */
  GArray *rows;           /* (owned): of PoolTreeRow */
  ColumnLayout layout;
  gsize n_copied; /* what the clipboard has room for */
} CopiedRows;

static void
copied_rows_free (gpointer data)
{
  CopiedRows *self = data;
  pool_tree_values_unref (self->values);
  g_array_unref (self->rows);
  g_free (self);
}

static void
run_copy_rows (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CopiedRows *copied = data;
  const RowCopy copy = { copied->values, (const PoolTreeRow *) (gpointer) copied->rows->data, copied->rows->len,
                         &copied->layout };
  g_task_return_pointer (task, row_copy_dup_text (&copy, CLIPBOARD_LIMIT_BYTES, &copied->n_copied, cancellable),
                         g_free);
}

static char *
dup_rows_message (const CopiedRows *copied)
{
  guint n_rows = copied->rows->len;
  if (copied->n_copied == n_rows)
    return g_strdup_printf (ngettext ("%u row copied", "%u rows copied", n_rows), n_rows);
  g_autofree char *n_copied = format_count ((gint64) copied->n_copied), *n_selected = format_count (n_rows);
  return g_strdup_printf (_ ("Only the first %s of %s rows were copied; “Export”, “Table” writes all"), n_copied, n_selected);
}

static void
on_rows_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  PoolscopeWindow *self = POOLSCOPE_WINDOW (source);
  const CopiedRows *copied = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  if (text == NULL)
    return;
  g_autofree char *message = dup_rows_message (copied);
  set_clipboard (self, text, message);
}

void
window_copy_rows (PoolscopeWindow *self)
{
  RowModel *model = self->trace != NULL ? trace_session_get_rows (window_get_session (self)) : NULL;
  if (model == NULL || row_model_get_values (model) == NULL)
    return;
  g_autoptr (GPtrArray) nodes = row_model_dup_selected (model);
  CopiedRows *copied = g_new0 (CopiedRows, 1);
  copied->values = pool_tree_values_ref (row_model_get_values (model));
  copied->rows = g_array_sized_new (FALSE, FALSE, sizeof (PoolTreeRow), nodes->len);
  copied->layout = *table_view_get_layout (window_get_table (self));
  for (guint i = 0; i < nodes->len; i++)
    g_array_append_val (copied->rows, ((const RowNode *) nodes->pdata[i])->row);
  start_copy (self, copied, copied_rows_free, run_copy_rows, on_rows_copied);
}

void
window_copy_cell (PoolscopeWindow *self)
{
  RowNode *cursor = window_get_cursor (self);
  TableColumn column;
  if (cursor == NULL)
    return;
  window_copy_stop (self);
  g_autofree char *text = NULL;
  if (table_view_get_pressed_column (window_get_table (self), &column))
    text = table_view_dup_cell_text (window_get_table (self), cursor, column, FALSE);
  if (text == NULL || *text == '\0')
    {
      g_free (text);
      text = pool_tree_dup_row_text (trace_session_get_tree (window_get_session (self)), cursor->row);
    }
  set_clipboard (self, text, _ ("Cell copied"));
}

void
window_copy_picture (PoolscopeWindow *self)
{
  window_copy_stop (self);
  g_autoptr (GdkTexture) texture = graph_view_dup_texture (window_get_graph (self));
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  window_show_message (self, _ ("Graph copied as a picture"));
}
