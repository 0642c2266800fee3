#include "bench_workload.h"
#include "heaptrack_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* make-bench-trace OUTPUT --allocations=N [--processors=N] [--sparse] [--one-size] [--heaptrack=FILE]: streams a trace of
 * N allocations, each with a stack, nine of ten freed later without one: 240 bytes per allocation. With --sparse each
 * buffer of 1 MiB holds a few events only and the rest is a hole: a file larger than memory that takes little disk.
 * With --one-size all blocks of a stack have the same size. --heaptrack writes the same allocations and frees to another
 * file too, as heaptrack would. */

enum
{
  BUFFER_BYTES = 1 << 20,
  CALENDAR_DAYS = 1 << 19, /* allocations until the latest free */
  SHORT_LIFE = 2000,       /* allocations */
  FREED_PERCENT = 90,
  SIZE_CLASSES = BENCH_MAXIMUM_SIZE_BYTES / 16 + 1,
  SPARSE_ALLOCATIONS = 25, /* between flushes of a processor */
};

/* A block to be freed; 0 ends lists of their indices. */
typedef struct
{
  guint64 address;
  guint32 stack, size_bytes, next;
} LiveBlock;

typedef struct
{
  EtlWriter *writer;
  HeaptrackFile *heaptrack; /* (nullable) */
  BenchStack *stacks;
  SampleRandom random;
  gint64 first_ticks, ticks;
  guint n_processors;
  GArray *blocks;                       /* of LiveBlock */
  guint32 unused_block;                 /* list of indices that may be used again */
  guint32 *calendar;                    /* lists of blocks by the day they are freed */
  GArray *free_addresses[SIZE_CLASSES]; /* of guint64 */
  guint64 next_address;
} BenchTrace;

static EtlEvent
event_at (BenchTrace *self, const BenchStack *stack)
{
  guint64 random = sample_random_next (&self->random) >> 32;
  self->ticks += 1 + (gint64)(random & 511);
  return (EtlEvent){ .processor = (guint)(random >> 8) % self->n_processors,
                     .ticks = self->ticks,
                     .process_id = stack->process_id,
                     .thread_id
                     = stack->first_thread_id + 4 * ((guint32)(random >> 20) % BENCH_THREADS_PER_PROCESS) };
}

static void
write_pool (BenchTrace *self, guint16 hook, const EtlEvent *at, const LiveBlock *live)
{
  const BenchStack *of = &self->stacks[live->stack];
  EtlPoolBlock block = { of->pool_type, of->tag, live->size_bytes, live->address, 0 };
  etl_writer_pool (self->writer, at, hook, &block);
  if (self->heaptrack)
    heaptrack_file_add (self->heaptrack, live->stack, live->size_bytes, hook == ETL_POOL_FREE,
                        at->ticks - self->first_ticks);
}

static void
free_block (BenchTrace *self, guint32 index)
{
  LiveBlock *block = &g_array_index (self->blocks, LiveBlock, index);
  EtlEvent at = event_at (self, &self->stacks[block->stack]);
  write_pool (self, ETL_POOL_FREE, &at, block);
  g_array_append_val (self->free_addresses[block->size_bytes / 16], block->address);
  block->next = self->unused_block;
  self->unused_block = index;
}

static guint64
take_address (BenchTrace *self, guint32 size_bytes)
{
  GArray *addresses = self->free_addresses[size_bytes / 16];
  if (addresses->len > 0)
    {
      guint64 address = g_array_index (addresses, guint64, addresses->len - 1);
      g_array_set_size (addresses, addresses->len - 1);
      return address;
    }
  guint64 address = self->next_address;
  self->next_address += size_bytes + 16;
  return address;
}

static void
plan_free (BenchTrace *self, guint64 day, LiveBlock planned)
{
  guint32 index = self->unused_block;
  if (index != 0)
    self->unused_block = g_array_index (self->blocks, LiveBlock, index).next;
  else
    {
      index = self->blocks->len;
      g_array_append_val (self->blocks, planned);
    }
  gboolean is_short = sample_random_percent (&self->random, 70);
  guint32 life = 1 + sample_random_below (&self->random, is_short ? SHORT_LIFE : CALENDAR_DAYS - 1);
  guint32 *list = &self->calendar[(day + life) % CALENDAR_DAYS];
  planned.next = *list;
  g_array_index (self->blocks, LiveBlock, index) = planned;
  *list = index;
}

static void
allocate (BenchTrace *self, guint64 day)
{
  /* Few stacks make most of the allocations. */
  guint64 uniform = sample_random_next (&self->random) >> 44;
  guint32 index = (guint32)((uniform * uniform >> 20) * BENCH_STACKS >> 20);
  const BenchStack *stack = &self->stacks[index];
  EtlEvent at = event_at (self, stack);
  LiveBlock block = { .stack = index, .size_bytes = stack->size_bytes };
  if (block.size_bytes == 0)
    block.size_bytes = 16 * (1 + sample_random_below (&self->random, SIZE_CLASSES - 1));
  block.address = take_address (self, block.size_bytes);
  write_pool (self, ETL_POOL_ALLOCATION, &at, &block);
  gint64 event_ticks = at.ticks;
  at.ticks = ++self->ticks;
  etl_writer_stack (self->writer, &at, event_ticks, stack->frames, stack->n_frames);
  if (sample_random_percent (&self->random, FREED_PERCENT))
    plan_free (self, day, block);
}

