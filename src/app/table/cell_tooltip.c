#include "app/table/cell_tooltip.h"

void
cell_tooltip_follow (GtkWidget *cell)
{
  if (gtk_widget_get_state_flags (cell) & GTK_STATE_FLAG_PRELIGHT)
    gtk_widget_trigger_tooltip_query (cell);
}

void
cell_tooltip_set (char **tooltip, GtkWidget *cell, const char *text)
{
  if (g_strcmp0 (text, *tooltip) == 0)
    return;
  g_free (*tooltip);
  *tooltip = g_strdup (text);
  gtk_widget_set_has_tooltip (cell, text != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                  -1);
  cell_tooltip_follow (cell);
}

gboolean
cell_tooltip_show (const char *text, GtkTooltip *tooltip)
{
  if (text != NULL)
    gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}
