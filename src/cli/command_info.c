#include "cli/argument_values.h"
#include "cli/trace_session.h"
#include "export/trace_report.h"

int
command_info_run (const Command *self, char ***argv)
{
  static const char *const formats[] = { "text", "json", NULL };
  g_auto (Arguments) arguments = { 0 };
  guint format;
  int status;
  if (!arguments_parse (&arguments, self, ARGUMENT_FORMAT, argv, &status))
    return status;
  if (!argument_parse_word (self, "--format", arguments.format, formats, &format))
    return CLI_USAGE;
  g_autoptr (PoolTrace) trace = cli_load_trace (arguments.traces[0], POOL_COLUMNS_ALL);
  if (!trace)
    return CLI_FAILED;
  g_auto (TextOutput) output = { 0 };
  cli_output_init (&output);
  if (format == 0)
    trace_report_write_text (trace, &output);
  else
    trace_report_write_json (trace, &output);
  return cli_output_finish (&output);
}
