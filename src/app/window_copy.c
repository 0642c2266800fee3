#include "app/window_copy.h"

#include "app/app_settings.h"
#include "app/file_dialog.h"
#include "app/row_copy.h"
#include "app/test_log.h"
#include "export/stack_report.h"
#include "export/tree_export.h"

#include <glib/gi18n.h>

static void
set_clipboard (PoolscopeWindow *self, const char *text, const char *message)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  window_show_message (self, message);
  test_log_add ("copied");
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
run_copy (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, stack_report_dup_text (data, cancellable), g_free);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  PoolscopeWindow *self = POOLSCOPE_WINDOW (source);
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  if (text != NULL && self->trace != NULL)
    set_clipboard (self, text, _ ("Stack copied"));
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
  g_autoptr (GTask) task = g_task_new (self, NULL, on_copied, NULL);
  g_task_set_task_data (task, report, stack_report_free);
  g_task_run_in_thread (task, run_copy);
}

/* Rows and cells */

/* What the worker makes text of; the table may show others by then. */
typedef struct
{
  PoolTreeValues *values; /* (owned) */
  GArray *rows;           /* (owned): of PoolTreeRow */
  ColumnLayout layout;
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
  const CopiedRows *copied = data;
  const RowCopy copy = { copied->values, (const PoolTreeRow *) (gpointer) copied->rows->data, copied->rows->len,
                         &copied->layout };
  g_task_return_pointer (task, row_copy_dup_text (&copy, cancellable), g_free);
}

static void
on_rows_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  PoolscopeWindow *self = POOLSCOPE_WINDOW (source);
  const CopiedRows *copied = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  guint n_rows = copied->rows->len;
  g_autofree char *message = g_strdup_printf (ngettext ("%u row copied", "%u rows copied", n_rows), n_rows);
  if (text != NULL && self->trace != NULL)
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
  g_autoptr (GTask) task = g_task_new (self, NULL, on_rows_copied, NULL);
  g_task_set_task_data (task, copied, copied_rows_free);
  g_task_run_in_thread (task, run_copy_rows);
}

void
window_copy_cell (PoolscopeWindow *self)
{
  RowNode *cursor = window_get_cursor (self);
  TableColumn column;
  if (cursor == NULL)
    return;
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
  g_autoptr (GdkTexture) texture = graph_view_dup_texture (window_get_graph (self));
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  window_show_message (self, _ ("Graph copied as a picture"));
}

/* Files */

typedef struct
{
  PoolscopeWindow *window; /* (owned) */
  char *format;            /* (owned) */
  PoolTreeValues *values;  /* (owned) (nullable) */
  GFile *file;             /* (owned) (nullable) */
  PoolTreeOrder order;
  Metric columns[N_METRICS];
  gsize n_columns;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;
  g_clear_object (&self->window);
  g_clear_object (&self->file);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_free (self->format);
  g_free (self);
}

static Export *
export_new (PoolscopeWindow *window, const char *format)
{
  Export *self = g_new0 (Export, 1);
  self->window = g_object_ref (window);
  self->format = g_strdup (format);
  return self;
}

/* "pool.csv" for pool.etl. */
static char *
dup_proposed_name (PoolscopeWindow *self, const char *extension)
{
  g_autofree char *name = g_strdup (self->trace->info.display_name);
  char *dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_strconcat (name, ".", extension, NULL);
}

static void
tell_saved (PoolscopeWindow *self, GFile *file, const GError *error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = error != NULL ? g_strdup_printf (_ ("Could not be saved: %s"), error->message)
                                        : g_strdup_printf (_ ("Saved as %s"), name);
  window_show_message (self, text);
  test_log_add ("saved %s", error != NULL ? error->message : name);
}

static void
run_export (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  GError *error = NULL;
  TimeRangeText range = { pool_tree_values_get_range (self->values), FALSE, FALSE };
  range.has_start = range.range.start_ns > 0;
  range.has_end = range.range.end_ns != G_MAXINT64;
  TreeExport tree_export = {
    .values = self->values,
    .range = &range,
    .columns = self->columns,
    .n_columns = self->n_columns,
    .sort = self->order.by_text ? METRIC_IMPACTING : self->order.metric,
    .limit = TREE_EXPORT_NO_LIMIT,
  };
  g_autoptr (GFileOutputStream) stream
      = g_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_auto (TextOutput) output;
  text_output_init (&output, G_OUTPUT_STREAM (stream));
  if (g_str_equal (self->format, "csv"))
    tree_export_write_csv (&tree_export, &output);
  else if (g_str_equal (self->format, "json"))
    tree_export_write_json (&tree_export, &output);
  else
    tree_export_write_folded (&tree_export, &output);
  if (!text_output_finish (&output, &error)
      || !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_task_propagate_boolean (G_TASK (result), &error);
  tell_saved (self->window, self->file, error);
}

static void
on_table_file_chosen (GFile *file, gpointer data)
{
  Export *self = data;
  if (file == NULL)
    {
      export_free (self);
      return;
    }
  self->file = g_object_ref (file);
  g_autoptr (GTask) task = g_task_new (self->window, NULL, on_exported, NULL);
  g_task_set_task_data (task, self, export_free);
  g_task_run_in_thread (task, run_export);
}

void
window_export_table (PoolscopeWindow *self, const char *format)
{
  PoolTreeValues *values
      = self->trace != NULL ? row_model_get_values (trace_session_get_rows (window_get_session (self))) : NULL;
  if (values == NULL)
    return;
  Export *export = export_new (self, format);
  const ColumnLayout *layout = table_view_get_layout (window_get_table (self));
  export->values = pool_tree_values_ref (values);
  export->order = trace_session_get_order (window_get_session (self));
  for (guint i = 0; i < layout->n_columns; i++)
    if (layout->columns[i].kind == TABLE_COLUMN_VALUE)
      export->columns[export->n_columns++] = layout->columns[i].metric;
  g_autofree char *name = dup_proposed_name (self, g_str_equal (format, "folded") ? "folded.txt" : format);
  file_dialog_save (GTK_WINDOW (self), _ ("Export Table"), name, on_table_file_chosen, export);
}

static void
on_graph_file_chosen (GFile *file, gpointer data)
{
  Export *self = data;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;
  if (path != NULL)
    {
      graph_view_export (window_get_graph (self->window), path, &error);
      tell_saved (self->window, file, error);
    }
  export_free (self);
}

void
window_export_graph (PoolscopeWindow *self, const char *format)
{
  if (self->trace == NULL)
    return;
  g_autofree char *name = dup_proposed_name (self, format);
  file_dialog_save (GTK_WINDOW (self), _ ("Export Graph"), name, on_graph_file_chosen,
                    export_new (self, format));
}

static void
on_flame_file_chosen (GFile *file, gpointer data)
{
  Export *self = data;
  FlamePage *flames = window_get_flames (self->window);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;
  if (path != NULL && flames != NULL)
    {
      flame_page_export (flames, path, &error);
      tell_saved (self->window, file, error);
    }
  export_free (self);
}

void
window_export_flame (PoolscopeWindow *self, const char *format)
{
  g_autofree char *extension = g_strconcat ("flames.", format, NULL);
  if (window_get_flames (self) == NULL)
    return;
  g_autofree char *name = dup_proposed_name (self, extension);
  file_dialog_save (GTK_WINDOW (self), _ ("Export Flame Graph"), name, on_flame_file_chosen,
                    export_new (self, format));
}
