#include "app/settings/tag_file_row.h"

#include "analysis/pool_tag_files.h"
#include "app/settings/app_settings.h"
#include "app/test_log.h"
#include "app/widgets/file_dialog.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

struct _TagFileRow
{
  GtkBox parent_instance;
  GtkEntry *entry;
  GtkLabel *status;
  char *key;                 /* (owned) */
  char *default_path;        /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the newest look at the file */
};

G_DEFINE_FINAL_TYPE (TagFileRow, tag_file_row, GTK_TYPE_BOX)

/* Looking at the file */

static void
read_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *path = data;
  GError *error = NULL;
  PoolTagFileReport *report = g_new0 (PoolTagFileReport, 1);
  g_autoptr (PoolTagCatalog) catalog = pool_tag_catalog_new ();
  if (pool_tag_catalog_add_file (catalog, path, report, &error))
    g_task_return_pointer (task, report, g_free);
  else
    {
      g_free (report);
      g_task_return_error (task, error);
    }
}

static char *
dup_report_text (const PoolTagFileReport *report)
{
  g_autofree char *tags = format_count (report->n_tags), *patterns = format_count (report->n_patterns);
  g_autofree char *skipped = format_count (report->n_skipped);
  return g_strdup_printf (_ ("%s tags and %s patterns; %s other lines are left out"), tags, patterns, skipped);
}

static void
show_status (TagFileRow *self, const char *text, gboolean is_wrong)
{
  gtk_label_set_text (self->status, text);
  (is_wrong ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->entry), "error");
  test_log_add ("tag-file %s %s", self->key, text);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  TagFileRow *self = TAG_FILE_ROW (source);
  g_autoptr (GError) error = NULL;
  g_autofree PoolTagFileReport *report = g_task_propagate_pointer (G_TASK (result), &error);
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  g_autofree char *text = report != NULL ? dup_report_text (report) : g_strdup (error->message);
  show_status (self, text, report == NULL);
}

static void
look_at_file (TagFileRow *self)
{
  g_autofree char *chosen = app_settings_get_string (app_settings_get (), self->key);
  const char *path = *chosen != '\0' ? chosen : self->default_path;
  g_clear_object (&self->cancellable);
  if (path == NULL || (path != chosen && !g_file_test (path, G_FILE_TEST_EXISTS)))
    {
      show_status (self, _ ("No file chosen"), FALSE);
      return;
    }
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_read, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_file);
}

/* Choosing it */

static void
apply (TagFileRow *self)
{
  g_autofree char *path = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *older = app_settings_get_string (app_settings_get (), self->key);
  if (g_strcmp0 (path, older) == 0)
    return;
  app_settings_set_string (app_settings_get (), self->key, path);
  look_at_file (self);
}

static void
on_activate (GtkEntry *entry, gpointer data)
{
  apply (data);
}

static void
on_leave (GtkEventControllerFocus *controller, gpointer data)
{
  apply (data);
}

static void
on_chosen (GFile *file, gpointer data)
{
  g_autoptr (TagFileRow) self = data;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  if (path == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), path);
  apply (self);
}

static void
on_choose_clicked (GtkButton *button, gpointer data)
{
  TagFileRow *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  file_dialog_open_tags (GTK_WINDOW (root), on_chosen, g_object_ref (self));
}

static void
tag_file_row_dispose (GObject *object)
{
  TagFileRow *self = TAG_FILE_ROW (object);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->default_path, g_free);
  G_OBJECT_CLASS (tag_file_row_parent_class)->dispose (object);
}

static void
tag_file_row_class_init (TagFileRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = tag_file_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/tag_file_row.ui");
  gtk_widget_class_bind_template_child (widget_class, TagFileRow, entry);
  gtk_widget_class_bind_template_child (widget_class, TagFileRow, status);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
}

static void
tag_file_row_init (TagFileRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tag_file_row_new (const char *key, const char *label, const char *default_path)
{
  TagFileRow *self = g_object_new (TAG_TYPE_FILE_ROW, NULL);
  g_autofree char *path = app_settings_get_string (app_settings_get (), key);
  self->key = g_strdup (key);
  self->default_path = g_strdup (default_path);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), path);
  if (default_path != NULL)
    gtk_entry_set_placeholder_text (self->entry, default_path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  look_at_file (self);
  return GTK_WIDGET (self);
}
