#include "sample/sample_story.h"

#include "sample/sample_log.h"
#include "sample/sample_rundown.h"
#include "sample/sample_simulation.h"

enum
{
  TICKS_PER_SECOND = 10000000,
  PROCESSORS = 4,
};

/* 2024-05-14 08:12:31 UTC, in central Europe's summer. */
static const gint64 start_time = 0x01DAA5D677CF2720;
static const gint64 first_ticks = 0x0000001A2B3C4D5E;

typedef struct
{
  SampleSimulationOptions simulation;
  guint32 buffer_size, log_file_mode;
  guint circular_slots;
  gboolean is_merged; /* image identities and the like are added by a merge */
} SampleStory;

static const SampleStory stories[] = {
  [SAMPLE_STORY_LEAK]
  = { .simulation = { .duration_s = 75, .leak_rate = 1, .honest_rate = 0.45, .seed = 2012 },
      .buffer_size = 0x40000,
      .log_file_mode = ETL_MODE_SEQUENTIAL | ETL_MODE_RELOGGED,
      .is_merged = TRUE },
  [SAMPLE_STORY_CIRCULAR]
  = { .simulation = { .duration_s = 90, .leak_rate = 0.12, .honest_rate = 0.06, .seed = 1977 },
      .buffer_size = 0x4000,
      .log_file_mode = 0x02000000 | ETL_MODE_CIRCULAR,
      .circular_slots = 96 },
};

static void
set_writer_options (EtlWriterOptions *options, const SampleStory *story)
{
  etl_writer_options_init (options);
  options->buffer_size = story->buffer_size;
  options->n_processors = PROCESSORS;
  options->cpu_mhz = 2904;
  options->first_ticks = first_ticks;
  options->start_time = start_time;
  options->end_time = start_time + (gint64)((story->simulation.duration_s + 0.4) * TICKS_PER_SECOND);
  options->boot_time = start_time - first_ticks;
  options->bias_minutes = -60;
  options->daylight_bias_minutes = -60;
  options->standard_name = "@tzres.dll,-322";
  options->daylight_name = "@tzres.dll,-321";
  /* Until the last Sunday of October, from the last Sunday of March. */
  options->standard_date[1] = 10;
  options->standard_date[3] = 5;
  options->standard_date[4] = 3;
  options->daylight_date[1] = 3;
  options->daylight_date[3] = 5;
  options->daylight_date[4] = 2;
  options->log_major = 1;
  options->log_minor = 5;
  options->os_build = 19045;
  options->log_file_mode = story->log_file_mode;
  options->circular_slots = story->circular_slots;
  options->logger_id = 2;
  options->logger_name = story->is_merged ? "Relogger" : "NT Kernel Logger";
  options->log_file_name = story->is_merged ? "[multiple files]" : "C:\\kernel.etl";
  options->maximum_file_mib = story->circular_slots > 0 ? 2 : 0;
}

/* Single events on one processor, then a whole buffer on another, near the end of the recording. */
static void
add_losses (SampleLog *log, double duration_s)
{
  gint64 events_at = first_ticks + (gint64)((duration_s - 14) * TICKS_PER_SECOND);
  gint64 buffer_at = first_ticks + (gint64)((duration_s - 6) * TICKS_PER_SECOND);
  SampleLoss events = { .processor = 2, .from = events_at, .to = events_at + TICKS_PER_SECOND / 2 };
  SampleLoss buffer
      = { .processor = 1, .from = buffer_at, .to = buffer_at + TICKS_PER_SECOND, .is_buffer = TRUE };
  sample_log_add_loss (log, &events);
  sample_log_add_loss (log, &buffer);
  SampleRecord lost_event = { .ticks = events.to,
                              .kind = SAMPLE_RECORD_LOST,
                              .processor = 2,
                              .hook = ETL_LOST_EVENT,
                              .process_id = G_MAXUINT32,
                              .thread_id = G_MAXUINT32 };
  SampleRecord lost_buffer = lost_event;
  lost_buffer.ticks = buffer.to;
  lost_buffer.processor = 1;
  lost_buffer.hook = ETL_LOST_BUFFER;
  sample_log_add (log, &lost_event);
  sample_log_add (log, &lost_buffer);
}

/* Makes the trace of one story, the same bytes every time.
 *
 * Returns: (transfer full): the file.
 */
GBytes *
sample_story_make (SampleStoryKind kind)
{
  const SampleStory *story = &stories[kind];
  SampleSimulationOptions simulation = story->simulation;
  simulation.first_ticks = first_ticks;
  simulation.ticks_per_second = TICKS_PER_SECOND;
  EtlWriterOptions options;
  set_writer_options (&options, story);
  g_autoptr (EtlWriter) writer = etl_writer_new (&options);
  g_autoptr (SampleRundown) rundown = sample_rundown_new (first_ticks, TICKS_PER_SECOND);
  g_autoptr (SampleLog) log = sample_log_new ();

  EtlEvent at = { .ticks = first_ticks + 2100, .process_id = 6020, .thread_id = 6024 };
  etl_writer_partition_info (writer, &at);
  sample_rundown_write_machine (writer, &at, story->is_merged);
  at.ticks += 5200;
  sample_rundown_write (rundown, writer, &at, FALSE, story->is_merged);

  sample_rundown_log_changes (rundown, log, story->is_merged);
  sample_simulation_run (&simulation, log);
  if (!story->is_merged)
    add_losses (log, simulation.duration_s);
  at.ticks = first_ticks + (gint64)(simulation.duration_s * TICKS_PER_SECOND);
  sample_log_write (log, writer, at.ticks);

  static const guint32 no_groups[8] = { 0x01000007, 0x00000040 };
  at.ticks += 300;
  sample_rundown_write (rundown, writer, &at, TRUE, FALSE);
  etl_writer_rundown_complete (writer, &at);
  etl_writer_group_masks (writer, &at, ETL_GROUP_MASKS_END, no_groups, 0x50);
  return etl_writer_finish (writer);
}
