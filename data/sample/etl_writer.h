#pragma once

#include <glib.h>

/* Writes Event Trace Log files: the sample traces, the tests' traces and the benchmark's.
 *
 * It knows the file format by its own literal offsets and shares nothing with the program's reader, so
 * that a mistake in one of the two shows. Events go to the buffer of their processor, which is finished
 * when full, as a Windows kernel does; a trace is kept in memory, or streamed to a file of any size.
 * Times of one processor's events must not decrease; the writer does not check it, tests break it. */

typedef struct _EtlWriter EtlWriter;

typedef enum
{
  ETL_CLOCK_QPC = 1,
  ETL_CLOCK_SYSTEM_TIME = 2,
  ETL_CLOCK_CPU_CYCLE = 3,
} EtlClock;

enum
{
  ETL_MODE_SEQUENTIAL = 0x1,
  ETL_MODE_CIRCULAR = 0x2,
  ETL_MODE_APPEND = 0x4,
  ETL_MODE_RELOGGED = 0x10000,
  ETL_MODE_COMPRESSED = 0x04000000,
  ETL_MODE_NO_PER_PROCESSOR_BUFFERS = 0x10000000,
};

enum
{
  ETL_BUFFER_FLUSH_MARKER = 0x01,
  ETL_BUFFER_EVENTS_LOST = 0x02,
  ETL_BUFFER_LOST = 0x04,
  ETL_BUFFER_PROCESSOR_INDEX = 0x20,
  ETL_BUFFER_COMPRESSED = 0x40,
};

/* How the header buffer tells its valid length. */
typedef enum
{
  ETL_HEADER_BUFFER_PLAIN,     /* SavedOffset and Offset agree */
  ETL_HEADER_BUFFER_WINDOWS_7, /* SavedOffset is 0, Offset the unrounded end */
  ETL_HEADER_BUFFER_RELOGGER,  /* Offset reaches over a second copy of the last header event */
} EtlHeaderBufferStyle;

typedef struct
{
  guint32 data1;
  guint16 data2, data3;
  guint8 data4[8];
} EtlGuid;

typedef struct
{
  guint pointer_size;  /* 4 or 8 bytes */
  guint32 buffer_size; /* bytes */
  guint n_processors;
  guint32 clock_type; /* EtlClock, or a wrong value */
  gint64 frequency;   /* ticks per second */
  guint32 cpu_mhz;
  gint64 first_ticks;  /* raw time stamp of the file's first event */
  gint64 start_time;   /* FILETIME UTC */
  gint64 end_time;     /* FILETIME UTC; 0 when the session did not end properly */
  gint64 boot_time;    /* FILETIME UTC */
  gint32 bias_minutes; /* local time = UTC - bias - standard or daylight bias */
  gint32 standard_bias_minutes, daylight_bias_minutes;
  const char *standard_name, *daylight_name;
  guint16 standard_date[8], daylight_date[8]; /* SYSTEMTIME; month 0 means no daylight time */
  guint8 os_major, os_minor, log_major, log_minor;
  guint32 os_build;
  guint32 log_file_mode; /* ETL_MODE_COMPRESSED also compresses the buffers */
  guint32 maximum_file_mib;
  guint32 events_lost, buffers_lost;
  guint32 timer_resolution; /* 100 ns */
  const char *logger_name, *log_file_name;
  guint32 header_process_id, header_thread_id;
  guint16 logger_id;
  guint circular_slots;          /* data buffers a circular file holds; 0: as many as written */
  gboolean has_holes;            /* streams: unused ends of buffers are zeros that take no room on the disk */
  gboolean old_processor_number; /* the u8 processor number of Windows 7, without the index flag */
  EtlHeaderBufferStyle header_buffer_style;
} EtlWriterOptions;

