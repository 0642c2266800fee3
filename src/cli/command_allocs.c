#include "cli/argument_values.h"
#include "cli/symbol_session.h"
#include "cli/trace_session.h"
#include "export/allocation_list.h"

static int
write_allocations (const Arguments *arguments, PoolTrace *trace, PoolFilter *filter, TimeRange range, gsize limit)
{
  g_autoptr (FrameNames) names = cli_load_frame_names (arguments, trace, NULL, TRUE);
  g_autoptr (PoolFilter) ranged_filter = pool_filter_at_range (filter, range);
  PoolSelection selection;
  pool_filter_select (ranged_filter, trace, names, &selection);
  const AllocationList list
    = { .trace = trace, .names = names, .selection = &selection, .range = range, .limit = limit };
  g_auto (TextOutput) output = { 0 };
  cli_output_init (&output);
  allocation_list_write_csv (&list, &output);
  pool_selection_clear (&selection);
  return cli_output_finish (&output);
}

int
command_allocs_run (const Command *self, char ***argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (PoolFilter) filter = NULL;
  guint64 limit = G_MAXSIZE;
  int status;
  if (!arguments_parse (&arguments, self, ARGUMENT_RANGE | ARGUMENT_FILTER | ARGUMENT_LIMIT, argv, &status))
    return status;
  if ((arguments.limit && !argument_parse_number (self, "--limit", arguments.limit, 1, G_MAXUINT32, &limit))
      || !argument_check_range (self, arguments.range)
      || !argument_parse_filter (self, arguments.filters, &filter))
    return CLI_USAGE;
  TimeRangeText range;
  g_autoptr (PoolTrace) trace = cli_open_trace (self, &arguments, POOL_COLUMNS_ALL, &range, &status);
  if (!trace)
    return status;
  return write_allocations (&arguments, trace, filter, range.range, (gsize) limit);
}
