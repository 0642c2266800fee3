#pragma once

#include "sample/etl_writer_events.h"
#include "sample/sample_random.h"

/* A made-up machine whose drivers allocate through tens of thousands of different stacks. */

enum
{
  BENCH_STACKS = 30000,
  BENCH_MAXIMUM_FRAMES = 14,
  BENCH_PROCESSES = 40,
  BENCH_THREADS_PER_PROCESS = 4,
};

typedef struct
{
  guint32 n_frames, tag, pool_type, size_bytes; /* what frees need too stands together */
  guint32 process_id, first_thread_id;
  guint64 frames[BENCH_MAXIMUM_FRAMES]; /* innermost first */
} BenchStack;

BenchStack *bench_stacks_new (void);
void bench_write_rundown (EtlWriter *writer, gint64 ticks);
