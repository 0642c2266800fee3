/* Which symbols a command loads: --symbols, the environment, or a folder “symbols” beside the trace. */
#pragma once

#include "analysis/frame_names.h"
#include "analysis/dimension.h"
#include "cli/arguments.h"

/* Loads the symbols that the arguments ask for, with progress on a terminal. @ret_why_not (transfer full) (nullable)
 * says why modules that were not looked for have none. (transfer full) */
SymbolModules *cli_load_symbols (const Arguments *arguments, const PoolTrace *trace, char **ret_why_not);
/* How --stacktags, --fold and --group-modules ask to read stacks. NULL when a file cannot be read, which is then
 * reported. (transfer full) */
StackOptions *cli_load_stack_options (const Arguments *arguments);
/* The names of the frames, with stacks read as @options (nullable) say. Symbols are only loaded where names matter:
 * with @shows_stacks, or for a filter on stacks. (transfer full) */
FrameNames *cli_load_frame_names (const Arguments *arguments, const PoolTrace *trace, StackOptions *options,
                                  gboolean shows_stacks);
/* @grouping: (array length=n_levels) */
gboolean cli_grouping_has_stacks (const Dimension *grouping, gsize n_levels);