/* Blocks and stacks lie all over the memory: what the coming days need is asked for early. */
static void
prefetch_day (BenchTrace *self, guint64 day)
{
  guint32 later = self->calendar[(day + 32) % CALENDAR_DAYS];
  guint32 soon = self->calendar[(day + 8) % CALENDAR_DAYS];
  __builtin_prefetch (&g_array_index (self->blocks, LiveBlock, later));
  __builtin_prefetch (&self->stacks[g_array_index (self->blocks, LiveBlock, soon).stack]);
}

static void
write_events (BenchTrace *self, guint64 n_allocations, gboolean is_sparse)
{
  for (guint64 day = 0; day < n_allocations; day++)
    {
      guint32 index = self->calendar[day % CALENDAR_DAYS];
      prefetch_day (self, day);
      self->calendar[day % CALENDAR_DAYS] = 0;
      while (index != 0)
        {
          guint32 next = g_array_index (self->blocks, LiveBlock, index).next;
          free_block (self, index);
          index = next;
        }
      allocate (self, day);
      if (is_sparse && day % SPARSE_ALLOCATIONS == 0)
        etl_writer_flush (self->writer, (guint)(day / SPARSE_ALLOCATIONS) % self->n_processors);
    }
}

/* FALSE with @error when @path cannot be written. */
static gboolean
begin_heaptrack (BenchTrace *self, const char *path, GError **error)
{
  if (path != NULL && (self->heaptrack = heaptrack_file_new (path, self->stacks)) == NULL)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "“%s” cannot be written: %s", path,
                 g_strerror (errno));
  return path == NULL || self->heaptrack != NULL;
}

static gboolean
write_trace (int file_descriptor, guint64 n_allocations, guint n_processors, gboolean is_sparse,
             gboolean has_one_size_each, const char *heaptrack_path, GError **error)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.buffer_size = BUFFER_BYTES;
  options.n_processors = n_processors;
  options.log_minor = 5;
  options.log_major = 1;
  options.has_holes = is_sparse;
  g_autoptr (EtlWriter) writer = etl_writer_new_stream (&options, file_descriptor);
  BenchTrace self = { .writer = writer,
                      .stacks = bench_stacks_new (has_one_size_each),
                      .random = { 4711 },
                      .first_ticks = options.first_ticks,
                      .ticks = options.first_ticks + 1000,
                      .n_processors = n_processors,
                      .blocks = g_array_new (FALSE, TRUE, sizeof (LiveBlock)),
                      .calendar = g_new0 (guint32, CALENDAR_DAYS),
                      .next_address = 0xFFFFA30400000010u };
  g_array_set_size (self.blocks, 1); /* index 0 means none */
  for (guint i = 0; i < SIZE_CLASSES; i++)
    self.free_addresses[i] = g_array_new (FALSE, FALSE, sizeof (guint64));
  gboolean is_good = begin_heaptrack (&self, heaptrack_path, error);
  if (is_good)
    {
      bench_write_rundown (writer, self.ticks);
      write_events (&self, n_allocations, is_sparse);
    }
  if (self.heaptrack && !heaptrack_file_finish (self.heaptrack))
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "“%s” was not written: %s", heaptrack_path,
                   g_strerror (errno));
      is_good = FALSE;
    }
  EtlWriterOptions *written = etl_writer_get_options (writer);
  written->end_time = options.start_time + (self.ticks - options.first_ticks);
  for (guint i = 0; i < SIZE_CLASSES; i++)
    g_array_unref (self.free_addresses[i]);
  g_array_unref (self.blocks);
  g_free (self.calendar);
  g_free (self.stacks);
  return is_good && etl_writer_finish_stream (writer, error);
}

int
main (int argc, char **argv)
{
  gint64 n_allocations = 5000000;
  int n_processors = 4;
  gboolean is_sparse = FALSE, has_one_size_each = FALSE;
  g_autofree char *heaptrack_path = NULL;
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "allocations", 0, 0, G_OPTION_ARG_INT64, &n_allocations, "How many allocations (5000000)", "N" },
    { "processors", 0, 0, G_OPTION_ARG_INT, &n_processors, "Of how many processors, 2 to 8 (4)", "N" },
    { "sparse", 0, 0, G_OPTION_ARG_NONE, &is_sparse, "Leave most of each buffer a hole in the file", NULL },
    { "one-size", 0, 0, G_OPTION_ARG_NONE, &has_one_size_each, "All blocks of a stack have one size", NULL },
    { "heaptrack", 0, 0, G_OPTION_ARG_FILENAME, &heaptrack_path, "Also write the allocations as heaptrack does", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "OUTPUT" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || files == NULL || g_strv_length (files) != 1
      || n_allocations < 0 || n_processors < 2 || n_processors > 8)
    {
      g_printerr ("make-bench-trace: %s\n",
                  error != NULL ? error->message : "usage: OUTPUT [--allocations=N]");
      return 2;
    }
  int file_descriptor = open (files[0], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_descriptor < 0)
    {
      g_printerr ("make-bench-trace: “%s” cannot be written: %s\n", files[0], g_strerror (errno));
      return 1;
    }
  gboolean is_written
      = write_trace (file_descriptor, (guint64)n_allocations, (guint)n_processors, is_sparse, has_one_size_each,
                     heaptrack_path, &error);
  if (close (file_descriptor) != 0 || !is_written)
    {
      g_printerr ("make-bench-trace: %s\n", error != NULL ? error->message : g_strerror (errno));
      return 1;
    }
  return 0;
}
