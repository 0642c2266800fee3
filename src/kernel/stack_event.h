/* Stack walk events, group 0x18: fragments of stacks, plain or named by a key. */
#pragma once

#include "etl/etl_event.h"
#include "kernel/kernel_layouts.h"

#define STACK_HOOK_FRAMES 0x1820

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
static inline gboolean
stack_address_is_kernel (guint64 address, guint pointer_size)
{
  return address >= (pointer_size == 8 ? G_GUINT64_CONSTANT (0xFFFF800000000000) : G_GUINT64_CONSTANT (0x80000000));
}

gboolean stack_event_is_one (const EtlEvent *event);
gboolean stack_event_decode (const EtlEvent *event, guint trace_pointer_size, StackEvent *ret_stack_event);

/* The frames of @event from @offset on; bytes at the end that make no whole address are left out. */
static inline void
stack_event_read_frames (const EtlEvent *event, gsize offset, guint trace_pointer_size, StackEvent *self)
{
  guint pointer_size = event->pointer_size;
  self->pointer_size = pointer_size;
  self->frames = event->payload.bytes + offset;
  self->n_frames = (guint) ((event->payload.size - offset) / pointer_size);
  self->begins_in_kernel = self->ends_in_user = FALSE;
  if (self->n_frames == 0)
    return;
  const guint8 *last = self->frames + (gsize) (self->n_frames - 1) * pointer_size;
  self->begins_in_kernel
      = stack_address_is_kernel (read_pointer (self->frames, pointer_size), trace_pointer_size);
  self->ends_in_user = !stack_address_is_kernel (read_pointer (last, pointer_size), trace_pointer_size);
}

/* stack_event_decode() for events with STACK_HOOK_FRAMES, which are as many as pool events: inline for that. */
static inline gboolean
stack_event_decode_frames (const EtlEvent *event, guint trace_pointer_size, StackEvent *ret_stack_event)
{
  const guint8 *bytes = event->payload.bytes;
  if (event->payload.size < stack_frames_SIZE)
    return FALSE;
  ret_stack_event->kind = STACK_EVENT_FRAMES;
  ret_stack_event->key = 0;
  ret_stack_event->event_ticks = (gint64) stack_frames_get_event_ticks (bytes);
  ret_stack_event->process_id = stack_frames_get_process_id (bytes);
  ret_stack_event->thread_id = stack_frames_get_thread_id (bytes);
  stack_event_read_frames (event, stack_frames_SIZE, trace_pointer_size, ret_stack_event);
  return TRUE;
}
