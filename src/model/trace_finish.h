/* The last step of loading: from the builder's tables to the immutable trace. */
#pragma once

#include "model/trace_builder.h"

PoolTrace *trace_finish (TraceBuilder *builder, const RecordMerger *merger, const ImportCounters *decoding);
