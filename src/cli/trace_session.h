/* What each command does around its work: load the trace, warn of its health, write the result. */
#pragma once

#include "analysis/time_range_text.h"
#include "cli/command.h"
#include "export/text_output.h"

PoolTrace *cli_load_trace (const char *path);
void cli_warn_of_health (const PoolTrace *trace);
gboolean cli_resolve_range (const Command *command, const char *text, const PoolTrace *trace,
                            TimeRangeText *ret_range, int *ret_status);
void cli_output_init (TextOutput *output);
int cli_output_finish (TextOutput *output);
