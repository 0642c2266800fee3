#include "etl/etl_log_header.h"

#include "etl/etl_file.h"
#include "etl/etl_layouts.h"
#include "etl/etl_time_zone.h"

#define FILETIME_MAXIMUM G_GINT64_CONSTANT (2650467744000000000) /* the end of the year 9999 */
#define FILETIME_FREQUENCY 10000000u
#define FREQUENCY_MAXIMUM (G_GUINT64_CONSTANT (1) << 40) /* ticks per second; above is damage */
#define QPC_FREQUENCY_USUAL 10000000u                    /* of Windows 10 and later */
#define PROCESSORS_MAXIMUM 2048                          /* what a buffer header can number */

/* A field of the part that moves with the pointer size. */
#define MOVING_FIELD(payload, pointer_size, field)                                                           \
  ((pointer_size) == 8 ? etl_log_header_64_get_##field (payload) : etl_log_header_32_get_##field (payload))

static gint64
clean_filetime (guint64 filetime)
{
  return filetime <= FILETIME_MAXIMUM ? (gint64)filetime : 0;
}

/* The type byte of the event header decides; when it is damaged, the field of the log header does. */
static guint
find_pointer_size (const guint8 *header, const guint8 *payload)
{
  switch (etl_system_header_get_type (header))
    {
    case ETL_EVENT_TYPE_SYSTEM_32:
      return 4;
    case ETL_EVENT_TYPE_SYSTEM_64:
      return 8;
    default:
      return etl_log_header_common_get_pointer_size (payload) == 4 ? 4 : 8;
    }
}

static void
choose_clock (EtlLogHeader *self, guint32 recorded_type)
{
  guint64 frequency = self->performance_frequency;
  gboolean frequency_is_plausible = frequency > 0 && frequency <= FREQUENCY_MAXIMUM;
  self->clock_type = (EtlClockType)recorded_type;
  if (recorded_type == ETL_CLOCK_CPU_CYCLE && self->cpu_mhz == 0)
    recorded_type = 0;
  if (recorded_type < ETL_CLOCK_QPC || recorded_type > ETL_CLOCK_CPU_CYCLE)
    self->clock_type = frequency_is_plausible ? ETL_CLOCK_QPC : ETL_CLOCK_SYSTEM_TIME;
  switch (self->clock_type)
    {
    case ETL_CLOCK_CPU_CYCLE:
      frequency = (guint64)self->cpu_mhz * 1000000;
      break;
    case ETL_CLOCK_SYSTEM_TIME:
      frequency = FILETIME_FREQUENCY;
      break;
    case ETL_CLOCK_QPC:
      if (!frequency_is_plausible)
        frequency = QPC_FREQUENCY_USUAL;
      break;
    }
  self->clock = tick_clock_make (self->first_ticks, frequency);
}

static void
parse_common (EtlLogHeader *self, const guint8 *payload)
{
  self->session_buffer_size_bytes = etl_log_header_common_get_buffer_size (payload);
  if (self->session_buffer_size_bytes > ETL_BUFFER_SIZE_MAXIMUM)
    self->session_buffer_size_bytes = 0;
  self->os_major = etl_log_header_common_get_os_major (payload);
  self->os_minor = etl_log_header_common_get_os_minor (payload);
  self->format_major = etl_log_header_common_get_format_major (payload);
  self->format_minor = etl_log_header_common_get_format_minor (payload);
  self->os_build = etl_log_header_common_get_os_build (payload);
  self->n_processors = etl_log_header_common_get_n_processors (payload);
  if (self->n_processors > PROCESSORS_MAXIMUM)
    self->n_processors = 0;
  self->end_filetime = clean_filetime (etl_log_header_common_get_end_time (payload));
  self->log_file_mode = etl_log_header_common_get_log_file_mode (payload);
  self->buffers_written = etl_log_header_common_get_buffers_written (payload);
  self->events_lost = etl_log_header_common_get_events_lost (payload);
  self->cpu_mhz = etl_log_header_common_get_cpu_mhz (payload);
}

static void
parse_moving (EtlLogHeader *self, ByteSpan payload)
{
  gboolean is_64 = self->pointer_size == 8;
  gsize names = is_64 ? etl_log_header_64_SIZE : etl_log_header_32_SIZE, used;
  gsize zone = is_64 ? ETL_LOG_HEADER_64_TIME_ZONE : ETL_LOG_HEADER_32_TIME_ZONE;
  self->boot_filetime = clean_filetime (MOVING_FIELD (payload.bytes, self->pointer_size, boot_time));
  self->start_filetime = clean_filetime (MOVING_FIELD (payload.bytes, self->pointer_size, start_time));
  self->performance_frequency = MOVING_FIELD (payload.bytes, self->pointer_size, performance_frequency);
  self->buffers_lost = MOVING_FIELD (payload.bytes, self->pointer_size, buffers_lost);
  self->time_zone_name
      = etl_time_zone_resolve (payload.bytes + zone, self->start_filetime, &self->bias_minutes);
  self->session_name = byte_span_dup_utf16 (byte_span_tail (payload, names), &used);
  self->log_file_name = byte_span_dup_utf16 (byte_span_tail (payload, names + used), NULL);
  choose_clock (self, MOVING_FIELD (payload.bytes, self->pointer_size, clock_type));
}

/* Reads the trace header from @event, the first event of a file from its event header on; @event may
 * reach farther than the event does.
 *
 * Fields that cannot be true are replaced: a time behind the year 9999, a processor count or buffer
 * size beyond the limits of Windows become 0 (unknown), a clock that cannot run becomes one that can.
 * Free what @self holds with etl_log_header_clear(). Errors (ETL_ERROR), their messages to be put
 * behind the name of the file: the event is cut short, or of a Windows before Vista.
 */
gboolean
etl_log_header_parse (EtlLogHeader *self, ByteSpan event, GError **error)
{
  *self = (EtlLogHeader){ 0 };
  ByteSpan payload = byte_span_tail (event, etl_system_header_SIZE);
  if (payload.size >= etl_log_header_common_SIZE)
    {
      /* Two fields, so that one damaged byte does not turn a readable trace away. */
      parse_common (self, payload.bytes);
      if (self->os_major < 6
          && (self->format_major < 1 || (self->format_major == 1 && self->format_minor < 3)))
        {
          g_set_error (
              error, ETL_ERROR, ETL_ERROR_TOO_OLD,
              "has log format %u.%u at offset 0x6e, that of Windows XP and Server 2003, which did not "
              "record pools; record the trace on Windows 7 or later",
              self->format_major, self->format_minor);
          return FALSE;
        }
      self->pointer_size = find_pointer_size (event.bytes, payload.bytes);
    }
  gsize needed = self->pointer_size == 4 ? etl_log_header_32_SIZE : etl_log_header_64_SIZE;
  if (payload.size < needed)
    {
      g_set_error (error, ETL_ERROR, ETL_ERROR_DAMAGED,
                   "ends inside the trace header at offset 0x68, which needs %" G_GSIZE_FORMAT
                   " bytes where %" G_GSIZE_FORMAT
                   " are left; copy the file again, or record the trace again",
                   needed, payload.size);
      *self = (EtlLogHeader){ 0 };
      return FALSE;
    }
  gsize size = etl_system_header_get_size (event.bytes);
  if (size >= etl_system_header_SIZE + needed && size <= event.size)
    payload.size = size - etl_system_header_SIZE;
  self->first_ticks = (gint64)etl_system_header_get_time_stamp (event.bytes);
  parse_moving (self, payload);
  return TRUE;
}

/* Frees what @self holds, not @self. */
void
etl_log_header_clear (EtlLogHeader *self)
{
  g_free (self->time_zone_name);
  g_free (self->session_name);
  g_free (self->log_file_name);
  *self = (EtlLogHeader){ 0 };
}
