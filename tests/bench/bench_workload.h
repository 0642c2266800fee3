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
  BENCH_MAXIMUM_SIZE_BYTES = 8192, /* all sizes are multiples of 16 */
};

typedef struct
{
  guint32 n_frames, tag, pool_type;
  guint32 size_bytes; /* of its blocks, which are structures; 0: names and buffers of any size up to the maximum */
  guint32 process_id, first_thread_id;
  guint64 frames[BENCH_MAXIMUM_FRAMES]; /* innermost first */
} BenchStack;

BenchStack *bench_stacks_new (gboolean has_one_size_each);
void bench_write_rundown (EtlWriter *writer, gint64 ticks);
