#include "cli/trace_session.h"

#include "base/number_format.h"
#include "cli/progress_line.h"
#include "export/trace_health.h"
#include "model/pool_trace_loader.h"
#include "model/trace_source.h"

#include <gio/gunixoutputstream.h>
#include <unistd.h>

PoolTrace *
cli_load_trace (const char *path, PoolColumns columns)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *unpack_folder = g_build_filename (g_get_user_cache_dir (), "poolscope", NULL);
  PoolTrace *trace = NULL;
  Progress progress = { 0 };
  ProgressLine *line = progress_line_start (progress_line_write_reading, &progress);
  g_autoptr (ByteSource) source = trace_source_open (path, unpack_folder, &progress, NULL, &error);
  if (source)
    trace = pool_trace_load_columns (source, columns, &progress, NULL, NULL, &error);
  progress_line_stop (line);
  if (!trace)
    cli_print_error (error->message);
  return trace;
}

/* One line on stderr per thing that makes the numbers wrong or incomplete. */
static void
warn_of_health (const PoolTrace *trace)
{
  g_autoptr (GPtrArray) items = trace_health_list (trace);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = items->pdata[i];
      if (item->severity == TRACE_HEALTH_NOTE)
        continue;
      g_autofree char *message
          = g_strdup_printf ("warning: %s. %s %s", item->sentence, item->consequence, item->advice);
      cli_print_error (message);
    }
}

/* The range of --range in @trace. FALSE with @ret_status when it is wrong, which is then reported. */
static gboolean
resolve_range (const Command *command, const char *text, const PoolTrace *trace, TimeRangeText *ret_range,
               int *ret_status)
{
  g_autoptr (GError) error = NULL;
  if (!text || time_range_text_parse (text, &trace->info, ret_range, &error))
    return TRUE;
  g_autofree char *message = g_strdup_printf ("--range: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    *ret_status = cli_print_usage_error (command, message);
  else
    {
      cli_print_error (message);
      *ret_status = CLI_FAILED;
    }
  return FALSE;
}

PoolTrace *
cli_open_trace (const Command *command, const Arguments *arguments, PoolColumns columns, TimeRangeText *ret_range,
                int *ret_status)
{
  TimeRangeText range = TIME_RANGE_TEXT_WHOLE;
  g_autoptr (PoolTrace) trace = cli_load_trace (arguments->traces[0], columns);
  *ret_status = CLI_FAILED;
  if (!trace || !resolve_range (command, arguments->range, trace, &range, ret_status))
    return NULL;
  if (ret_range)
    *ret_range = range;
  warn_of_health (trace);
  return g_steal_pointer (&trace);
}

void
cli_output_init (TextOutput *output)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  text_output_init (output, stream);
}

int
cli_output_finish (TextOutput *output)
{
  g_autoptr (GError) error = NULL;
  if (text_output_finish (output, &error))
    return CLI_DONE;
  g_autofree char *message
      = g_strdup_printf ("the result could not be written to standard output: %s; check what reads "
                         "it, or the free space of the drive",
                         error->message);
  cli_print_error (message);
  return CLI_FAILED;
}
