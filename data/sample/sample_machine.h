#pragma once

#include "sample/sample_log.h"
#include "sample/sample_processes.h"
#include "sample/sample_random.h"

/* The processors of the sample machine: who runs where and when, told to the log as pool events, stacks and
 * context switches. */

enum
{
  SAMPLE_PROCESSORS = 4,
};

typedef struct
{
  gint64 busy_until; /* ticks until its last operation has returned */
} SampleThreadState;

typedef struct
{
  SampleLog *log;
  SampleRandom *random;
  gint64 busy_until[SAMPLE_PROCESSORS];
  guint running[SAMPLE_PROCESSORS]; /* indices of threads; 0 is idle */
  SampleThreadState *threads;
} SampleMachine;

/* One entry into the kernel: what happens in it has one thread, one processor, one user stack. */
typedef struct
{
  SampleMachine *machine;
  guint processor, thread;
  gint64 now;         /* ticks */
  gint64 first_event; /* ticks of its first pool event; 0: none yet */
  gboolean is_interrupt;
} SampleEntry;

void sample_machine_init (SampleMachine *self, SampleLog *log, SampleRandom *random, gint64 first_ticks);
void sample_machine_clear (SampleMachine *self);
gint64 sample_machine_wait (const SampleMachine *self, SampleRole role, gint64 ticks, guint *thread);
void sample_entry_begin (SampleEntry *self, SampleMachine *machine, guint thread, gint64 ticks);
void sample_entry_begin_interrupt (SampleEntry *self, SampleMachine *machine, gint64 ticks);
void sample_entry_pool (SampleEntry *self, guint16 hook, const EtlPoolBlock *block, guint32 kernel_stack);
void sample_entry_end (SampleEntry *self, guint32 user_stack);
