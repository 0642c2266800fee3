#include "make_health_traces.h"

#include "trace_log.h"

#define KERNEL_BASE 0xfffff80000400000u
#define DRIVER_BASE 0xfffff88001000000u
#define FIRST_BLOCK 0xffffa00000100000u
#define SECOND_NS G_GINT64_CONSTANT (1000000000)
#define SPOILT_NS (40 * SECOND_NS + SECOND_NS / 2)
#define N_PROCESSORS 2
#define BUFFER_BYTES 0x4000
#define SECONDS_PER_BUFFER 10
#define N_TAGS 6

/* How a trace differs from the clean one. */
typedef struct
{
  const char *name;
  guint length_s, n_tags; /* 0: as the clean one */
  const char *first_tag;  /* NULL: as the clean one */
  guint32 type_bits;
  gboolean leaves_allocations_out, leaves_frees_out, leaves_free_stacks_out, leaves_stacks_out, leaves_images_out,
    leaves_identities_out, leaves_processes_out, is_pool_on, is_not_stopped;
  guint n_without_stack; /* of the eight blocks that are never freed */
  guint32 events_lost, buffers_lost;
  guint circular_slots;
  void (*spoil) (TraceLog *log); /* in the middle of the trace */
  gsize n_bytes_cut;             /* off the end of the file */
} HealthTrace;

static EtlEvent
middle_of (const TraceLog *log, guint processor)
{
  return (EtlEvent){ .ticks = log->first_ticks + SPOILT_NS / TRACE_LOG_TICK_NS, .processor = processor,
                     .process_id = 1000, .thread_id = 1004 };
}

static void
lose_event (TraceLog *log)
{
  EtlEvent at = middle_of (log, 0);
  etl_writer_lost (log->writer, &at, ETL_LOST_EVENT);
}

/* The buffer that holds the seconds 40 to 49 of processor 0. */
static void
mark_buffer_lost (TraceLog *log)
{
  etl_writer_mark_buffer (log->writer, 0, ETL_BUFFER_LOST);
}

static void
mark_events_lost (TraceLog *log)
{
  etl_writer_mark_buffer (log->writer, 0, ETL_BUFFER_EVENTS_LOST);
}

static void
damage_buffer (TraceLog *log)
{
  guint8 no_event[16] = { 1, 1, 1, 1 };
  etl_writer_raw_event (log->writer, 0, no_event, sizeof no_event);
}

/* One event in the middle. Block n of the clean trace, that of second n, lies at FIRST_BLOCK + 0x1000 * n. */
static void
add_event_in_the_middle (TraceLog *log, gboolean is_free, guint64 address)
{
  TraceLogEvent event = { .time_ns = SPOILT_NS, .process_id = 1000, .thread_id = 1004, .is_free = is_free,
                          .block = { 0x200, etl_tag ("Tag0"), 1024, address, 0 },
                          .frames = { KERNEL_BASE + 0x1235, DRIVER_BASE + 0x101 }, .n_frames = 2 };
  trace_log_add_pool (log, &event);
}

/* A block that is never freed is allocated a second time. */
static void
allocate_twice (TraceLog *log)
{
  add_event_in_the_middle (log, FALSE, FIRST_BLOCK + 0x1000 * 5);
}

/* A block that was freed is freed again. */
static void
free_twice (TraceLog *log)
{
  add_event_in_the_middle (log, TRUE, FIRST_BLOCK + 0x1000 * 4);
}

static void
free_unseen_block (TraceLog *log)
{
  add_event_in_the_middle (log, TRUE, FIRST_BLOCK + 0x1000 * 1000);
}

/* Kept apart from the clean trace by one thing each. */
static const HealthTrace traces[] = {
  { .name = "clean" },
  { "no-pool-events", .leaves_allocations_out = TRUE, .leaves_frees_out = TRUE },
  { "no-pool-activity", .leaves_allocations_out = TRUE, .leaves_frees_out = TRUE, .is_pool_on = TRUE },
  { "no-allocations", .leaves_allocations_out = TRUE },
  { "no-frees", .leaves_frees_out = TRUE },
  { "event-lost", .spoil = lose_event },
  { "events-lost-in-a-buffer", .spoil = mark_events_lost, .events_lost = 12 },
  { "buffer-lost", .spoil = mark_buffer_lost },
  { "events-lost-somewhere", .events_lost = 3 },
  { "buffers-lost-somewhere", .buffers_lost = 2 },
  { "cut-short", .n_bytes_cut = BUFFER_BYTES - 0x100 },
  { "buffer-missing", .n_bytes_cut = BUFFER_BYTES },
  { "not-stopped", .is_not_stopped = TRUE },
  { "wrapped", .circular_slots = 6 },
  { "not-wrapped", .circular_slots = 100 },
  { "freed-twice", .spoil = free_twice },
  { "allocated-twice", .spoil = allocate_twice },
  { "freed-unseen", .spoil = free_unseen_block },
  { "damaged", .spoil = damage_buffer },
  { "no-stack", .leaves_stacks_out = TRUE },
  { "some-stacks", .n_without_stack = 2 },
  { "no-free-stacks", .leaves_free_stacks_out = TRUE },
  { "no-image", .leaves_images_out = TRUE },
  { "unmerged", .leaves_identities_out = TRUE },
  { "no-process", .leaves_processes_out = TRUE },
  { "four-tags", .n_tags = 4 },
  { "short", .length_s = 59 },
  { "verifier", .type_bits = 0x40 },
  { "recorder", .first_tag = "EtwB" },
};

