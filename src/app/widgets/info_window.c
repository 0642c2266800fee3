#include "app/widgets/info_window.h"

#include <glib/gi18n.h>

struct _InfoWindow
{
  GtkWindow parent_instance;
  GtkWidget *stack, *header;
  GtkWidget *switcher; /* (owned): shown from the second page on */
  GtkGrid *grid;       /* of the page that is filled */
  int next_row;
  guint n_pages;
};

G_DEFINE_FINAL_TYPE (InfoWindow, info_window, GTK_TYPE_WINDOW)

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
info_window_dispose (GObject *object)
{
  g_clear_object (&INFO_WINDOW (object)->switcher);
  G_OBJECT_CLASS (info_window_parent_class)->dispose (object);
}

static void
info_window_class_init (InfoWindowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = info_window_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (class), GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
info_window_init (InfoWindow *self)
{
  self->stack = gtk_stack_new ();
  self->header = gtk_header_bar_new ();
  gtk_window_set_titlebar (GTK_WINDOW (self), self->header);
  self->switcher = g_object_ref_sink (gtk_stack_switcher_new ());
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), GTK_STACK (self->stack));
  gtk_window_set_child (GTK_WINDOW (self), self->stack);
}

InfoWindow *
info_window_new (GtkWindow *parent, const char *title, int width, int height)
{
  InfoWindow *self = g_object_new (INFO_TYPE_WINDOW, "title", title, "transient-for", parent, "default-width",
                                   width, "default-height", height, "destroy-with-parent", TRUE, NULL);
  return self;
}

void
info_window_add_page (InfoWindow *self, const char *title)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_widget_add_css_class (grid, "page");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid);
  gtk_stack_add_titled (GTK_STACK (self->stack), scroller, title, title);
  self->grid = GTK_GRID (grid);
  self->next_row = 0;
  if (++self->n_pages == 2)
    gtk_header_bar_set_title_widget (GTK_HEADER_BAR (self->header), self->switcher);
}

static GtkWidget *
create_label (const char *text, gboolean wraps)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wraps);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

void
info_window_add_heading (InfoWindow *self, const char *text)
{
  GtkWidget *label = create_label (text, FALSE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, self->next_row > 0 ? 12 : 0);
  info_window_add_widget (self, label);
}

static GtkWidget *
add_text_label (InfoWindow *self, const char *text)
{
  GtkWidget *label = create_label (text, TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  /* Longer lines are hard to read, however wide the window. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 88);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  info_window_add_widget (self, label);
  return label;
}

void
info_window_add_text (InfoWindow *self, const char *text, const char *css_class)
{
  GtkWidget *label = add_text_label (self, text);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
}

void
info_window_add_finding (InfoWindow *self, const char *text, gboolean is_warning)
{
  GtkWidget *label = add_text_label (self, text);
  gtk_widget_add_css_class (label, "finding");
  if (is_warning)
    gtk_widget_add_css_class (label, "warning");
  gtk_widget_set_margin_top (label, 6);
}

void
info_window_add_widget (InfoWindow *self, GtkWidget *widget)
{
  gtk_grid_attach (self->grid, widget, 0, self->next_row++, 2, 1);
}

void
info_window_add_line (InfoWindow *self, const char *name, const char *value, gboolean is_name_dim)
{
  GtkWidget *name_label = create_label (name, FALSE);
  GtkWidget *value_label = create_label (value, TRUE);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_widget_set_focusable (value_label, FALSE);
  gtk_widget_set_hexpand (value_label, TRUE);
  gtk_widget_add_css_class (value_label, "numeric");
  if (is_name_dim)
    gtk_widget_add_css_class (name_label, "dim-label");
  gtk_grid_attach (self->grid, name_label, 0, self->next_row, 1, 1);
  gtk_grid_attach (self->grid, value_label, 1, self->next_row++, 1, 1);
}

/* Table: rows as string lists, so that thousands of rows cost nothing until they are seen. */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (text, "numeric");
  gtk_list_item_set_child (list_item, text);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  guint column = GPOINTER_TO_UINT (data);
  GtkStringObject *row = gtk_list_item_get_item (list_item);
  g_auto (GStrv) cells = g_strsplit (gtk_string_object_get_string (row), "\t", -1);
  const char *text = column < g_strv_length (cells) ? cells[column] : "";
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (list_item)), text);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (list_item), text);
}

void
info_window_add_table (InfoWindow *self, const char *const *titles, gsize n_columns, GPtrArray *cells)
{
  g_autoptr (GtkStringList) rows = gtk_string_list_new (NULL);
  for (guint i = 0; i + n_columns <= cells->len; i += (guint) n_columns)
    {
      g_autoptr (GString) row = g_string_new (NULL);
      for (guint column = 0; column < n_columns; column++)
        {
          const char *cell = g_ptr_array_index (cells, i + column);
          g_string_append_printf (row, "%s%s", column > 0 ? "\t" : "", cell != NULL ? cell : "");
        }
      gtk_string_list_append (rows, row->str);
    }
  GtkWidget *view = gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (rows)))));
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "data-table");
  for (guint column = 0; column < n_columns; column++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (column));
      g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (titles[column], factory);
      gtk_column_view_column_set_resizable (view_column, TRUE);
      gtk_column_view_column_set_expand (view_column, column == 0);
      gtk_column_view_column_set_fixed_width (view_column, column == 0 ? 180 : 120);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), view_column);
    }
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_size_request (scroller, -1, 160);
  info_window_add_widget (self, scroller);
}
