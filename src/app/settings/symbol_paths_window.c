#include "app/settings/symbol_paths_window.h"

#include "app/settings/app_settings.h"
#include "app/settings/symbol_settings.h"

#include <glib/gi18n.h>

#define SYMBOL_TYPE_PATHS_WINDOW (symbol_paths_window_get_type ())
G_DECLARE_FINAL_TYPE (SymbolPathsWindow, symbol_paths_window, SYMBOL, PATHS_WINDOW, GtkWindow)

struct _SymbolPathsWindow
{
  GtkWindow parent_instance;
  GtkListBox *list;
  GtkEntry *path_entry;
  GtkTextView *map_view;
  GtkCheckButton *offline_check, *after_opening_check;
  GtkWidget *load_button, *save_button, *add_button, *default_button;
  SymbolPathsFunc on_closed;
  gpointer data;
  gboolean is_syncing; /* list or line follow each other */
  gboolean loads_now;
};

G_DEFINE_FINAL_TYPE (SymbolPathsWindow, symbol_paths_window, GTK_TYPE_WINDOW)

/* The list and the line */

static GtkEditable *
get_entry (SymbolPathsWindow *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);
  return row != NULL ? g_object_get_data (G_OBJECT (row), "entry") : NULL;
}

static void
write_line (SymbolPathsWindow *self)
{
  g_autoptr (GString) path = g_string_new (NULL);
  GtkEditable *entry;
  for (int i = 0; (entry = get_entry (self, i)) != NULL; i++)
    {
      const char *text = gtk_editable_get_text (entry);
      if (*text != '\0')
        g_string_append_printf (path, "%s%s", path->len > 0 ? ";" : "", text);
    }
  self->is_syncing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->path_entry), path->str);
  self->is_syncing = FALSE;
}

static void
on_place_changed (GtkEditable *entry, gpointer data)
{
  SymbolPathsWindow *self = data;
  if (!self->is_syncing)
    write_line (self);
}

static void
on_remove (GtkButton *button, gpointer data)
{
  SymbolPathsWindow *self = data;
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  gtk_list_box_remove (self->list, row);
  write_line (self);
}

static void
on_up (GtkButton *button, gpointer data)
{
  SymbolPathsWindow *self = data;
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  GtkEditable *entry = get_entry (self, index), *above = get_entry (self, index - 1);
  if (above == NULL)
    return;
  g_autofree char *text = g_strdup (gtk_editable_get_text (above));
  self->is_syncing = TRUE;
  gtk_editable_set_text (above, gtk_editable_get_text (entry));
  gtk_editable_set_text (entry, text);
  self->is_syncing = FALSE;
  write_line (self);
}

static GtkWidget *
create_button (SymbolPathsWindow *self, const char *icon, const char *name, GCallback on_clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", on_clicked, self);
  return button;
}

static GtkWidget *
append_place (SymbolPathsWindow *self, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Place"), -1);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), create_button (self, "go-up-symbolic", _ ("Search here earlier"), G_CALLBACK (on_up)));
  gtk_box_append (GTK_BOX (box),
                  create_button (self, "list-remove-symbolic", _ ("Remove this place"), G_CALLBACK (on_remove)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data (G_OBJECT (row), "entry", entry);
  g_signal_connect (entry, "changed", G_CALLBACK (on_place_changed), self);
  gtk_list_box_append (self->list, row);
  return entry;
}

static void
fill_list (SymbolPathsWindow *self)
{
  g_auto (GStrv) places = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->path_entry)), ";", -1);
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (gsize i = 0; places[i] != NULL; i++)
    if (*g_strstrip (places[i]) != '\0')
      append_place (self, places[i]);
}

static void
on_line_changed (GtkEditable *entry, gpointer data)
{
  SymbolPathsWindow *self = data;
  if (!self->is_syncing)
    fill_list (self);
}

static void
on_add (GtkButton *button, gpointer data)
{
  gtk_widget_grab_focus (append_place (data, ""));
}

