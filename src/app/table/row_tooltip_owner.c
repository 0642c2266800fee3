#include "app/table/row_tooltip_owner.h"

#include "base/number_format.h"

#include <glib/gi18n.h>

#define CANCEL_INTERVAL 65536
#define TIME_RESOLUTION_NS 1000000
/* A longer command line would hide the table. */
#define MAX_COMMAND_LINE_CHARACTERS 300

/* The first interval of @row from @interval on; the number of intervals when there is none, or when cancelled. */
static gsize
find_interval (const PoolTreeValues *values, PoolTreeRow row, gsize interval, GCancellable *cancellable)
{
  gsize n = pool_tree_get_trace (pool_tree_values_get_tree (values))->intervals.n;
  for (; interval < n; interval++)
    {
      if (interval % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return n;
      if (pool_tree_values_row_has_interval (values, row, interval))
        return interval;
    }
  return n;
}

/* Tags */

gboolean
row_tooltip_append_tag (GString *text, const PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  gsize interval = find_interval (values, row, 0, cancellable);
  if (interval == trace->intervals.n)
    return !g_cancellable_is_cancelled (cancellable);
  guint32 tag = trace->sites[trace->intervals.site[interval]].tag;
  g_autofree char *in_source = pool_tag_dup_text (GUINT32_SWAP_LE_BE (tag));
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("In source code: '%s'"), in_source);
  PoolTagMeaning meaning;
  const Attribution *attribution = frame_names_get_attribution (pool_tree_get_names (tree));
  if (!pool_tag_catalog_find (attribution_get_catalog (attribution), tag, &meaning))
    {
      g_string_append_printf (text, "\n%s", _ ("No list of pool tags tells of it"));
      return TRUE;
    }
  if (meaning.driver != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Driver: %s"), meaning.driver);
    }
  if (*meaning.description != '\0')
    g_string_append_printf (text, "\n%s", meaning.description);
  return TRUE;
}

/* Processes */

static void
append_command_line (GString *text, const char *command_line)
{
  if (command_line == NULL)
    return;
  g_autofree char *shown = g_utf8_substring (command_line, 0, MIN (g_utf8_strlen (command_line, -1),
                                                                   MAX_COMMAND_LINE_CHARACTERS));
  g_string_append_printf (text, "\n%s%s", shown, strlen (shown) < strlen (command_line) ? "…" : "");
}

/* The bytes of @row, from its interval @first on, that are allocated at the end of the range. FALSE when cancelled. */
static gboolean
sum_outstanding (const PoolTreeValues *values, PoolTreeRow row, gsize first, guint64 *ret_bytes,
                 GCancellable *cancellable)
{
  const PoolIntervals *intervals = &pool_tree_get_trace (pool_tree_values_get_tree (values))->intervals;
  gint64 end_ns = pool_tree_values_get_range (values).end_ns;
  *ret_bytes = 0;
  for (gsize i = first; i < intervals->n; i = find_interval (values, row, i + 1, cancellable))
    if (intervals->freed_ns[i] >= end_ns)
      *ret_bytes += intervals->size_bytes[i];
  return !g_cancellable_is_cancelled (cancellable);
}

static void
append_life (GString *text, const PoolProcess *process, guint64 outstanding_bytes)
{
  g_string_append_c (text, '\n');
  if (process->started_ns == POOL_TIME_BEFORE)
    g_string_append (text, _ ("Started before the recording"));
  else
    {
      g_autofree char *start = format_time (process->started_ns, TIME_RESOLUTION_NS);
      g_string_append_printf (text, _ ("Started at %s"), start);
    }
  g_string_append_c (text, '\n');
  if (process->ended_ns == POOL_TIME_NEVER)
    {
      g_string_append (text, _ ("Still running at the end"));
      return;
    }
  g_autofree char *end = format_time (process->ended_ns, TIME_RESOLUTION_NS);
  g_autofree char *size = format_bytes ((gint64) outstanding_bytes);
  if (outstanding_bytes > 0)
    g_string_append_printf (text, _ ("Exited at %s with status %d, memory stayed: %s"), end, process->exit_status, size);
  else
    g_string_append_printf (text, _ ("Exited at %s with status %d"), end, process->exit_status);
}

gboolean
row_tooltip_append_process (GString *text, const PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  gsize first = find_interval (values, row, 0, cancellable);
  guint64 outstanding_bytes;
  if (!sum_outstanding (values, row, first, &outstanding_bytes, cancellable))
    return FALSE;
  guint32 row_of_process
      = first < trace->intervals.n ? trace->contexts[trace->intervals.context[first]].process : POOL_INDEX_NONE;
  if (row_of_process == POOL_INDEX_NONE)
    return TRUE;
  const PoolProcess *process = &trace->processes[row_of_process];
  append_command_line (text, process->command_line);
  append_life (text, process, outstanding_bytes);
  if (process->session != POOL_INDEX_NONE)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Session %u"), process->session);
    }
  const Attribution *attribution = frame_names_get_attribution (pool_tree_get_names (tree));
  const char *services
      = attribution_get_text (attribution, attribution_get_service_of_process (attribution, row_of_process));
  if (*services != '\0')
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Services: %s"), services);
    }
  return TRUE;
}
