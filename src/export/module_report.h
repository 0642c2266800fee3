/* The images of a trace, the identity of their symbol files, and what became of their symbols. */
#pragma once

#include "export/text_output.h"
#include "model/pool_trace.h"

void module_report_write_text (const PoolTrace *trace, TextOutput *output);
void module_report_write_csv (const PoolTrace *trace, TextOutput *output);
void module_report_write_json (const PoolTrace *trace, TextOutput *output);

char *pool_image_dup_pdb_key (const PoolImage *image);
