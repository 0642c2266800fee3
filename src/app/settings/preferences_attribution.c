#include "app/settings/preferences_attribution.h"

#include "analysis/module_wrappers.h"
#include "app/settings/app_settings.h"
#include "app/settings/attribution_settings.h"
#include "app/settings/tag_file_row.h"

#include <glib/gi18n.h>

#define WRAPPERS_KEY "module-wrappers"

/* The usual list is kept as no list, so that a later version may know more. */
static void
apply_wrappers (GtkEditable *entry)
{
  g_auto (GStrv) wrappers = module_wrappers_parse (gtk_editable_get_text (entry));
  g_autofree char *usual = module_wrappers_dup_text (module_wrappers_default);
  g_autofree char *text = module_wrappers_dup_text ((const char *const *) wrappers);
  g_autofree char *older = app_settings_get_string (app_settings_get (), WRAPPERS_KEY);
  const char *wanted = g_strcmp0 (text, usual) != 0 ? text : "";
  if (g_strcmp0 (wanted, older) != 0)
    app_settings_set_string (app_settings_get (), WRAPPERS_KEY, wanted);
  gtk_editable_set_text (entry, *wanted != '\0' ? text : usual);
}

static void
on_activate (GtkEntry *entry, gpointer data)
{
  apply_wrappers (GTK_EDITABLE (entry));
}

static void
on_leave (GtkEventControllerFocus *controller, gpointer data)
{
  apply_wrappers (GTK_EDITABLE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller))));
}

static void
on_usual_clicked (GtkButton *button, gpointer data)
{
  gtk_editable_set_text (data, "");
  apply_wrappers (data);
}

static GtkWidget *
create_wrappers_line (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *entry = gtk_entry_new ();
  GtkWidget *usual = gtk_button_new_with_label (_ ("Usual List"));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *text = app_settings_get_string (app_settings_get (), WRAPPERS_KEY);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  apply_wrappers (GTK_EDITABLE (entry));
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Modules that allocate for others"), -1);
  gtk_widget_set_tooltip_text (usual, _ ("Take back the changes of the list"));
  gtk_widget_add_controller (entry, focus);
  g_signal_connect (entry, "activate", G_CALLBACK (on_activate), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), NULL);
  g_signal_connect (usual, "clicked", G_CALLBACK (on_usual_clicked), entry);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_box_append (GTK_BOX (line), usual);
  return line;
}

void
preferences_attribution_add_page (InfoWindow *window)
{
  g_autofree char *own_file = attribution_settings_dup_default_own_file ();
  info_window_add_page (window, _ ("Modules and Tags"));
  info_window_add_heading (window, _ ("Modules that allocate for others"));
  info_window_add_text (window,
                        _ ("Walking outward from the allocator, the Module of a block is the first one in the kernel that "
                           "is not in this list. Names without ending; * stands for any text."),
                        "dim-label");
  info_window_add_widget (window, create_wrappers_line ());
  info_window_add_heading (window, _ ("Drivers and descriptions of pool tags"));
  info_window_add_text (window,
                        _ ("A file pooltag.txt, as it comes with the Windows debuggers and the driver kit. One beside the "
                           "trace is found without being chosen, and wins."),
                        "dim-label");
  info_window_add_widget (window, tag_file_row_new ("pool-tag-file", _ ("List of pool tags"), NULL));
  info_window_add_heading (window, _ ("Your own pool tags"));
  info_window_add_text (window, _ ("A file of the same kind that wins over all others: Tag - driver - description."),
                        "dim-label");
  info_window_add_widget (window, tag_file_row_new ("own-pool-tag-file", _ ("List of your own pool tags"), own_file));
}
