#include "app/window/window_export.h"

#include "app/test_log.h"
#include "app/widgets/file_dialog.h"
#include "export/tree_export.h"

#include <glib/gi18n.h>

/* What is to be written where, while the file is chosen and written. */
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
