/* The images of a trace, the identity of their symbol files, and what became of their symbols. */
#pragma once

#include "analysis/symbol_modules.h"
#include "export/text_output.h"

/* @why_not (nullable): why the symbols of modules that still wait were not loaded. */
void module_report_write_text (const PoolTrace *trace, const SymbolModules *modules, const char *why_not,
                               TextOutput *output);
/* Kernel modules and the images of processes, in the order of the trace. */
void module_report_write_csv (const PoolTrace *trace, const SymbolModules *modules, const char *why_not,
                              TextOutput *output);
void module_report_write_json (const PoolTrace *trace, const SymbolModules *modules, const char *why_not,
                               TextOutput *output);
