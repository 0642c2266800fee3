#include "app/editor/preset_row.h"

#include "app/presets/preset_id.h"

#include <glib/gi18n.h>

GtkWidget *
preset_row_new (const char *id, gboolean is_current, gboolean is_modified)
{
  gboolean is_own = preset_id_get_own_name (id) != NULL;
  g_autofree char *title = preset_id_dup_title (id);
  g_autofree char *text = g_strconcat (title, is_current && is_modified ? " *" : "", NULL);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic"), *label = gtk_label_new (text);
  gtk_widget_set_opacity (mark, is_current ? 1 : 0);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), label);
  if (is_own)
    {
      GtkWidget *own = gtk_label_new (_ ("own"));
      gtk_widget_add_css_class (own, "dim-label");
      gtk_box_append (GTK_BOX (box), own);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "preset", g_strdup (id), g_free);
  const char *state = !is_current ? "" : is_modified ? _ (", current, modified") : _ (", current");
  g_autofree char *name = g_strconcat (text, state, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

const char *
preset_row_get_id (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "preset") : NULL;
}
