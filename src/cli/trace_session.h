/* What each command does around its work: load the trace, warn of its health, write the result. */
#pragma once

#include "analysis/time_range_text.h"
#include "cli/arguments.h"
#include "export/text_output.h"

/* Loads the trace at @path, with @columns of POOL_COLUMNS_ALL, and with progress on a terminal. Returns: (transfer full)
 * (nullable): NULL when it cannot be loaded, which is then reported. */
PoolTrace *cli_load_trace (const char *path, PoolColumns columns);
/* Loads the trace of the arguments with @columns, finds the range of --range in it, and writes one line on stderr per
 * thing that makes the numbers wrong or incomplete.
 * @ret_range: (nullable). Returns: (transfer full) (nullable): NULL with @ret_status, the failure reported. */
PoolTrace *cli_open_trace (const Command *command, const Arguments *arguments, PoolColumns columns,
                           TimeRangeText *ret_range, int *ret_status);
/* Begins a result on stdout. */
void cli_output_init (TextOutput *output);
/* Ends it. Returns: the exit status. */
int cli_output_finish (TextOutput *output);
