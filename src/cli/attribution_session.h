/* What a command puts allocations down to: --wrappers, --pooltags, and the lists of tags that it finds. */
#pragma once

#include "analysis/attribution.h"
#include "cli/arguments.h"

/* FALSE when a file of --pooltags cannot be used, which is then reported. */
gboolean cli_check_tag_files (const Arguments *arguments);
/* Tags are looked up in the files of --pooltags, in the user's own poolscope/pooltag.txt below $XDG_DATA_HOME, in
 * the pooltag.txt beside the trace and in the built-in list, in this order. A file that cannot be used is left out
 * with a warning. (transfer full) */
Attribution *cli_load_attribution (const Arguments *arguments, const PoolTrace *trace);
