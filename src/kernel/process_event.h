/* Process events (group 0x03) and thread events (group 0x05, context switches included). */
#pragma once

#include "etl/etl_event.h"

typedef enum
{
  LIFE_START,         /* began now */
  LIFE_END,           /* ended now */
  LIFE_RUNDOWN_START, /* existed when the recording began */
  LIFE_RUNDOWN_END,   /* existed when the recording ended */
  LIFE_DEFUNCT,       /* a dead process that something still refers to */
} LifeKind;

typedef struct
{
  LifeKind kind;
  guint32 process_id, parent_id;
  guint32 session;    /* G_MAXUINT32 when not told */
  gint32 exit_status;
  char *image_name;   /* (owned) */
  char *command_line; /* (owned) (nullable) */
} ProcessEvent;

typedef struct
{
  LifeKind kind;
  guint32 process_id, thread_id;
  guint32 sub_process_tag; /* 0 when none is told */
} ThreadEvent;

typedef struct
{
  guint32 new_thread_id, old_thread_id;
} ContextSwitchEvent;

gboolean process_event_is_one (const EtlEvent *event);
gboolean process_event_decode (const EtlEvent *event, ProcessEvent *ret_process_event);
void process_event_clear (ProcessEvent *self);

gboolean thread_event_is_one (const EtlEvent *event);
gboolean thread_event_decode (const EtlEvent *event, ThreadEvent *ret_thread_event);

gboolean context_switch_event_is_one (const EtlEvent *event);
gboolean context_switch_event_decode (const EtlEvent *event, ContextSwitchEvent *ret_switch_event);
