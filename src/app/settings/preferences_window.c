#include "app/settings/preferences_window.h"

#include "app/settings/app_settings.h"
#include "app/settings/preferences_attribution.h"
#include "app/widgets/info_window.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *key, *title;
  const char *values[3], *labels[3];
} Choice;

static const Choice choices[] = {
  { "color-scheme",
    N_ ("Colours"),
    { "system", "light", "dark" },
    { N_ ("As the desktop asks"), N_ ("Light"), N_ ("Dark") } },
  { "time-axis",
    N_ ("Time axis"),
    { "seconds", "clock" },
    { N_ ("Seconds since the start"), N_ ("Clock of the recorded machine") } },
  { "frame-order",
    N_ ("Frames in a copied stack"),
    { "outermost-first", "innermost-first" },
    { N_ ("Outermost first, as in Windows Performance Analyzer"), N_ ("Innermost first, as in WinDbg") } },
};

static void
add_choice (InfoWindow *window, const Choice *choice)
{
  GtkWidget *first = NULL;
  info_window_add_heading (window, _ (choice->title));
  for (gsize i = 0; i < G_N_ELEMENTS (choice->values) && choice->values[i] != NULL; i++)
    {
      g_autofree char *action = g_strdup_printf ("settings.%s", choice->key);
      GtkWidget *button = gtk_check_button_new_with_label (_ (choice->labels[i]));
      gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", choice->values[i]);
      info_window_add_widget (window, button);
      if (first == NULL)
        first = button;
    }
}

void
preferences_window_show (GtkWindow *parent)
{
  InfoWindow *window = info_window_new (parent, _ ("Preferences"), 560, 460);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  static const char *const keys[] = { "color-scheme", "time-axis", "frame-order", "graph-above-table",
                                      "summary-after-load", "restore-view" };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GAction) action = app_settings_create_action (app_settings_get (), keys[i]);
      g_action_map_add_action (G_ACTION_MAP (group), action);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (window), "settings", G_ACTION_GROUP (group));
  info_window_add_page (window, _ ("General"));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    add_choice (window, &choices[i]);
  info_window_add_heading (window, _ ("Layout"));
  GtkWidget *above = gtk_check_button_new_with_label (_ ("Graph above the table, also in wide windows"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (above), "settings.graph-above-table");
  info_window_add_widget (window, above);
  GtkWidget *summary = gtk_check_button_new_with_label (_ ("Summary after every load"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (summary), "settings.summary-after-load");
  info_window_add_widget (window, summary);
  GtkWidget *restore = gtk_check_button_new_with_label (_ ("Restore the last view of a trace"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (restore), "settings.restore-view");
  info_window_add_widget (window, restore);
  preferences_attribution_add_page (window);
  gtk_window_present (GTK_WINDOW (window));
}
