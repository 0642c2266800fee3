#pragma once

#include "sample/etl_writer_events.h"
#include "sample/sample_stack.h"

/* Collects the events of a sample trace in any order and writes them in the order of time. It plays the
 * stack cache of the kernel: stacks are told by key, and what a key stood for when it is used anew. */

typedef enum
{
  SAMPLE_RECORD_POOL,
  SAMPLE_RECORD_STACK,
  SAMPLE_RECORD_SWITCH,
  SAMPLE_RECORD_PROCESS,
  SAMPLE_RECORD_THREAD,
  SAMPLE_RECORD_IMAGE,
  SAMPLE_RECORD_LOST,
} SampleRecordKind;

typedef struct
{
  gint64 ticks;
  guint32 order; /* among records of one time, set by the log */
  guint16 processor;
  guint8 kind;            /* SampleRecordKind */
  guint8 is_inline_stack; /* STACK: never by key */
  guint16 hook;
  guint8 with_identity; /* IMAGE: with the events that a merge injects */
  guint32 process_id, thread_id;
  gint64 event_ticks;    /* STACK */
  guint32 stack;         /* STACK: index of sample_log_add_stack () */
  guint32 new_thread_id; /* SWITCH */
  EtlPoolBlock block;    /* POOL */
  gconstpointer object;  /* PROCESS, THREAD, IMAGE: EtlProcess, …, outliving the log */
} SampleRecord;

/* What the recorder loses: events of @processor in [from, to) ticks. */
typedef struct
{
  guint processor;
  gint64 from, to;
  gboolean is_buffer; /* a whole buffer, not single events */
} SampleLoss;

typedef struct _SampleLog SampleLog;

SampleLog *sample_log_new (void);
void sample_log_free (SampleLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleLog, sample_log_free)

guint32 sample_log_add_stack (SampleLog *self, const SampleStack *stack);
void sample_log_add (SampleLog *self, const SampleRecord *record);
void sample_log_add_loss (SampleLog *self, const SampleLoss *loss);
void sample_log_write (SampleLog *self, EtlWriter *writer, gint64 end_ticks);