static void
on_default (GtkButton *button, gpointer data)
{
  g_autofree char *path = symbol_settings_dup_default_path ();
  gtk_editable_set_text (GTK_EDITABLE (SYMBOL_PATHS_WINDOW (data)->path_entry), path);
}

/* Settings */

static char *
dup_map_text (SymbolPathsWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->map_view);
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
save (SymbolPathsWindow *self)
{
  AppSettings *settings = app_settings_get ();
  g_autofree char *path = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->path_entry)));
  g_autofree char *default_path = symbol_settings_dup_default_path (), *map_text = dup_map_text (self);
  g_auto (GStrv) lines = g_strsplit (map_text, "\n", -1);
  g_autoptr (GPtrArray) map = g_ptr_array_new ();
  for (gsize i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (map, lines[i]);
  g_ptr_array_add (map, NULL);
  /* The default is not remembered: it follows the environment. */
  g_strstrip (path);
  app_settings_set_string (settings, "symbol-path", g_str_equal (path, default_path) ? "" : path);
  app_settings_set_strv (settings, "symbol-folder-map", (const char *const *) map->pdata);
  app_settings_set_boolean (settings, "symbol-offline", gtk_check_button_get_active (self->offline_check));
  app_settings_set_boolean (settings, "symbol-load-after-opening",
                            gtk_check_button_get_active (self->after_opening_check));
}

static void
on_save (GtkButton *button, gpointer data)
{
  SymbolPathsWindow *self = data;
  save (self);
  self->loads_now = GTK_WIDGET (button) == self->load_button;
  gtk_window_close (GTK_WINDOW (self));
}

static void
fill (SymbolPathsWindow *self)
{
  g_auto (SymbolSettings) settings = { 0 };
  symbol_settings_read (&settings);
  g_autofree char *map = g_strjoinv ("\n", settings.folder_map);
  gtk_editable_set_text (GTK_EDITABLE (self->path_entry), settings.path);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->map_view), map, -1);
  gtk_check_button_set_active (self->offline_check, settings.is_offline);
  gtk_check_button_set_active (self->after_opening_check,
                               app_settings_get_boolean (app_settings_get (), "symbol-load-after-opening"));
}

/* Object */

static void
symbol_paths_window_dispose (GObject *object)
{
  SymbolPathsWindow *self = SYMBOL_PATHS_WINDOW (object);
  SymbolPathsFunc on_closed = self->on_closed;
  self->on_closed = NULL;
  if (on_closed != NULL)
    on_closed (self->loads_now, self->data);
  gtk_widget_dispose_template (GTK_WIDGET (self), SYMBOL_TYPE_PATHS_WINDOW);
  G_OBJECT_CLASS (symbol_paths_window_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SymbolPathsWindow, name)

static void
symbol_paths_window_class_init (SymbolPathsWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = symbol_paths_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/symbol_paths_window.ui");
  BIND (list);
  BIND (path_entry);
  BIND (map_view);
  BIND (offline_check);
  BIND (after_opening_check);
  BIND (load_button);
  BIND (save_button);
  BIND (add_button);
  BIND (default_button);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
symbol_paths_window_init (SymbolPathsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->path_entry, "changed", G_CALLBACK (on_line_changed), self);
  g_signal_connect (self->add_button, "clicked", G_CALLBACK (on_add), self);
  g_signal_connect (self->default_button, "clicked", G_CALLBACK (on_default), self);
  g_signal_connect (self->save_button, "clicked", G_CALLBACK (on_save), self);
  g_signal_connect (self->load_button, "clicked", G_CALLBACK (on_save), self);
}

void
symbol_paths_window_show (GtkWindow *parent, SymbolPathsFunc on_closed, gpointer data)
{
  SymbolPathsWindow *self = g_object_new (SYMBOL_TYPE_PATHS_WINDOW, "transient-for", parent, NULL);
  self->on_closed = on_closed;
  self->data = data;
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
}
