/* Makes the small traces and the files that are no traces, on which the command line is tested.
 *
 * usage: make_cli_traces FOLDER
 */
#include "make_health_traces.h"
#include "trace_log.h"

#define KERNEL_BASE 0xfffff80000400000u
#define DRIVER_BASE 0xfffff88001000000u
#define PROGRAM_BASE 0x00007ff600000000u
#define N_BLOCKS 64
#define N_WIDE_TAGS 20010 /* more rows than the table of the window is told one by one */

static void
add_machine (TraceLog *log)
{
  trace_log_add_image (log, KERNEL_BASE, 0x700000, 0, "\\SystemRoot\\system32\\ntoskrnl.exe", TRUE);
  trace_log_add_image (log, DRIVER_BASE, 0x10000, 0, "\\SystemRoot\\system32\\drivers\\my,\"fault\".sys",
                       FALSE);
  trace_log_add_process (log, 0, ETL_PROCESS_DC_START, 4, "System");
  trace_log_add_process (log, 0, ETL_PROCESS_DC_START, 1000, "first.exe");
  trace_log_add_image (log, PROGRAM_BASE, 0x20000, 1000, "\\Device\\HarddiskVolume2\\first.exe", TRUE);
}

static void
add_story_event (TraceLog *log, gint64 time_us, gboolean is_free, guint32 type, const char *tag,
                 guint64 size_bytes, guint64 address, guint n_frames)
{
  TraceLogEvent event
      = { .time_ns = time_us * 1000,
          .process_id = 1000,
          .thread_id = 1004,
          .is_free = is_free,
          .block = { type, etl_tag (tag), size_bytes, address, 0 },
          .frames = { KERNEL_BASE + 0x1235, DRIVER_BASE + 0x101, PROGRAM_BASE + 0x2001, 0x1001 },
          .n_frames = n_frames };
  trace_log_add_pool (log, &event);
}

/* A driver that leaks, a cache that is given back, and a block from before the trace. */
static GBytes *
make_story (const char *folder, const char *name, gboolean has_stacks, gboolean has_images)
{
  TraceLog log;
  trace_log_init (&log, 1);
  log.leaves_stacks_out = !has_stacks;
  log.leaves_images_out = !has_images;
  add_machine (&log);
  for (guint i = 0; i < 10; i++)
    add_story_event (&log, 1000 + 100 * i, FALSE, 0x200, "Leak", 4096, 0xffffa00000001000 + 0x2000 * i, 4);
  add_story_event (&log, 2500, FALSE, 1, "Irp", 300, 0xffffa00000100000, 2);
  add_story_event (&log, 2600, FALSE, 1, "CM31", 500, 0xffffa00000200000, 3);
  add_story_event (&log, 3000, TRUE, 1, "Irp", 300, 0xffffa00000100000, 2);
  add_story_event (&log, 3500, TRUE, 0, "Old\x01", 64, 0xffffa00000300000, 0);
  add_story_event (&log, 4000, TRUE, 0x200, "Leak", 4096, 0xffffa00000001000, 2);
  GBytes *bytes = trace_log_save (&log, folder, name);
  trace_log_clear (&log);
  return bytes;
}

static void
make_without_pool (const char *folder)
{
  TraceLog log;
  trace_log_init (&log, 1);
  add_machine (&log);
  g_autoptr (GBytes) bytes = trace_log_save (&log, folder, "no-pool");
  trace_log_clear (&log);
}

/* What one address of the random trace is at the moment. */
typedef struct
{
  EtlPoolBlock block;
  gboolean is_live, was_seen, is_session;
} RandomBlock;

static guint
add_random_frames (GRand *random, guint64 frames[TRACE_LOG_MAX_FRAMES])
{
  /* Few addresses and all depths, so that many stacks are the beginning of another. */
  guint n_frames = (guint) g_rand_int_range (random, 0, 7);
  guint64 full[6] = { 0xfffff90000005001,  DRIVER_BASE + 0x11, KERNEL_BASE + 0x21,
                      KERNEL_BASE + 0x212, 0xfffff90000000001, DRIVER_BASE + 0x11 };
  full[g_rand_int_range (random, 1, 6)] += (guint64) g_rand_int_range (random, 0, 2);
  for (guint i = 0; i < n_frames; i++)
    frames[n_frames - 1 - i] = full[i];
  return n_frames;
}

static void
choose_random_block (GRand *random, guint index, RandomBlock *block)
{
  static const char *const tags[] = { "Leak", "Irp", "a,\"b", "\n\xff;=", "CM31", "EtwB" };
  static const guint32 types[] = { 0, 1, 0x200, 0x21, 0x10000001, 5, 0x44 };
  block->block = (EtlPoolBlock){ .type = types[g_rand_int_range (random, 0, G_N_ELEMENTS (types))],
                                 .tag = etl_tag (tags[g_rand_int_range (random, 0, G_N_ELEMENTS (tags))]),
                                 .size_bytes = 16 * (guint64) g_rand_int_range (random, 0, 5),
                                 .address = 0xffffa00000000000 + 0x1000 * (guint64) (index + 1),
                                 .session_id = index % 3 };
  block->is_session = index % 8 == 0;
}

