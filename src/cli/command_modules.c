#include "cli/argument_values.h"
#include "cli/symbol_session.h"
#include "cli/trace_session.h"
#include "export/module_report.h"

int
command_modules_run (const Command *self, char ***argv)
{
  static const char *const formats[] = { "text", "csv", "json", NULL };
  static void (*const writers[]) (const PoolTrace *, const SymbolModules *, const char *, TextOutput *)
      = { module_report_write_text, module_report_write_csv, module_report_write_json };
  g_auto (Arguments) arguments = { 0 };
  guint format;
  int status;
  if (!arguments_parse (&arguments, self, ARGUMENT_FORMAT, argv, &status))
    return status;
  if (!argument_parse_word (self, "--format", arguments.format, formats, &format))
    return CLI_USAGE;
  g_autoptr (PoolTrace) trace = cli_open_trace (self, &arguments, POOL_COLUMNS_ALL, NULL, &status);
  if (!trace)
    return status;
  g_autofree char *why_not = NULL;
  g_autoptr (SymbolModules) modules = cli_load_symbols (&arguments, trace, &why_not);
  g_auto (TextOutput) output = { 0 };
  cli_output_init (&output);
  writers[format](trace, modules, why_not, &output);
  return cli_output_finish (&output);
}
