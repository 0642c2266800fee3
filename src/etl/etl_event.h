/* One event of a buffer, its header decoded: a view into the buffer, nothing is copied. */
#pragma once

#include "base/import_counters.h"
#include "etl/etl_buffer.h"

#define ETL_ID_UNKNOWN G_MAXUINT32 /* thread or process that no header tells */

typedef enum
{
  ETL_HEADER_SYSTEM,
  ETL_HEADER_COMPACT,
  ETL_HEADER_PERFINFO,
  ETL_HEADER_FULL,
  ETL_HEADER_INSTANCE,
  ETL_HEADER_EVENT,   /* manifest and TraceLogging providers */
  ETL_HEADER_MESSAGE, /* WPP */
  ETL_HEADER_UNKNOWN, /* stepped over by its size */
  ETL_N_HEADER_KINDS
} EtlHeaderKind;

typedef struct
{
  EtlHeaderKind kind;
  guint8 header_type;    /* the type byte as recorded, 0x90 for messages */
  guint16 hook;          /* group << 8 | opcode of SYSTEM, COMPACT, PERFINFO; of FULL and INSTANCE events with a
                            known kernel class GUID the same hook; else 0xFFFF */
  guint8 opcode;         /* of FULL, INSTANCE, EVENT too */
  guint16 id;            /* event id of EVENT headers */
  guint8 version;
  guint pointer_size;    /* of the payload, 4 or 8 */
  guint32 thread_id;     /* ETL_ID_UNKNOWN where the header has none or says -1 */
  guint32 process_id;    /* likewise */
  guint16 processor;
  gboolean has_time;     /* messages and unknown headers may have none */
  gint64 ticks;          /* raw time stamp */
  const guint8 *guid;    /* 16 bytes, or NULL for SYSTEM, COMPACT, PERFINFO */
  ByteSpan payload;
  gsize offset;          /* of the event in the buffer's content */
} EtlEvent;

#define ETL_HOOK_NONE 0xFFFF

/* Steps through the events of one buffer. */
typedef struct
{
  EtlBuffer buffer;
  gsize position;
  ImportCounters *counters;
} EtlEventCursor;

void etl_event_cursor_init (EtlEventCursor *self, const EtlBuffer *buffer, ImportCounters *counters);

/* Moves to the next event. FALSE at the end of the buffer or at damage, which is counted. */
gboolean etl_event_cursor_next (EtlEventCursor *self, EtlEvent *ret_event);
