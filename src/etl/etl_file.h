/* An .etl file: its trace header and the index of its buffers. */
#pragma once

#include "base/byte_source.h"
#include "base/import_counters.h"
#include "base/progress.h"
#include "etl/etl_log_header.h"

#define ETL_ERROR (etl_error_quark ())
GQuark etl_error_quark (void);

typedef enum
{
  ETL_ERROR_NOT_A_TRACE, /* not an .etl file: the message says what it looks like instead */
  ETL_ERROR_EMPTY,       /* 0 bytes */
  ETL_ERROR_TOO_OLD,     /* a log format of before Windows Vista */
  ETL_ERROR_DAMAGED,     /* an .etl of which nothing could be read */
  ETL_ERROR_ARCHIVE,     /* an archive that cannot be unpacked, or without one trace in it */
} EtlError;

/* One buffer of the file that can hold events. */
typedef struct
{
  guint64 offset;        /* bytes, in the file */
  guint32 size_bytes;    /* in the file, header included */
  guint32 content_bytes; /* header and events, after decompression */
  gint64 first_ticks;    /* raw time stamp of its first event */
  gint64 sequence_number;
  guint16 processor;
  guint16 flags;         /* ETL_BUFFER_FLAG_… */
  guint16 logger_id;
} EtlBufferInfo;

enum
{
  ETL_BUFFER_FLAG_EVENTS_LOST = 0x02,
  ETL_BUFFER_FLAG_BUFFER_LOST = 0x04,
  ETL_BUFFER_FLAG_PROCESSOR_INDEX = 0x20,
  ETL_BUFFER_FLAG_COMPRESSED = 0x40,
};

typedef struct _EtlFile
{
  ByteSource *source;       /* (owned) */
  EtlLogHeader header;
  EtlBufferInfo *buffers;   /* (array length=n_buffers) (owned): by first_ticks, processor, sequence number, offset */
  gsize n_buffers;          /* buffers with at least one event that has a time; the header buffer is one of them */
  gsize n_buffers_in_file;  /* all buffers met, also empty and unreadable ones */
  gboolean is_cut_short;    /* the file ends inside a buffer */
  ImportCounters counters;  /* what indexing found */
} EtlFile;

EtlFile *etl_file_open (ByteSource *source, Progress *progress, GCancellable *cancellable, GError **error);
void etl_file_free (EtlFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EtlFile, etl_file_free)
