/* What the loader keeps of one event, of fixed size: made by decoding threads, read once in time order.
 *
 * The stack of a pool event nearly always follows it at once. Then it is a part of the event's record
 * and no record of its own.
 */
#pragma once

#include "kernel/pool_event.h"

typedef enum
{
  RECORD_ALLOCATION,
  RECORD_FREE,
  RECORD_STACK,          /* a fragment of an event's stack */
  RECORD_STACK_KEY,      /* the same, its frames named by a key */
  RECORD_KEY_DEFINITION,
  RECORD_SWITCH,         /* context switch; thread_id is the new thread */
  RECORD_RARE,           /* .rare is an index in the buffer's rare_events */
} RecordKind;

enum
{
  RECORD_FLAG_KERNEL = 1, /* stacks, keys: begins with kernel frames */
  RECORD_FLAG_USER = 2,   /* stacks, keys: ends with user frames */
};

typedef struct
{
  gint64 ticks;
  union
  {
    guint64 address;    /* pool */
    gint64 event_ticks; /* stack, stack key */
  };
  union
  {
    guint64 size_bytes; /* pool */
    guint64 key;        /* stack key, key definition */
  };
  guint32 process_id, thread_id; /* ETL_ID_UNKNOWN where nothing tells */
  guint32 pool_type, tag;        /* pool */
  union
  {
    guint32 session;       /* pool without a stack */
    guint32 fragment;      /* stack, key definition, pool with a stack */
    guint32 old_thread_id; /* switch */
    guint32 rare;
  };
  guint16 stack_delay_ticks; /* pool with a stack: from the event to its stack event */
  guint8 kind;               /* RecordKind */
  guint8 flags;              /* RECORD_FLAG_…; of a pool event: those of its stack, 0 without one */
} Record;

static inline gboolean
record_is_pool (const Record *self)
{
  return self->kind <= RECORD_FREE;
}

static inline gboolean
record_has_own_stack (const Record *self)
{
  return record_is_pool (self) && self->flags;
}

/* The session of a pool event; events of session pool get no stack of their own. */
static inline guint32
record_get_session (const Record *self)
{
  return self->flags ? POOL_SESSION_NONE : self->session;
}

/* The two records that a pool event with a stack stands for. */
static inline Record
record_get_event (const Record *self)
{
  Record event = *self;
  event.flags = 0;
  event.session = record_get_session (self);
  return event;
}

static inline Record
record_get_stack (const Record *self)
{
  return (Record){ .ticks = self->ticks + self->stack_delay_ticks, .event_ticks = self->ticks,
                   .process_id = self->process_id, .thread_id = self->thread_id, .fragment = self->fragment,
                   .kind = RECORD_STACK, .flags = self->flags };
}
