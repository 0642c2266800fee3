#include "app/health/diagnostics_window.h"

#include "app/health/health_text.h"
#include "app/session/stack_tag_files.h"
#include "app/widgets/info_window.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

static void
add_button (GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_health (InfoWindow *window, const GPtrArray *items)
{
  info_window_add_heading (window, _ ("Health"));
  if (items->len == 0)
    info_window_add_text (window, _ ("Nothing is wrong with this trace."), NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = g_ptr_array_index (items, i);
      g_autofree char *sentence = health_text_dup_sentence (item);
      info_window_add_finding (window, sentence, item->severity != TRACE_HEALTH_NOTE);
      info_window_add_text (window, _ (item->consequence), NULL);
      info_window_add_text (window, _ (item->advice), "dim-label");
    }
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_top (buttons, 12);
  add_button (buttons, _ ("Use the _Complete Part"), "win.use-complete-part");
  add_button (buttons, _ ("_What a Pool Trace Cannot Show"), "app.limits");
  info_window_add_widget (window, buttons);
}

static void
add_counters (InfoWindow *window, const ImportCounters *counters, ImportSeverity severity, const char *title)
{
  gboolean has_heading = FALSE;
  for (guint i = 0; i < IMPORT_N_COUNTERS; i++)
    {
      if (import_counter_get_severity ((ImportCounter) i) != severity || counters->values[i] == 0)
        continue;
      if (!has_heading)
        info_window_add_heading (window, title);
      has_heading = TRUE;
      g_autofree char *count = format_count ((gint64) counters->values[i]);
      info_window_add_line (window, count, _ (import_counter_get_sentence ((ImportCounter) i)), FALSE);
    }
}

/* The files of stack tags that could not be used. */
static void
add_stack_tags (InfoWindow *window)
{
  const GPtrArray *files = stack_tag_files_list (stack_tag_files_get ());
  gboolean has_heading = FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const StackTagFile *file = files->pdata[i];
      if (file->problem == NULL)
        continue;
      if (!has_heading)
        info_window_add_heading (window, _ ("Stack tags"));
      has_heading = TRUE;
      info_window_add_finding (window, file->problem, TRUE);
    }
}

void
diagnostics_window_show (GtkWindow *parent, const PoolTrace *trace, const GPtrArray *items)
{
  InfoWindow *window = info_window_new (parent, _ ("Diagnostics"), 760, 620);
  /* Its buttons act on the window of the trace. */
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (parent));
  info_window_add_page (window, _ ("Diagnostics"));
  if (items != NULL)
    add_health (window, items);
  add_stack_tags (window);
  add_counters (window, &trace->counters, IMPORT_SEVERITY_DATA_LOSS, _ ("Missing from the numbers"));
  add_counters (window, &trace->counters, IMPORT_SEVERITY_INFERRED, _ ("Inferred"));
  add_counters (window, &trace->counters, IMPORT_SEVERITY_INFORMATION, _ ("Read"));
  gtk_window_present (GTK_WINDOW (window));
}
