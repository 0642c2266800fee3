#include "trace_log.h"

static EtlEvent
make_event (const TraceLog *self, gint64 time_ns, guint processor, guint32 process_id, guint32 thread_id)
{
  return (EtlEvent){ .ticks = self->first_ticks + time_ns / TRACE_LOG_TICK_NS,
                     .processor = processor,
                     .process_id = process_id,
                     .thread_id = thread_id };
}

void
trace_log_init (TraceLog *self, guint n_processors)
{
  EtlWriterOptions options;
  etl_writer_options_init (&options);
  options.buffer_size = 0x4000;
  options.n_processors = n_processors;
  options.bias_minutes = -120;
  *self = (TraceLog){ .writer = etl_writer_new (&options),
                      .events = g_string_new (NULL),
                      .first_ticks = options.first_ticks };
}

void
trace_log_clear (TraceLog *self)
{
  g_clear_pointer (&self->writer, etl_writer_free);
  g_string_free (self->events, TRUE);
}

void
trace_log_add_image (TraceLog *self, guint64 base, guint64 size_bytes, guint32 process_id, const char *path,
                     gboolean has_identity)
{
  trace_log_add_image_at (self, 0, ETL_IMAGE_DC_START, base, size_bytes, process_id, path, has_identity);
}

void
trace_log_add_image_at (TraceLog *self, gint64 time_ns, guint16 hook, guint64 base, guint64 size_bytes,
                        guint32 process_id, const char *path, gboolean has_identity)
{
  if (self->leaves_images_out)
    return;
  EtlEvent at = make_event (self, time_ns, 0, process_id, 8);
  EtlImage image
      = { .base = base,
          .size_bytes = size_bytes,
          .process_id = process_id,
          .time_date_stamp = 0x5010ac4b,
          .path = path,
          .original_file_name = strrchr (path, '\\') + 1,
          .pdb_guid = { 0x72482100, 0x1C1C, 0x4A03, { 0xAE, 0xD8, 0xC4, 0xC7, 0x1C, 0x2E, 0x8D, 0x1D } },
          .pdb_age = 2,
          .pdb_name = "driver.pdb" };
  etl_writer_image (self->writer, &at, hook, &image);
  if (has_identity)
    {
      etl_writer_image_id (self->writer, &at, &image);
      etl_writer_image_rsds (self->writer, &at, &image);
    }
  g_string_append_printf (self->events, "image\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%u\t%s\n", base,
                          size_bytes, process_id, image.original_file_name);
}

void
trace_log_add_process (TraceLog *self, gint64 time_ns, guint16 hook, guint32 process_id, const char *name)
{
  EtlEvent at = make_event (self, time_ns, 0, process_id, 8);
  EtlProcess process = { .process_id = process_id, .parent_id = 4, .image_name = name };
  etl_writer_process (self->writer, &at, hook, &process);
  g_string_append_printf (self->events, "process\t%" G_GINT64_FORMAT "\t%u\t%u\t%s\n", time_ns, hook,
                          process_id, name);
}

void
trace_log_add_thread (TraceLog *self, gint64 time_ns, guint16 hook, guint32 process_id, guint32 thread_id,
                      guint32 sub_process_tag)
{
  EtlEvent at = make_event (self, time_ns, 0, process_id, 8);
  EtlThread thread = { .process_id = process_id, .thread_id = thread_id, .sub_process_tag = sub_process_tag };
  etl_writer_thread (self->writer, &at, hook, &thread);
  g_string_append_printf (self->events, "thread\t%" G_GINT64_FORMAT "\t%u\t%u\t%u\t%u\n", time_ns, hook, process_id,
                          thread_id, sub_process_tag);
}

/* A service that runs when the trace begins. */
void
trace_log_add_service (TraceLog *self, guint32 process_id, guint32 sub_process_tag, const char *name)
{
  EtlEvent at = make_event (self, 0, 0, 4, 8);
  EtlService service = { process_id, 4, sub_process_tag, name, name, "svchost.exe", "", "" };
  etl_writer_service (self->writer, &at, &service);
  g_string_append_printf (self->events, "service\t%u\t%u\t%s\n", process_id, sub_process_tag, name);
}

/* The event and, with frames, its stack right behind it. */
void
trace_log_add_pool (TraceLog *self, const TraceLogEvent *event)
{
  EtlEvent at = make_event (self, event->time_ns, event->processor, event->process_id, event->thread_id);
  guint16 hook
      = (guint16) ((event->is_free ? ETL_POOL_FREE : ETL_POOL_ALLOCATION) + (event->is_session ? 1 : 0));
  etl_writer_pool (self->writer, &at, hook, &event->block);
  gboolean has_stack = event->n_frames > 0 && !self->leaves_stacks_out;
  if (has_stack)
    etl_writer_stack (self->writer, &at, at.ticks, event->frames, event->n_frames);
  g_string_append_printf (
      self->events,
      "%s\t%" G_GINT64_FORMAT "\t%u\t%u\t%u\t%u\t%u\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t",
      event->is_free ? "free" : "alloc", event->time_ns, event->processor, event->process_id,
      event->thread_id, event->block.type, event->block.tag, event->block.size_bytes, event->block.address);
  if (event->is_session)
    g_string_append_printf (self->events, "%u", event->block.session_id);
  g_string_append_c (self->events, '\t');
  for (guint i = 0; has_stack && i < event->n_frames; i++)
    g_string_append_printf (self->events, "%s%" G_GUINT64_FORMAT, i > 0 ? "," : "", event->frames[i]);
  g_string_append_c (self->events, '\n');
}

void
trace_log_save_bytes (const char *folder, const char *file_name, const void *data, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_file_set_contents (path, data, (gssize) n_bytes, &error);
  g_assert_no_error (error);
}

/* Writes NAME.etl and NAME.events to @folder. Returns: (transfer full): the trace's bytes. */
GBytes *
trace_log_save (TraceLog *self, const char *folder, const char *name)
{
  GBytes *bytes = etl_writer_finish (self->writer);
  g_autofree char *trace_name = g_strconcat (name, ".etl", NULL),
                  *list_name = g_strconcat (name, ".events", NULL);
  trace_log_save_bytes (folder, trace_name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  trace_log_save_bytes (folder, list_name, self->events->str, self->events->len);
  return bytes;
}
