/* One buffer boiled down to what a pool trace needs: fixed-size records in the buffer's order, and
 * the rare events (processes, images, …) decoded in full. Made by decoding threads, read by the loader.
 */
#pragma once

#include "base/column.h"
#include "etl/etl_event.h"
#include "kernel/image_event.h"
#include "kernel/process_event.h"
#include "kernel/system_event.h"
#include "model/stack_fragment_table.h"

typedef enum
{
  RECORD_ALLOCATION,
  RECORD_FREE,
  RECORD_STACK,          /* a fragment of an event's stack */
  RECORD_STACK_KEY,      /* the same, its frames named by a key */
  RECORD_KEY_DEFINITION,
  RECORD_SWITCH,         /* context switch; thread_id is the new thread */
  RECORD_RARE,           /* .rare is an index in rare_events */
} RecordKind;

enum
{
  RECORD_FLAG_KERNEL = 1, /* stacks, keys: begins with kernel frames */
  RECORD_FLAG_USER = 2,   /* stacks, keys: ends with user frames */
};

typedef struct
{
  gint64 ticks;
  guint8 kind;  /* RecordKind */
  guint8 flags; /* RECORD_FLAG_… */
  guint32 process_id, thread_id; /* ETL_ID_UNKNOWN where nothing tells */
  union
  {
    guint32 session;       /* pool */
    guint32 fragment;      /* stack, key definition */
    guint32 old_thread_id; /* switch */
    guint32 rare;
  };
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
  guint32 pool_type, tag; /* pool */
} Record;

typedef enum
{
  RARE_PROCESS,
  RARE_THREAD,
  RARE_IMAGE,
  RARE_IMAGE_IDENTITY,
  RARE_SYSTEM,
} RareKind;

typedef struct
{
  RareKind kind;
  union
  {
    ProcessEvent process;
    ThreadEvent thread;
    ImageEvent image;
    ImageIdentityEvent identity;
    SystemEvent system;
  };
} RareEvent;

typedef struct
{
  Record *records; /* (array length=n_records) (owned): by ticks, stable */
  gsize n_records, capacity;
  GArray *rare_events; /* of RareEvent (owned) */
  guint16 processor;
  gint64 first_ticks, last_ticks; /* of all its events with a time; first > last: none */
  guint64 n_events;
  gboolean was_out_of_order;
  ImportCounters counters;
} DecodedBuffer;

DecodedBuffer *decoded_buffer_new (void);
void decoded_buffer_free (DecodedBuffer *self);
void decoded_buffer_decode (DecodedBuffer *self, const EtlBuffer *buffer, StackFragmentCache *fragments);
void decoded_buffer_reset (DecodedBuffer *self);
void rare_event_clear (RareEvent *self);
