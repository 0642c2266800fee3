#include "app/editor/preset_pane.h"

#include "app/editor/preset_row.h"
#include "app/presets/preset_export.h"
#include "app/presets/preset_id.h"
#include "app/presets/preset_import.h"
#include "app/presets/table_preset.h"
#include "app/test_log.h"
#include "app/widgets/file_dialog.h"

#include <glib/gi18n.h>

struct _PresetPane
{
  GtkBox parent_instance;
  GtkListBox *list;
  GtkEntry *name_entry;
  GtkWidget *apply_button, *save_button, *rename_button, *delete_button, *export_button, *import_button;

  TableView *table; /* (weak) (nullable) */
  char *wanted_id;  /* (owned) (nullable): to be selected when the list is filled next */
  guint fill_idle;
};

G_DEFINE_FINAL_TYPE (PresetPane, preset_pane, GTK_TYPE_BOX)

static guint message_signal;

static void
tell (PresetPane *self, const char *text)
{
  g_signal_emit (self, message_signal, 0, text);
  test_log_add ("presets: %s", text);
}

/* Tells @error where there is one, else @text. Takes @error. */
static void
tell_result (PresetPane *self, GError *error, const char *text)
{
  tell (self, error != NULL ? error->message : text);
  g_clear_error (&error);
}

/* The list */

static const char *
get_selected_id (PresetPane *self)
{
  return preset_row_get_id (gtk_list_box_get_selected_row (self->list));
}

/* The selected preset of the user, (nullable). */
static const UserPreset *
get_selected_own (PresetPane *self)
{
  const char *id = get_selected_id (self);
  const char *name = id != NULL ? preset_id_get_own_name (id) : NULL;
  return name != NULL ? preset_store_find (preset_store_get_default (), name) : NULL;
}

static void
append_row (PresetPane *self, const char *id, const char *current, gboolean is_modified, const char *selected)
{
  GtkWidget *row = preset_row_new (id, g_strcmp0 (id, current) == 0, is_modified);
  gtk_list_box_append (self->list, row);
  if (g_strcmp0 (id, selected) == 0)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static gboolean
fill (gpointer data)
{
  PresetPane *self = data;
  const GPtrArray *own = preset_store_get_presets (preset_store_get_default ());
  gboolean is_modified = FALSE;
  self->fill_idle = 0;
  const char *current = self->table != NULL ? table_view_get_preset (self->table, &is_modified) : NULL;
  g_autofree char *selected = self->wanted_id != NULL ? g_steal_pointer (&self->wanted_id) : g_strdup (get_selected_id (self));
  GtkWidget *child, *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  if (selected == NULL)
    selected = g_strdup (current);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < n_table_presets; i++)
    append_row (self, table_presets[i].name, current, is_modified, selected);
  for (guint i = 0; i < own->len; i++)
    {
      g_autofree char *id = preset_id_for_own (((const UserPreset *) g_ptr_array_index (own, i))->name);
      append_row (self, id, current, is_modified, selected);
    }
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (had_focus && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_set_sensitive (self->export_button, own->len > 0);
  return G_SOURCE_REMOVE;
}

static void
queue_fill (PresetPane *self)
{
  if (self->fill_idle == 0)
    self->fill_idle = g_idle_add (fill, self);
}

/* The preset with @id is what the user works on now. */
static void
want_selected (PresetPane *self, const char *id)
{
  g_free (self->wanted_id);
  self->wanted_id = g_strdup (id);
  queue_fill (self);
}

/* Buttons */

static void
apply (PresetPane *self, const char *id)
{
  g_autofree char *kept = g_strdup (id);
  if (kept != NULL && self->table != NULL && table_view_apply_preset (self->table, kept))
    test_log_add ("preset %s", kept);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  apply (PRESET_PANE (data), preset_row_get_id (row));
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  PresetPane *self = data;
  if (self->list == NULL) /* the rows go with the pane */
    return;
  const UserPreset *own = get_selected_own (self);
  gtk_widget_set_sensitive (self->apply_button, row != NULL);
  gtk_widget_set_sensitive (self->rename_button, own != NULL);
  gtk_widget_set_sensitive (self->delete_button, own != NULL);
  if (own != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name_entry), own->name);
}

static void
on_apply (GtkButton *button, gpointer data)
{
  apply (PRESET_PANE (data), get_selected_id (PRESET_PANE (data)));
}