/* What runs, told at the beginning or at the end of the trace. */
static void
add_rundown (TraceLog *log, const HealthTrace *health, gint64 time_ns, gboolean is_start)
{
  trace_log_add_image_at (log, time_ns, is_start ? ETL_IMAGE_DC_START : ETL_IMAGE_DC_END, KERNEL_BASE, 0x700000, 0,
                          "\\SystemRoot\\system32\\ntoskrnl.exe", !health->leaves_identities_out);
  trace_log_add_image_at (log, time_ns, is_start ? ETL_IMAGE_DC_START : ETL_IMAGE_DC_END, DRIVER_BASE, 0x10000, 0,
                          "\\SystemRoot\\system32\\drivers\\driver.sys", !health->leaves_identities_out);
  if (!health->leaves_processes_out)
    trace_log_add_process (log, time_ns, is_start ? ETL_PROCESS_DC_START : ETL_PROCESS_DC_END, 1000, "first.exe");
}

/* The block that is allocated at @second, if any, and the free of the one of two seconds earlier. Every tenth block
 * is never freed. */
static void
add_second (TraceLog *log, const HealthTrace *health, guint second)
{
  guint n_tags = health->n_tags ? health->n_tags : N_TAGS;
  for (guint is_free = 0; is_free < 2; is_free++)
    {
      guint block = second - 2 * is_free;
      gboolean is_kept = block % SECONDS_PER_BUFFER == 5;
      if ((is_free && (second < 2 || is_kept || health->leaves_frees_out))
          || (!is_free && health->leaves_allocations_out))
        continue;
      char tag[5] = { 'T', 'a', 'g', (char) ('0' + block % n_tags), 0 };
      TraceLogEvent event = { .time_ns = second * SECOND_NS + (is_free ? SECOND_NS / 1000 : 0),
                              .processor = second % N_PROCESSORS,
                              .process_id = 1000,
                              .thread_id = 1004,
                              .is_free = is_free != 0,
                              .block = { 0x200 | health->type_bits,
                                         etl_tag (block % n_tags == 0 && health->first_tag ? health->first_tag : tag),
                                         1024, FIRST_BLOCK + 0x1000 * (guint64) block, 0 },
                              .frames = { KERNEL_BASE + 0x1235, DRIVER_BASE + 0x101 + 0x10 * (block % n_tags) },
                              .n_frames = 2 };
      gboolean has_no_stack = is_kept && block / SECONDS_PER_BUFFER < health->n_without_stack;
      if (has_no_stack || (is_free && health->leaves_free_stacks_out))
        event.n_frames = 0;
      trace_log_add_pool (log, &event);
    }
}

static void
make_health_trace (const char *folder, const HealthTrace *health)
{
  TraceLog log;
  trace_log_init (&log, N_PROCESSORS);
  EtlWriterOptions *options = etl_writer_get_options (log.writer);
  options->events_lost = health->events_lost;
  options->buffers_lost = health->buffers_lost;
  if (health->is_not_stopped)
    options->end_time = 0;
  if (health->circular_slots)
    options->log_file_mode = ETL_MODE_CIRCULAR;
  options->circular_slots = health->circular_slots;
  log.leaves_stacks_out = health->leaves_stacks_out;
  log.leaves_images_out = health->leaves_images_out;
  if (health->is_pool_on)
    {
      const guint32 masks[8] = { 0, 0x40 };
      EtlEvent at = { .ticks = log.first_ticks };
      etl_writer_group_masks (log.writer, &at, ETL_GROUP_MASKS, masks, 0x50);
    }
  add_rundown (&log, health, 0, TRUE);
  guint length_s = health->length_s ? health->length_s : 80;
  for (guint second = 0; second < length_s; second++)
    {
      if (second > 0 && second % SECONDS_PER_BUFFER == 0)
        etl_writer_flush_all (log.writer);
      add_second (&log, health, second);
      if (second == SPOILT_NS / SECOND_NS && health->spoil)
        health->spoil (&log);
    }
  add_rundown (&log, health, length_s * SECOND_NS, FALSE);
  g_autoptr (GBytes) bytes = etl_writer_finish (log.writer);
  g_autofree char *file_name = g_strconcat ("health-", health->name, ".etl", NULL);
  trace_log_save_bytes (folder, file_name, g_bytes_get_data (bytes, NULL),
                        g_bytes_get_size (bytes) - health->n_bytes_cut);
  trace_log_clear (&log);
}

void
make_health_traces (const char *folder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
    make_health_trace (folder, &traces[i]);
}
