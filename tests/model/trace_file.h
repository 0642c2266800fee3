/* Writes a planned trace as an .etl file. */
#pragma once

#include "slow_model.h"

typedef struct
{
  guint32 buffer_size_bytes;
  gboolean is_compressed;
  guint32 shuffle_seed; /* 0: buffers stay in order */
  gboolean is_circular;
} TraceFileOptions;

GBytes *trace_file_new (const TracePlan *plan, const TraceFileOptions *options);