typedef enum
{
  ETL_HEADER_DEFAULT, /* SYSTEM, or what the event's own function calls usual */
  ETL_HEADER_SYSTEM,
  ETL_HEADER_COMPACT,
  ETL_HEADER_PERFINFO,
  ETL_HEADER_FULL,
  ETL_HEADER_INSTANCE,
  ETL_HEADER_EVENT,
  ETL_HEADER_WPP_MESSAGE,
  ETL_HEADER_ULONG32_TIME,
  ETL_HEADER_OTHER, /* a trace header of type other_type, length field at 0, payload from 8 on */
} EtlHeaderKind;

typedef struct
{
  guint16 type; /* 1 related activity, 5 and 6 stacks, 7 PEBS, … */
  const void *data;
  guint16 n_bytes;
} EtlExtendedItem;

/* What stands in an event's header; fields a kind of header lacks are ignored. */
typedef struct
{
  EtlHeaderKind kind;
  guint processor;
  gint64 ticks;
  guint32 process_id, thread_id;
  guint16 hook;       /* group << 8 | opcode; FULL, INSTANCE and EVENT use the opcode */
  guint16 version;    /* SYSTEM, COMPACT, PERFINFO and FULL, INSTANCE (u16), EVENT (u8) */
  guint pointer_size; /* 0: the session's */
  guint32 kernel_time, user_time;
  const EtlGuid *guid; /* FULL, INSTANCE, EVENT, WPP; NULL: zeros (WPP: none) */
  guint8 level;
  gboolean has_pebs;                       /* SYSTEM, COMPACT, PERFINFO: a PEBS index before the payload */
  guint8 n_counters;                       /* and this many counters, at most 7 */
  guint16 event_id, task, flags, property; /* EVENT; flags also WPP's */
  guint8 channel;
  guint64 keyword;
  const EtlExtendedItem *items; /* EVENT */
  guint n_items;
  guint8 other_type; /* OTHER */
} EtlEvent;

/* Every field of a buffer's header, for buffers that are wrong on purpose. */
typedef struct
{
  guint32 buffer_size, saved_offset, current_offset;
  gint64 time_stamp, sequence_number;
  guint64 clock_union;
  guint16 processor, logger_id;
  guint32 state, offset;
  guint16 flags, type;
} EtlBufferHeader;

void etl_writer_options_init (EtlWriterOptions *options);

EtlWriter *etl_writer_new (const EtlWriterOptions *options);
EtlWriter *etl_writer_new_stream (const EtlWriterOptions *options, int file_descriptor);
void etl_writer_free (EtlWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EtlWriter, etl_writer_free)

EtlWriterOptions *etl_writer_get_options (EtlWriter *self);

void etl_writer_event (EtlWriter *self, const EtlEvent *event, const void *payload, gsize n_bytes);
void etl_writer_header_event (EtlWriter *self, const EtlEvent *event, const void *payload, gsize n_bytes);
void etl_writer_raw_event (EtlWriter *self, guint processor, const void *bytes, gsize n_bytes);

void etl_writer_mark_buffer (EtlWriter *self, guint processor, guint16 flags);
void etl_writer_flush (EtlWriter *self, guint processor);
void etl_writer_flush_all (EtlWriter *self);
void etl_writer_restart_sequence (EtlWriter *self);
void etl_writer_add_buffer (EtlWriter *self, const EtlBufferHeader *header, const void *payload,
                            gsize n_bytes, gsize file_bytes);
void etl_writer_add_bytes (EtlWriter *self, const void *bytes, gsize n_bytes);
void etl_writer_shuffle (EtlWriter *self, guint32 seed);
guint etl_writer_get_n_buffers (const EtlWriter *self);

GBytes *etl_writer_finish (EtlWriter *self);
gboolean etl_writer_finish_stream (EtlWriter *self, GError **error);

/* The pieces the writer is made of: one event, the header buffer, one buffer's header. */
gsize etl_event_encode (const EtlEvent *event, guint pointer_size, const void *payload, gsize n_bytes,
                        guint8 *output, gsize space);
GBytes *etl_header_buffer_encode (const EtlWriterOptions *options, GBytes *const *header_events,
                                  guint n_header_events, guint32 buffers_written);
void etl_buffer_header_encode (const EtlBufferHeader *header, guint8 *output);
