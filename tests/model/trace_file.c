#include "trace_file.h"

#include "sample/etl_writer_events.h"

/* What tells pool events apart in a FULL header. */
static const EtlGuid pool_class
    = { 0x0268a8b6, 0x74fd, 0x4302, { 0x9d, 0xd0, 0x6e, 0x8f, 0x17, 0x95, 0xc0, 0xcf } };

static void
write_pool (EtlWriter *writer, const EtlEvent *at, const TraceEvent *event)
{
  gboolean has_session = event->session != TRACE_UNKNOWN;
  EtlPoolBlock block = { .type = event->type,
                         .tag = event->tag,
                         .size_bytes = event->size_bytes,
                         .address = event->address,
                         .session_id = event->session };
  guint16 hook = event->is_free ? ETL_POOL_FREE : ETL_POOL_ALLOCATION;
  if (has_session)
    hook = event->is_free ? ETL_POOL_SESSION_FREE : ETL_POOL_SESSION_ALLOCATION;
  etl_writer_pool (writer, at, hook, &block);
}

static void
write_process (EtlWriter *writer, const EtlEvent *at, const TraceEvent *event)
{
  const guint16 hooks[] = { ETL_PROCESS_START, ETL_PROCESS_END, ETL_PROCESS_DC_START, ETL_PROCESS_DC_END };
  EtlProcess process = { .process_id = event->process_id,
                         .parent_id = 4,
                         .session_id = 1,
                         .image_name = event->name,
                         .command_line = event->name };
  etl_writer_process (writer, at, hooks[event->life], &process);
}

static void
write_thread (EtlWriter *writer, const EtlEvent *at, const TraceEvent *event)
{
  const guint16 hooks[] = { ETL_THREAD_START, ETL_THREAD_END, ETL_THREAD_DC_START, ETL_THREAD_DC_END };
  EtlThread thread = { .process_id = event->process_id,
                       .thread_id = event->thread_id,
                       .sub_process_tag = event->sub_process_tag };
  etl_writer_thread (writer, at, hooks[event->life], &thread);
}

static void
write_image (EtlWriter *writer, const EtlEvent *at, const TraceEvent *event)
{
  const guint16 hooks[] = { ETL_IMAGE_LOAD, ETL_IMAGE_UNLOAD, ETL_IMAGE_DC_START, ETL_IMAGE_DC_END };
  EtlImage image = { .base = event->address,
                     .size_bytes = event->size_bytes,
                     .process_id = event->process_id,
                     .path = event->name };
  etl_writer_image (writer, at, hooks[event->life], &image);
}

static void
write_service (EtlWriter *writer, const EtlEvent *at, const TraceEvent *event)
{
  EtlService service = { .process_id = event->process_id, .state = 4,
                         .sub_process_tag = event->sub_process_tag,
                         .name = event->name, .display_name = "Display name",
                         .process_name = "svchost.exe", .load_order_group = "", .svchost_group = "" };
  etl_writer_service (writer, at, &service);
}

static void
write_event (EtlWriter *writer, const TraceEvent *event, guint index)
{
  const EtlHeaderKind headers[]
      = { ETL_HEADER_SYSTEM, ETL_HEADER_COMPACT, ETL_HEADER_FULL, ETL_HEADER_PERFINFO };
  EtlEvent at = { .processor = event->processor,
                  .ticks = event->ticks,
                  .process_id = event->process_id,
                  .thread_id = event->thread_id };
  if (event->kind == TRACE_POOL)
    {
      at.kind = headers[event->header];
      at.guid = &pool_class;
    }
  switch (event->kind)
    {
    case TRACE_POOL:
      write_pool (writer, &at, event);
      break;
    case TRACE_STACK:
      etl_writer_stack (writer, &at, event->stack_ticks, event->frames, event->n_frames);
      break;
    case TRACE_STACK_KEY:
      etl_writer_stack_key (writer, &at, event->is_user_key ? ETL_STACK_KEY_USER : ETL_STACK_KEY_KERNEL,
                            event->stack_ticks, event->key);
      break;
    case TRACE_DEFINITION:
      etl_writer_stack_definition (writer, &at, index % 2 ? ETL_STACK_KEY_DELETE : ETL_STACK_KEY_RUNDOWN,
                                   event->key, event->frames, event->n_frames);
      break;
    case TRACE_PROCESS:
      write_process (writer, &at, event);
      break;
    case TRACE_THREAD:
      write_thread (writer, &at, event);
      break;
    case TRACE_SERVICE:
      write_service (writer, &at, event);
      break;
    case TRACE_IMAGE:
      write_image (writer, &at, event);
      break;
    case TRACE_SWITCH:
      etl_writer_context_switch (writer, &at, event->thread_id, event->old_thread_id);
      break;
    }
}

/* Returns: (transfer full): the file's bytes */
GBytes *
trace_file_new (const TracePlan *plan, const TraceFileOptions *options)
{
  EtlWriterOptions writer_options;
  etl_writer_options_init (&writer_options);
  writer_options.pointer_size = plan->pointer_size;
  writer_options.n_processors = plan->n_processors;
  writer_options.buffer_size = options->buffer_size_bytes;
  writer_options.clock_type = plan->clock;
  writer_options.first_ticks = plan->first_ticks;
  /* The frequency that the clock does not use is told too, and wrong for it. */
  writer_options.frequency = plan->clock == TRACE_CLOCK_QPC ? plan->frequency : 3579545;
  if (plan->clock == TRACE_CLOCK_CYCLES)
    writer_options.cpu_mhz = (guint32) (plan->frequency / 1000000);
  if (options->is_compressed)
    writer_options.log_file_mode |= ETL_MODE_COMPRESSED;
  if (options->is_circular)
    writer_options.log_file_mode |= ETL_MODE_CIRCULAR;
  g_autoptr (EtlWriter) writer = etl_writer_new (&writer_options);
  for (guint i = 0; i < plan->events->len; i++)
    write_event (writer, &g_array_index (plan->events, TraceEvent, i), i);
  etl_writer_flush_all (writer);
  if (options->shuffle_seed)
    etl_writer_shuffle (writer, options->shuffle_seed);
  return etl_writer_finish (writer);
}
