/* What events tell of the machine and the recording: build, volumes, processors, losses, services. */
#pragma once

#include "etl/etl_event.h"

typedef enum
{
  SYSTEM_EVENT_BUILD,         /* text: build lab string; text2: product name, or NULL */
  SYSTEM_EVENT_VOLUME,        /* text: NT path; text2: DOS path */
  SYSTEM_EVENT_PROCESSORS,    /* numbers below; text: computer name */
  SYSTEM_EVENT_PROCESSOR_NAME,/* text: name of one processor */
  SYSTEM_EVENT_GROUP_MASKS,   /* pool_was_on */
  SYSTEM_EVENT_RUNDOWN_START, /* the start rundown is part of the trace (process, image DCStart count too) */
  SYSTEM_EVENT_LOST,          /* lost_kind */
  SYSTEM_EVENT_SERVICE,       /* service_process_id (0: not running), sub_process_tag,
                                 text: name, text2: display name */
} SystemEventKind;

typedef struct
{
  SystemEventKind kind;
  char *text, *text2; /* (owned) (nullable) */
  guint32 mhz, n_processors, memory_mib, page_size_bytes;
  gboolean pool_was_on;
  guint8 lost_opcode; /* 32 event, 33 buffer, 34 real-time file */
  guint32 service_process_id, sub_process_tag;
} SystemEvent;

gboolean system_event_is_one (const EtlEvent *event);
gboolean system_event_decode (const EtlEvent *event, SystemEvent *ret_system_event);
void system_event_clear (SystemEvent *self);
