#include "app/diagnostics_window.h"

#include "app/info_window.h"
#include "base/number_format.h"
#include "export/trace_health.h"

#include <glib/gi18n.h>

static void
add_health (InfoWindow *window, const PoolTrace *trace)
{
  g_autoptr (GPtrArray) items = trace_health_list (trace);
  info_window_add_heading (window, _ ("Health"));
  if (items->len == 0)
    info_window_add_text (window, _ ("Nothing is wrong with this trace."), NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = g_ptr_array_index (items, i);
      g_autofree char *sentence
          = trace_health_fill_template (_ (item->sentence_template), (const char *const *) item->values);
      info_window_add_text (window, sentence, item->severity != TRACE_HEALTH_NOTE ? "warning" : NULL);
      if (item->consequence != NULL)
        info_window_add_text (window, _ (item->consequence), "dim-label");
      if (item->advice != NULL)
        info_window_add_text (window, _ (item->advice), "dim-label");
    }
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

void
diagnostics_window_show (GtkWindow *parent, const PoolTrace *trace)
{
  InfoWindow *window = info_window_new (parent, _ ("Diagnostics"), 760, 620);
  info_window_add_page (window, _ ("Diagnostics"));
  add_health (window, trace);
  add_counters (window, &trace->counters, IMPORT_SEVERITY_DATA_LOSS, _ ("Missing from the numbers"));
  add_counters (window, &trace->counters, IMPORT_SEVERITY_INFERRED, _ ("Inferred"));
  add_counters (window, &trace->counters, IMPORT_SEVERITY_INFORMATION, _ ("Read"));
  gtk_window_present (GTK_WINDOW (window));
}
