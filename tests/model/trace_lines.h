/* A loaded trace in the words of the slow model. */
#pragma once

#include "model/pool_trace.h"

GPtrArray *trace_lines_new (const PoolTrace *trace);
void trace_lines_check_columns (const PoolTrace *trace);
