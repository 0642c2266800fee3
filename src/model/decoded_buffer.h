/* One buffer boiled down to what a pool trace needs: fixed-size records in the buffer's order, and
 * the rare events (processes, images, …) decoded in full. Made by decoding threads, read by the loader.
 */
#pragma once

#include "base/column.h"
#include "etl/etl_event.h"
#include "kernel/image_event.h"
#include "kernel/process_event.h"
#include "kernel/system_event.h"
#include "model/record.h"
#include "model/stack_fragment_table.h"

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
  GPtrArray *rare_events; /* of RareEvent (owned) */
  guint16 processor;
  gint64 first_ticks, last_ticks; /* of all its events with a time; first > last: none */
  guint64 n_events;
  gboolean was_out_of_order;
  ImportCounters counters;
} DecodedBuffer;

DecodedBuffer *decoded_buffer_new (void);
void decoded_buffer_free (DecodedBuffer *self);
/* Reads all events of @buffer into @self, which must be empty. Events before @start_ticks, where the trace's
 * time begins, and damage are counted in self->counters. */
void decoded_buffer_decode (DecodedBuffer *self, const EtlBuffer *buffer, gint64 start_ticks,
                            StackFragmentCache *fragments);
void decoded_buffer_reset (DecodedBuffer *self);
/* @self is nullable. */
void rare_event_free (RareEvent *self);