static void
add_random_event (TraceLog *log, GRand *random, RandomBlock *blocks, gint64 time_ns)
{
  guint index = (guint) g_rand_int_range (random, 0, N_BLOCKS);
  RandomBlock *block = &blocks[index];
  gboolean is_odd = g_rand_int_range (random, 0, 20) == 0; /* what the live state does not suggest */
  gboolean is_free = block->is_live != is_odd;
  if (!is_free || !block->was_seen)
    choose_random_block (random, index, block);
  guint32 process_id = g_rand_int_range (random, 0, 3) == 0 ? 4 : 1000;
  TraceLogEvent event = { .time_ns = time_ns,
                          .processor = (guint) g_rand_int_range (random, 0, 2),
                          .process_id = process_id,
                          .thread_id = process_id + 4 * (guint32) g_rand_int_range (random, 1, 3),
                          .is_free = is_free,
                          .is_session = block->is_session,
                          .block = block->block };
  event.n_frames = add_random_frames (random, event.frames);
  trace_log_add_pool (log, &event);
  block->is_live = !is_free;
  block->was_seen = TRUE;
}

/* Random traffic on few addresses: reused, freed twice, allocated twice, freed before any allocation. */
static void
make_random (const char *folder)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  RandomBlock blocks[N_BLOCKS] = { 0 };
  TraceLog log;
  trace_log_init (&log, 2);
  add_machine (&log);
  trace_log_add_service (&log, 1000, 5, "Alpha");
  trace_log_add_service (&log, 1000, 6, "Beta, with a comma");
  trace_log_add_thread (&log, 0, ETL_THREAD_DC_START, 1000, 1004, 6);
  trace_log_add_thread (&log, 0, ETL_THREAD_DC_START, 1000, 1008, 0);
  trace_log_add_thread (&log, 0, ETL_THREAD_DC_START, 4, 8, 5); /* the tag of a service of another process */
  gint64 time_ns = 10000000;
  for (guint i = 0; i < 2000; i++)
    {
      time_ns += TRACE_LOG_TICK_NS * g_rand_int_range (random, 1, 20000);
      if (i == 1000)
        {
          trace_log_add_process (&log, time_ns, ETL_PROCESS_END, 1000, "first.exe");
          time_ns += 1000;
          trace_log_add_process (&log, time_ns, ETL_PROCESS_START, 1000, "second.exe");
          trace_log_add_thread (&log, time_ns, ETL_THREAD_START, 1000, 1004, 6);
          time_ns += 1000;
        }
      add_random_event (&log, random, blocks, time_ns);
    }
  g_autoptr (GBytes) bytes = trace_log_save (&log, folder, "random");
  trace_log_clear (&log);
}

/* A block of each of @n_tags tags, none freed, of @n_sizes sizes. */
static void
make_wide (const char *folder, guint n_tags, guint n_sizes)
{
  TraceLog log;
  trace_log_init (&log, 1);
  add_machine (&log);
  for (guint i = 0; i < n_tags; i++)
    {
      const char tag[] = { (char) ('A' + i / 26 / 26 / 26 % 26), (char) ('a' + i / 26 / 26 % 26),
                           (char) ('a' + i / 26 % 26), (char) ('a' + i % 26), '\0' };
      add_story_event (&log, i, FALSE, 0x200, tag, 16 * (1 + i % n_sizes), 0xffffa00000000000 + 0x1000 * (guint64) i, 0);
    }
  g_autoptr (GBytes) bytes = etl_writer_finish (log.writer);
  trace_log_save_bytes (folder, "wide.etl", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  trace_log_clear (&log);
}

static void
make_stack_tags (const char *folder)
{
  static const char first[]
      = "<?xml version=\"1.0\"?>\n<Tag Name=\"\">\n  <Tag Name=\"Faults\">\n"
        "    <Tag Name=\"Driver\" Priority=\"2\"><Entrypoint Module=\"MY,*.sys\"/></Tag>\n  </Tag>\n"
        "  <HintTag Name=\"Program\"><Entrypoint Module=\"first.exe\"/></HintTag>\n</Tag>\n";
  static const char second[] = "<Tag Name=\"Everything\" Priority=\"1\"><Entrypoint Module=\"*\"/></Tag>\n";
  static const char bad[] = "<Tag Name=\"A\">\n  <Entrypoint Module=\"a.sys\"/>\n  <Entrypoint/>\n</Tag>\n";
  trace_log_save_bytes (folder, "first.stacktags", first, sizeof first - 1);
  trace_log_save_bytes (folder, "second.stacktags", second, sizeof second - 1);
  trace_log_save_bytes (folder, "bad.stacktags", bad, sizeof bad - 1);
}

int
main (int argc, char **argv)
{
  static const char text[] = "This is a text, not a trace.\n";
  static const char event_log[] = "ElfFile\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0";
  g_return_val_if_fail (argc == 2 || argc == 3, 2);
  const char *folder = argv[1];
  if (argc == 3)
    {
      make_wide (folder, (guint) g_ascii_strtoull (argv[2], NULL, 10), 7);
      return 0;
    }
  g_autoptr (GBytes) story = make_story (folder, "story", TRUE, TRUE);
  g_autoptr (GBytes) without_stacks = make_story (folder, "no-stacks", FALSE, TRUE);
  g_autoptr (GBytes) without_images = make_story (folder, "no-images", TRUE, FALSE);
  make_without_pool (folder);
  make_random (folder);
  make_wide (folder, N_WIDE_TAGS, 1);
  make_stack_tags (folder);
  make_health_traces (folder);
  const void *bytes = g_bytes_get_data (story, NULL);
  gsize size = g_bytes_get_size (story);
  trace_log_save_bytes (folder, "truncated.etl", bytes, size - 0x4000 + 0x800);
  trace_log_save_bytes (folder, "header-cut.etl", bytes, 0x100);
  trace_log_save_bytes (folder, "unreadable.etl", bytes, size);
  trace_log_save_bytes (folder, "empty.etl", "", 0);
  trace_log_save_bytes (folder, "text.etl", text, sizeof text - 1);
  trace_log_save_bytes (folder, "log.evtx", event_log, sizeof event_log);
  return 0;
}
