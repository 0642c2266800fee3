#include "app/health/modules_window.h"

#include "app/settings/app_settings.h"

#include <glib/gi18n.h>

typedef enum
{
  COLUMN_MODULE,
  COLUMN_STATE,
  COLUMN_REASON,
  N_COLUMNS
} Column;

/* What a window shows; goes with it. */
typedef struct
{
  SymbolLoad *symbols; /* (owned) */
  GPtrArray *items;    /* of GtkListItem (transfer none): the cells that are on screen */
  GtkLabel *summary;
} ModulesPage;

static void
modules_page_free (gpointer data)
{
  ModulesPage *self = data;
  g_signal_handlers_disconnect_by_data (self->symbols, self);
  g_clear_object (&self->symbols);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static SymbolResolver *
get_resolver (const ModulesPage *self)
{
  return symbol_modules_get_resolver (symbol_load_get_modules (self->symbols));
}

static guint
get_module (GtkListItem *item)
{
  return gtk_list_item_get_position (item);
}

static const char *
get_state_text (SymbolState state)
{
  static const char *const texts[N_SYMBOL_STATES] = { N_ ("Not loaded"), N_ ("Loading"),    N_ ("Loaded"),
                                                      N_ ("Not found"),  N_ ("Unreadable"), N_ ("No identity") };
  return _ (texts[state]);
}

static void
update_text (GtkListItem *item, const char *text)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (child)), text) == 0)
    return;
  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  gtk_widget_set_tooltip_text (child, *text != '\0' ? text : NULL);
}

static void
update_item (const ModulesPage *self, GtkListItem *item)
{
  Column column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), "column"));
  g_auto (SymbolModuleStatus) status = { 0 };
  symbol_resolver_get_status (get_resolver (self), get_module (item), &status);
  switch (column)
    {
    case COLUMN_MODULE:
      update_text (item, symbol_resolver_get_identity (get_resolver (self), get_module (item))->image_name);
      break;
    case COLUMN_STATE:
      update_text (item, get_state_text (status.state));
      break;
    case COLUMN_REASON:
      update_text (item, status.activity != NULL ? status.activity : status.reason);
      break;
    default:
      gtk_widget_set_sensitive (gtk_list_item_get_child (item), status.state != SYMBOL_STATE_LOADED
                                                                  && !symbol_load_is_running (self->symbols));
    }
}

static void
on_progress_changed (SymbolLoad *symbols, gpointer data)
{
  const ModulesPage *self = data;
  g_auto (SymbolProgress) progress = { 0 };
  for (guint i = 0; i < self->items->len; i++)
    update_item (self, g_ptr_array_index (self->items, i));
  symbol_resolver_get_progress (get_resolver (self), &progress);
  g_autofree char *text = g_strdup_printf (_ ("%u of the %u modules in stacks have symbols"), progress.n_loaded,
                                           progress.n_modules);
  gtk_label_set_text (self->summary, text);
}

static void
on_retry (GtkButton *button, gpointer data)
{
  GtkListItem *item = data;
  ModulesPage *self = g_object_get_data (G_OBJECT (item), "page");
  g_auto (SymbolSettings) settings = { 0 };
  symbol_settings_read (&settings);
  /* Servers are asked for the first time only through “Load Symbols”, which asks before. */
  if (!app_settings_get_boolean (app_settings_get (), "symbol-network-agreed"))
    settings.is_offline = TRUE;
  symbol_load_retry (self->symbols, get_module (item), &settings);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  ModulesPage *self = data;
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  GtkWidget *child;
  g_object_set_data (G_OBJECT (item), "column", GUINT_TO_POINTER (column));
  g_object_set_data (G_OBJECT (item), "page", self);
  if (column < N_COLUMNS)
    {
      child = gtk_inscription_new (NULL);
      gtk_inscription_set_text_overflow (GTK_INSCRIPTION (child), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
    }
  else
    {
      child = gtk_button_new_from_icon_name ("view-refresh-symbolic");
      gtk_button_set_has_frame (GTK_BUTTON (child), FALSE);
      gtk_widget_set_tooltip_text (child, _ ("Try again"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Try again"), -1);
      g_signal_connect (child, "clicked", G_CALLBACK (on_retry), item);
    }
  gtk_list_item_set_child (item, child);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  ModulesPage *self = data;
  g_ptr_array_add (self->items, item);
  update_item (self, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  ModulesPage *self = data;
  g_ptr_array_remove_fast (self->items, item);
}

static void
append_column (GtkColumnView *view, ModulesPage *self, guint column, const char *title, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column == COLUMN_REASON);
  gtk_column_view_column_set_fixed_width (view_column, width);
  gtk_column_view_append_column (view, view_column);
}

static GtkWidget *
create_table (ModulesPage *self)
{
  g_autoptr (GtkStringList) rows = gtk_string_list_new (NULL);
  guint n_modules = symbol_resolver_get_n_modules (get_resolver (self));
  for (guint i = 0; i < n_modules; i++)
    gtk_string_list_append (rows, symbol_resolver_get_identity (get_resolver (self), i)->image_name);
  GtkWidget *view
    = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (rows)))));
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Modules"), -1);
  append_column (GTK_COLUMN_VIEW (view), self, COLUMN_MODULE, _ ("Module"), 180);
  append_column (GTK_COLUMN_VIEW (view), self, COLUMN_STATE, _ ("State"), 110);
  append_column (GTK_COLUMN_VIEW (view), self, COLUMN_REASON, _ ("Found where, or why not"), 420);
  append_column (GTK_COLUMN_VIEW (view), self, N_COLUMNS, "", 50);
  return view;
}

void
modules_window_show (GtkWindow *parent, SymbolLoad *symbols)
{
  GtkWidget *window = g_object_new (GTK_TYPE_WINDOW, "title", _ ("Modules"), "transient-for", parent, "default-width",
                                    860, "default-height", 560, "destroy-with-parent", TRUE, NULL);
  ModulesPage *self = g_new0 (ModulesPage, 1);
  self->symbols = g_object_ref (symbols);
  self->items = g_ptr_array_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = gtk_header_bar_new (), *scroller = gtk_scrolled_window_new ();
  GtkWidget *configure = gtk_button_new_with_mnemonic (_ ("_Paths…")), *load = gtk_button_new_with_mnemonic (_ ("_Load"));
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "status-bar");
  gtk_label_set_xalign (self->summary, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), create_table (self));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (parent));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (configure), "win.configure-symbols");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (load), "win.load-symbols");
  gtk_header_bar_pack_start (GTK_HEADER_BAR (header), load);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (header), configure);
  gtk_window_set_titlebar (GTK_WINDOW (window), header);
  gtk_window_set_child (GTK_WINDOW (window), box);
  g_object_set_data_full (G_OBJECT (window), "page", self, modules_page_free);
  g_signal_connect (symbols, "progress-changed", G_CALLBACK (on_progress_changed), self);
  on_progress_changed (symbols, self);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}
