#include "analysis/pool_timeline.h"
#include "cli/argument_values.h"
#include "cli/symbol_session.h"
#include "cli/trace_session.h"
#include "export/timeline_export.h"

#define DEFAULT_BINS "100"
#define MAX_BINS 1000000

/* Returns: (transfer full) (nullable): NULL without pool events. */
static PoolTimeline *
make_timeline (const Arguments *arguments, PoolTrace *trace, PoolFilter *filter,
               const TimeRangeText *range, guint n_bins)
{
  if (trace->info.n_allocations + trace->info.n_frees == 0)
    return NULL;
  g_autoptr (FrameNames) names = cli_load_frame_names (arguments, trace, NULL, FALSE);
  PoolSelection selection;
  g_autoptr (PoolFilter) ranged_filter = pool_filter_at_range (filter, range->range);
  pool_filter_select (ranged_filter, trace, names, &selection);
  PoolTimeline *timeline
      = pool_timeline_new (trace, &selection, range->range, NULL, TIMELINE_OUTSTANDING_SIZE,
                           time_range_text_resolve (range, trace), n_bins, NULL, NULL);
  pool_selection_clear (&selection);
  return timeline;
}

int
command_timeline_run (const Command *self, char ***argv)
{
  static const char *const formats[] = { "csv", "json", NULL };
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (PoolFilter) filter = NULL;
  guint64 n_bins;
  guint format;
  int status;
  if (!arguments_parse (&arguments, self, ARGUMENT_RANGE | ARGUMENT_FILTER | ARGUMENT_BINS | ARGUMENT_FORMAT,
                        argv, &status))
    return status;
  if (!argument_parse_word (self, "--format", arguments.format, formats, &format)
      || !argument_parse_number (self, "--bins", arguments.bins ? arguments.bins : DEFAULT_BINS, 1, MAX_BINS,
                                 &n_bins)
      || !argument_check_range (self, arguments.range)
      || !argument_parse_filter (self, arguments.filters, &filter))
    return CLI_USAGE;
  TimeRangeText range;
  g_autoptr (PoolTrace) trace = cli_open_trace (self, &arguments, POOL_COLUMNS_ALL, &range, &status);
  if (!trace)
    return status;
  g_autoptr (PoolTimeline) timeline = make_timeline (&arguments, trace, filter, &range, (guint) n_bins);
  g_auto (TextOutput) output = { 0 };
  cli_output_init (&output);
  if (format == 0)
    timeline_export_write_csv (timeline, &output);
  else
    timeline_export_write_json (timeline, trace, &range, &output);
  return cli_output_finish (&output);
}
