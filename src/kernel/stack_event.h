/* Stack walk events, group 0x18: fragments of stacks, plain or named by a key. */
#pragma once

#include "etl/etl_event.h"

typedef enum
{
  STACK_EVENT_FRAMES,         /* 0x1820: the frames of one part of an event's stack */
  STACK_EVENT_KEY_KERNEL,     /* 0x1825: the kernel part is the one of @key */
  STACK_EVENT_KEY_USER,       /* 0x1826: the user part is the one of @key */
  STACK_EVENT_KEY_DEFINITION, /* 0x1823, 0x1824: the frames of @key */
} StackEventKind;

typedef struct
{
  StackEventKind kind;
  gint64 event_ticks;     /* raw time stamp of the event the stack belongs to; not for definitions */
  guint32 process_id, thread_id;
  guint64 key;
  const guint8 *frames;   /* n_frames addresses of pointer_size bytes, innermost first */
  guint n_frames, pointer_size;
  gboolean begins_in_kernel, ends_in_user; /* class of the first and the last frame */
} StackEvent;

/* Whether @address is a kernel address of a machine with @pointer_size (of the trace, not of the event). */
gboolean stack_address_is_kernel (guint64 address, guint pointer_size);
gboolean stack_event_is_one (const EtlEvent *event);
gboolean stack_event_decode (const EtlEvent *event, guint trace_pointer_size, StackEvent *ret_stack_event);
