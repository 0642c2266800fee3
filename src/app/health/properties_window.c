#include "app/health/properties_window.h"

#include "app/session/range_text.h"
#include "app/widgets/info_window.h"
#include "analysis/dimension.h"
#include "base/number_format.h"
#include "export/module_report.h"
#include "export/trace_report.h"

#include <glib/gi18n.h>

static void
add_summary (InfoWindow *window, const PoolTrace *trace)
{
  g_autoptr (GPtrArray) facts = trace_report_list (trace);
  for (guint i = 0; i < facts->len; i++)
    {
      const TraceFact *fact = g_ptr_array_index (facts, i);
      if (fact->label != NULL && fact->text != NULL && *fact->text != '\0')
        info_window_add_line (window, _ (fact->label), fact->text, TRUE);
    }
}

/* A cell is one line without tabs. */
static char *
dup_cell (const char *text)
{
  return text != NULL ? g_strdelimit (g_strdup (text), "\t\n\r", ' ') : NULL;
}

static void
add_images (InfoWindow *window, const PoolTrace *trace)
{
  const char *const titles[]
      = { _ ("Image"), _ ("Base"), _ ("Size"), _ ("Version"), _ ("Symbol file"), _ ("Identity"), _ ("Path") };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < trace->n_images; i++)
    {
      const PoolImage *image = &trace->images[i];
      g_ptr_array_add (cells, dup_cell (image->file_name));
      g_ptr_array_add (cells, g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", image->base_address));
      g_ptr_array_add (cells, format_bytes ((gint64) image->size_bytes));
      g_ptr_array_add (cells, dup_cell (image->file_version));
      g_ptr_array_add (cells, dup_cell (image->pdb_name));
      g_ptr_array_add (cells, image->has_pdb_identity ? symbol_modules_dup_pdb_key (image) : NULL);
      g_ptr_array_add (cells, dup_cell (image->path));
    }
  info_window_add_table (window, titles, G_N_ELEMENTS (titles), cells);
}

static char *
dup_moment (const PoolTrace *trace, gint64 time_ns)
{
  if (time_ns == POOL_TIME_BEFORE || time_ns == POOL_TIME_NEVER)
    return NULL;
  return range_text_dup_time (trace, time_ns, FALSE);
}

static void
add_processes (InfoWindow *window, const PoolTrace *trace)
{
  const char *const titles[]
      = { _ ("Process"), _ ("Parent"), _ ("Session"), _ ("Started"), _ ("Ended"), _ ("Command line") };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < trace->n_processes; i++)
    {
      const PoolProcess *process = &trace->processes[i];
      g_autofree char *name = pool_process_dup_text (trace, (guint32) i);
      g_ptr_array_add (cells, dup_cell (name));
      g_ptr_array_add (cells, g_strdup_printf ("%u", process->parent_id));
      g_ptr_array_add (cells, process->session != POOL_SESSION_NONE ? g_strdup_printf ("%u", process->session)
                                                                    : NULL);
      g_ptr_array_add (cells, dup_moment (trace, process->started_ns));
      g_ptr_array_add (cells, dup_moment (trace, process->ended_ns));
      g_ptr_array_add (cells, dup_cell (process->command_line));
    }
  info_window_add_table (window, titles, G_N_ELEMENTS (titles), cells);
}

void
properties_window_show (GtkWindow *parent, const PoolTrace *trace)
{
  InfoWindow *window = info_window_new (parent, _ ("Trace Properties"), 860, 620);
  info_window_add_page (window, _ ("Trace"));
  add_summary (window, trace);
  info_window_add_page (window, _ ("Images"));
  add_images (window, trace);
  info_window_add_page (window, _ ("Processes"));
  add_processes (window, trace);
  gtk_window_present (GTK_WINDOW (window));
}