static void
on_save (GtkWidget *widget, gpointer data)
{
  PresetPane *self = data;
  PresetStore *store = preset_store_get_default ();
  GError *error = NULL;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry))));
  if (self->table == NULL)
    return;
  g_autoptr (UserPreset) preset
      = user_preset_new (name, table_view_get_layout (self->table), table_view_get_order (self->table));
  for (guint i = 0; i < preset->layout.n_columns; i++)
    preset->widths_px[i] = table_view_get_width (self->table, preset->layout.columns[i]);
  gboolean was_there = preset_store_find (store, name) != NULL;
  if (was_there)
    preset->conditions = g_strdupv (preset_store_find (store, name)->conditions);
  if (preset_id_check_own_name (name, &error) && preset_store_put (store, preset, &error))
    {
      g_autofree char *id = preset_id_for_own (name);
      table_view_set_preset (self->table, id);
      table_view_tell_layout_changed (self->table);
      want_selected (self, id);
    }
  g_autofree char *text = g_strdup_printf (was_there ? _ ("Preset “%s” saved again") : _ ("Preset “%s” saved"), name);
  tell_result (self, error, text);
}

static void
on_rename (GtkButton *button, gpointer data)
{
  PresetPane *self = data;
  const UserPreset *own = get_selected_own (self);
  GError *error = NULL;
  gboolean is_modified;
  if (own == NULL)
    return;
  g_autofree char *old_name = g_strdup (own->name);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry))));
  g_autofree char *old_id = preset_id_for_own (old_name), *id = preset_id_for_own (name);
  gboolean is_current = self->table != NULL && g_strcmp0 (table_view_get_preset (self->table, &is_modified), old_id) == 0;
  if (preset_id_check_own_name (name, &error) && preset_store_rename (preset_store_get_default (), old_name, name, &error))
    {
      if (is_current)
        {
          table_view_set_preset (self->table, id);
          table_view_tell_layout_changed (self->table);
        }
      want_selected (self, id);
    }
  g_autofree char *text = g_strdup_printf (_ ("Preset “%s” is now called “%s”"), old_name, name);
  tell_result (self, error, text);
}

static void
on_delete (GtkButton *button, gpointer data)
{
  PresetPane *self = data;
  const UserPreset *own = get_selected_own (self);
  GError *error = NULL;
  if (own == NULL)
    return;
  g_autofree char *name = g_strdup (own->name);
  preset_store_remove (preset_store_get_default (), name, &error);
  g_autofree char *text = g_strdup_printf (_ ("Preset “%s” deleted"), name);
  tell_result (self, error, text);
}

/* Files */

static void
on_export_chosen (GFile *file, gpointer data)
{
  g_autoptr (PresetPane) self = data;
  if (file == NULL)
    return;
  const UserPreset *selected = get_selected_own (self);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  if (selected != NULL)
    g_ptr_array_add (one, (gpointer) selected);
  const GPtrArray *presets = selected != NULL ? one : preset_store_get_presets (preset_store_get_default ());
  g_autofree char *text = preset_export_file (presets, file);
  tell (self, text);
}

static void
on_export (GtkButton *button, gpointer data)
{
  PresetPane *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  file_dialog_save (GTK_WINDOW (root), _ ("Export Presets"), "presets.json", on_export_chosen, g_object_ref (self));
}

static void
on_import_chosen (GFile *file, gpointer data)
{
  g_autoptr (PresetPane) self = data;
  if (file == NULL)
    return;
  g_autofree char *text = preset_import_file (preset_store_get_default (), file);
  tell (self, text);
}

static void
on_import (GtkButton *button, gpointer data)
{
  PresetPane *self = data;
  file_dialog_open_presets (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), on_import_chosen,
                            g_object_ref (self));
}

/* Object */

static void
preset_pane_dispose (GObject *object)
{
  PresetPane *self = PRESET_PANE (object);
  g_clear_handle_id (&self->fill_idle, g_source_remove);
  if (self->table != NULL)
    g_signal_handlers_disconnect_by_data (self->table, self);
  g_signal_handlers_disconnect_by_data (preset_store_get_default (), self);
  g_clear_weak_pointer (&self->table);
  g_clear_pointer (&self->wanted_id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESET_TYPE_PANE);
  G_OBJECT_CLASS (preset_pane_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresetPane, name)

static void
preset_pane_class_init (PresetPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = preset_pane_dispose;
  message_signal = g_signal_new ("message", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/preset_pane.ui");
  BIND (list);
  BIND (name_entry);
  BIND (apply_button);
  BIND (save_button);
  BIND (rename_button);
  BIND (delete_button);
  BIND (export_button);
  BIND (import_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_rename);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
}

static void
preset_pane_init (PresetPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_row_selected (self->list, NULL, self);
  g_signal_connect_swapped (preset_store_get_default (), "changed", G_CALLBACK (queue_fill), self);
}

/* Tells what was wrong with the file of the presets. */
static void
tell_problems (PresetPane *self)
{
  const GPtrArray *problems = preset_store_get_problems (preset_store_get_default ());
  if (problems->len == 0)
    return;
  g_autofree char *text = preset_store_dup_problem_text (preset_store_get_default ());
  tell (self, text);
}

void
preset_pane_set_table (PresetPane *self, TableView *table)
{
  g_set_weak_pointer (&self->table, table);
  g_signal_connect_swapped (table, "layout-changed", G_CALLBACK (queue_fill), self);
  fill (self);
  tell_problems (self);
}
