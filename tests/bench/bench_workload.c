#include "bench_workload.h"

enum
{
  KERNEL_MODULES = 24,
  USER_MODULES = 12,
  MODULE_BYTES = 0x400000,
  TAGS = 300,
  USER_FRAMES = 5,
};

static const guint64 kernel_base = 0xFFFFF80312000000u;
static const guint64 user_base = 0x00007FF810000000u;

/* How many different frames there are at each depth, from the outermost: stacks form a tree. */
static const guint32 branches[BENCH_MAXIMUM_FRAMES]
    = { 3, 12, 40, 120, 400, 800, 1500, 3000, 6000, 10000, 15000, 20000, 25000, BENCH_STACKS };

static guint64
mix (guint64 value)
{
  value = (value ^ value >> 31) * 0x9E3779B97F4A7C15u;
  value = (value ^ value >> 29) * 0xBF58476D1CE4E5B9u;
  return value ^ value >> 32;
}

static guint64
frame_address (guint depth, guint32 stack)
{
  guint64 hash = mix ((guint64)depth << 32 | (guint64)stack * branches[depth] / BENCH_STACKS);
  gboolean is_user = depth < USER_FRAMES;
  guint64 module = hash % (is_user ? USER_MODULES : KERNEL_MODULES);
  return (is_user ? user_base : kernel_base) + module * MODULE_BYTES + 0x1000
         + (hash >> 16) % (MODULE_BYTES - 0x2000);
}

static guint32
process_id_of (guint process)
{
  return 1000 + 4 * process;
}

static guint32
thread_id_of (guint process, guint thread)
{
  return 10000 + 4 * (process * BENCH_THREADS_PER_PROCESS + thread);
}

static guint32
tag_of (guint index)
{
  char text[5] = { (char)('A' + index % 26), (char)('a' + index / 26 % 26), (char)('a' + index % 7), 'x', 0 };
  return etl_tag (text);
}

/* @has_one_size_each: all blocks of a stack have one size; otherwise those of a quarter of the stacks have any.
 *
 * Returns: (transfer full): BENCH_STACKS stacks with who allocates what there; g_free () it. */
BenchStack *
bench_stacks_new (gboolean has_one_size_each)
{
  BenchStack *stacks = g_new0 (BenchStack, BENCH_STACKS);
  for (guint32 i = 0; i < BENCH_STACKS; i++)
    {
      guint64 hash = mix (i + 77);
      BenchStack *stack = &stacks[i];
      guint process = (guint)(frame_address (2, i) >> 4) % BENCH_PROCESSES;
      stack->n_frames = 10 + (guint32)(hash % 5);
      for (guint j = 0; j < stack->n_frames; j++)
        stack->frames[j] = frame_address (stack->n_frames - 1 - j, i);
      /* All end in the allocator. */
      stack->frames[0] = kernel_base + 0x1234;
      stack->tag = tag_of ((guint)(hash >> 8) % TAGS);
      stack->pool_type = hash >> 40 & 1 ? 1 : 0x200;
      gboolean is_large = (hash >> 50) % 4 == 0;
      if (!is_large || has_one_size_each)
        stack->size_bytes = 16 * (1 + (guint32)(hash >> 20) % (is_large ? BENCH_MAXIMUM_SIZE_BYTES / 16 : 40));
      stack->process_id = process_id_of (process);
      stack->first_thread_id = thread_id_of (process, 0);
    }
  return stacks;
}

static void
write_image (EtlWriter *writer, const EtlEvent *at, guint64 base, guint32 process_id, guint number)
{
  g_autofree char *path = g_strdup_printf (process_id == 0 ? "\\SystemRoot\\System32\\drivers\\driver%02u.sys"
                                                           : "\\Device\\HarddiskVolume1\\module%02u.dll",
                                           number);
  EtlImage image = { .base = base,
                     .size_bytes = MODULE_BYTES,
                     .process_id = process_id,
                     .time_date_stamp = 0x60000000 + number,
                     .path = number == 0 && process_id == 0 ? "\\SystemRoot\\System32\\ntoskrnl.exe" : path };
  etl_writer_image (writer, at, ETL_IMAGE_DC_START, &image);
}

/* Tells the processes, threads and images of the machine. */
void
bench_write_rundown (EtlWriter *writer, gint64 ticks)
{
  EtlEvent at = { .ticks = ticks, .process_id = 4, .thread_id = 8 };
  for (guint i = 0; i < BENCH_PROCESSES; i++)
    {
      g_autofree char *name = g_strdup_printf ("program%02u.exe", i);
      EtlProcess process
          = { .process_id = process_id_of (i), .parent_id = 4, .image_name = name, .command_line = name };
      etl_writer_process (writer, &at, ETL_PROCESS_DC_START, &process);
      for (guint j = 0; j < BENCH_THREADS_PER_PROCESS; j++)
        {
          EtlThread thread = { .process_id = process.process_id, .thread_id = thread_id_of (i, j) };
          etl_writer_thread (writer, &at, ETL_THREAD_DC_START, &thread);
        }
      for (guint j = 0; j < USER_MODULES; j++)
        write_image (writer, &at, user_base + (guint64)j * MODULE_BYTES, process.process_id, j);
    }
  for (guint j = 0; j < KERNEL_MODULES; j++)
    write_image (writer, &at, kernel_base + (guint64)j * MODULE_BYTES, 0, j);
}
