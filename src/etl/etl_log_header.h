/* The trace header: payload of the first event of a file (TRACE_LOGFILE_HEADER). */
#pragma once

#include "base/byte_span.h"
#include "base/tick_clock.h"

typedef enum
{
  ETL_CLOCK_QPC = 1,
  ETL_CLOCK_SYSTEM_TIME = 2,
  ETL_CLOCK_CPU_CYCLE = 3,
} EtlClockType;

enum
{
  ETL_MODE_CIRCULAR = 0x2,
  ETL_MODE_APPEND = 0x4,
  ETL_MODE_BUFFERING = 0x400,
  ETL_MODE_COMPRESSED = 0x04000000,
  ETL_MODE_NO_PER_PROCESSOR_BUFFERING = 0x10000000,
};

typedef struct
{
  guint pointer_size;            /* 4 or 8 */
  guint32 session_buffer_size_bytes;
  guint8 os_major, os_minor, format_major, format_minor;
  guint32 os_build;
  guint32 n_processors;
  gint64 start_filetime, end_filetime, boot_filetime; /* 100 ns since 1601, UTC; 0 unknown */
  guint32 log_file_mode;         /* ETL_MODE_… */
  guint32 buffers_written, events_lost, buffers_lost;
  guint32 cpu_mhz;
  guint64 performance_frequency; /* ticks per second */
  EtlClockType clock_type;       /* the one in effect, an unknown value resolved */
  gint64 first_ticks;            /* raw time stamp of the first event */
  gint32 bias_minutes;           /* in effect when the trace began: local time = UTC - bias */
  char *time_zone_name;          /* (owned), may be a resource string such as "@tzres.dll,-212" */
  char *session_name;            /* (owned) */
  char *log_file_name;           /* (owned) */
  TickClock clock;               /* from raw time stamps to ns since the first event */
} EtlLogHeader;

gboolean etl_log_header_parse (EtlLogHeader *self, ByteSpan event, GError **error);
void etl_log_header_clear (EtlLogHeader *self);
