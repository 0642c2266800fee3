#include "sample/sample_machine.h"

enum
{
  INLINE_PERCENT = 12, /* of stacks that are not told by key */
  INTERRUPTED_PERCENT = 35,
};

/* Starts with all processors idle; @log and @random must outlive the machine. */
void
sample_machine_init (SampleMachine *self, SampleLog *log, SampleRandom *random, gint64 first_ticks)
{
  guint n_threads = 0;
  sample_threads_get (&n_threads);
  *self = (SampleMachine){ .log = log, .random = random, .threads = g_new0 (SampleThreadState, n_threads) };
  for (guint i = 0; i < SAMPLE_PROCESSORS; i++)
    self->busy_until[i] = first_ticks;
}

void
sample_machine_clear (SampleMachine *self)
{
  g_free (self->threads);
}

/* Finds the thread of @role that is free first: its index goes to *@thread.
 *
 * Returns: when it is free, not before @ticks.
 */
gint64
sample_machine_wait (const SampleMachine *self, SampleRole role, gint64 ticks, guint *thread)
{
  guint n_threads = 0;
  const SampleThread *threads = sample_threads_get (&n_threads);
  gint64 earliest = G_MAXINT64;
  for (guint i = 0; i < n_threads; i++)
    if (threads[i].role == role && self->threads[i].busy_until < earliest)
      {
        earliest = self->threads[i].busy_until;
        *thread = i;
      }
  return MAX (earliest, ticks);
}

static void
switch_to (SampleEntry *self, guint thread)
{
  guint n_threads = 0;
  const SampleThread *threads = sample_threads_get (&n_threads);
  guint old_thread = self->machine->running[self->processor];
  self->thread = thread;
  if (old_thread == thread)
    return;
  SampleRecord record = { .ticks = self->now,
                          .kind = SAMPLE_RECORD_SWITCH,
                          .processor = (guint16)self->processor,
                          .thread_id = threads[old_thread].thread_id,
                          .new_thread_id = threads[thread].thread_id };
  sample_log_add (self->machine->log, &record);
  self->machine->running[self->processor] = thread;
  self->now += 30 + sample_random_below (self->machine->random, 60);
}

/* Lets @thread (free, see sample_machine_wait ()) enter the kernel at @ticks or when its processor is free.
 */
void
sample_entry_begin (SampleEntry *self, SampleMachine *machine, guint thread, gint64 ticks)
{
  guint processor = sample_random_percent (machine->random, 15)
                        ? sample_random_below (machine->random, SAMPLE_PROCESSORS)
                        : thread % SAMPLE_PROCESSORS;
  *self = (SampleEntry){ .machine = machine,
                         .processor = processor,
                         .now = MAX (ticks, machine->busy_until[processor]) + 20 };
  switch_to (self, thread);
}

/* Interrupts a processor, idle or running a thread that is not in the kernel. */
void
sample_entry_begin_interrupt (SampleEntry *self, SampleMachine *machine, gint64 ticks)
{
  guint processor = sample_random_below (machine->random, SAMPLE_PROCESSORS);
  *self = (SampleEntry){ .machine = machine,
                         .processor = processor,
                         .now = MAX (ticks, machine->busy_until[processor]) + 20 };
  guint running = machine->running[processor];
  gboolean is_free = machine->threads[running].busy_until < self->now;
  self->is_interrupt
      = running != 0 && is_free && sample_random_percent (machine->random, INTERRUPTED_PERCENT);
  switch_to (self, self->is_interrupt ? running : 0);
}

static void
add_stack (SampleEntry *self, guint processor, gint64 ticks, gint64 event_ticks, guint32 stack)
{
  guint n_threads = 0;
  const SampleThread *thread = &sample_threads_get (&n_threads)[self->thread];
  SampleRecord record
      = { .ticks = ticks,
          .kind = SAMPLE_RECORD_STACK,
          .is_inline_stack = sample_random_percent (self->machine->random, INLINE_PERCENT) != 0,
          .processor = (guint16)processor,
          .process_id = thread->process_id,
          .thread_id = thread->thread_id,
          .event_ticks = event_ticks,
          .stack = stack };
  sample_log_add (self->machine->log, &record);
}

/* An allocation or free, and the kernel's part of its stack some microseconds later. */
void
sample_entry_pool (SampleEntry *self, guint16 hook, const EtlPoolBlock *block, guint32 kernel_stack)
{
  guint n_threads = 0;
  const SampleThread *thread = &sample_threads_get (&n_threads)[self->thread];
  SampleRandom *random = self->machine->random;
  SampleRecord record = { .ticks = self->now,
                          .kind = SAMPLE_RECORD_POOL,
                          .processor = (guint16)self->processor,
                          .hook = hook,
                          .process_id = thread->process_id,
                          .thread_id = thread->thread_id,
                          .block = *block };
  sample_log_add (self->machine->log, &record);
  if (self->first_event == 0)
    self->first_event = self->now;
  gint64 stack_ticks = self->now + 60 + sample_random_below (random, 80);
  add_stack (self, self->processor, stack_ticks, self->now, kernel_stack);
  self->now = stack_ticks + 30 + sample_random_below (random, 300);
}

/* Leaves the kernel. The user's part of the stack is taken then, once, in the name of the first event; when
 * the thread had to wait, late and perhaps on another processor. @user_stack is G_MAXUINT32 for none. */
void
sample_entry_end (SampleEntry *self, guint32 user_stack)
{
  SampleMachine *machine = self->machine;
  SampleRandom *random = machine->random;
  machine->busy_until[self->processor] = self->now;
  if (user_stack == G_MAXUINT32 || self->first_event == 0)
    {
      machine->threads[self->thread].busy_until = self->now;
      return;
    }
  guint processor = self->processor;
  gint64 ticks = self->now + 20;
  guint32 chance = sample_random_below (random, 1000);
  if (chance < 50)
    {
      processor = sample_random_below (random, SAMPLE_PROCESSORS);
      ticks += sample_random_below (random, chance < 2 ? 1500000 : 20000);
    }
  add_stack (self, processor, ticks, self->first_event, user_stack);
  machine->threads[self->thread].busy_until = ticks + 10;
  if (processor == self->processor)
    machine->busy_until[processor] = MAX (machine->busy_until[processor], MIN (ticks, self->now + 100));
}
