#include "etl_fixture.h"

#include "sample/etl_writer.h"

/* 64 bits, one processor, buffers of 1 KiB, 100 events. */
EtlFixture
etl_fixture_default (void)
{
  return (EtlFixture){ .pointer_size = 8,
                       .buffer_size = 0x400,
                       .n_processors = 1,
                       .log_file_mode = ETL_MODE_SEQUENTIAL,
                       .clock_type = ETL_CLOCK_QPC,
                       .frequency = 10000000,
                       .cpu_mhz = 3000,
                       .n_events = 100 };
}

/* Event number i is processor i % n_processors's and FIXTURE_TICKS_PER_EVENT * (i + 1) ticks after the
 * start. Returns: (transfer full): the file. */
GBytes *
etl_fixture_write (const EtlFixture *self)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.pointer_size = self->pointer_size;
  options.buffer_size = self->buffer_size;
  options.n_processors = self->n_processors;
  options.log_file_mode = self->log_file_mode;
  options.clock_type = self->clock_type;
  options.frequency = self->frequency;
  options.cpu_mhz = self->cpu_mhz;
  options.first_ticks = FIXTURE_FIRST_TICKS;
  options.events_lost = self->events_lost;
  options.buffers_lost = self->buffers_lost;
  options.circular_slots = self->circular_slots;
  options.old_processor_number = self->is_windows_7;
  if (self->is_windows_7)
    options.header_buffer_style = ETL_HEADER_BUFFER_WINDOWS_7;
  if (self->is_relogged)
    options.header_buffer_style = ETL_HEADER_BUFFER_RELOGGER;
  g_autoptr (EtlWriter) writer = etl_writer_new (&options);
  if (self->is_relogged)
    {
      static const guint8 partition[48];
      EtlEvent at = { .ticks = FIXTURE_FIRST_TICKS, .hook = 0x0050, .version = 2 };
      etl_writer_header_event (writer, &at, partition, sizeof partition);
    }
  for (guint i = 0; i < self->n_events; i++)
    {
      EtlEvent at = { .processor = i % self->n_processors,
                      .ticks = FIXTURE_FIRST_TICKS + FIXTURE_TICKS_PER_EVENT * ((gint64)i + 1),
                      .process_id = 4,
                      .thread_id = 8,
                      .hook = 0x0E20,
                      .version = 2 };
      guint32 payload[6] = { GUINT32_TO_LE (i) };
      if (self->restart_sequence && i == self->n_events / 2)
        etl_writer_restart_sequence (writer);
      etl_writer_event (writer, &at, payload, sizeof payload);
    }
  etl_writer_flush_all (writer);
  if (self->shuffle)
    etl_writer_shuffle (writer, 1);
  return etl_writer_finish (writer);
}
