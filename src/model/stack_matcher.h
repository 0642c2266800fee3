/* Gives stack fragments to the pool events they belong to.
 *
 * A stack event names its event by raw time stamp and thread only, and comes later, possibly on
 * another processor; kernel and user part come apart, and one user part may complete the stacks of
 * several events of its thread (formats: stack walk rules A to D).
 */
#pragma once

#include "base/prefetch.h"
#include "base/tick_clock.h"
#include "model/interval_table.h"
#include "model/process_table.h"
#include "model/stack_table.h"

/* A pool event that may still get fragments. */
typedef struct
{
  gint64 ticks; /* raw */
  guint32 row;  /* of the intervals; ADDRESS_ROW_NONE for a failed allocation */
  guint32 thread_id;
  guint16 processor;
  guint8 flags;
} StackTarget;

enum
{
  STACK_TARGET_IS_FREE = 1,
  STACK_TARGET_HAS_KERNEL = 2,
  STACK_TARGET_HAS_USER = 4,
  STACK_TARGET_KNOWS_THREAD = 8, /* from its header or a stack, not only from context switches */
};

typedef struct
{
  IntervalTable *intervals;   /* not owned, nor the next four */
  StackTable *stacks;
  ProcessTable *processes;
  ImageTable *images;
  ImportCounters *counters;
  TickClock clock;
  StackTarget *targets;       /* (owned): the recent ones are [first_target, n_targets), by time */
  gsize first_target, n_targets, capacity;
  IdMap thread_rows;          /* tid -> row of waiting */
  GArray *waiting;            /* of GArray of WaitingPart (owned): kernel parts that wait for a user part */
} StackMatcher;

void stack_matcher_init (StackMatcher *self);
void stack_matcher_clear (StackMatcher *self);
/* Makes room for one more target, of which old ones make way. */
void stack_matcher_make_room (StackMatcher *self);

/* Adds a pool event that may get fragments, with flags of what is known of it; in the order of the merged stream.
 * Returns: it, valid until the next call. */
static inline const StackTarget *
stack_matcher_add_target (StackMatcher *self, const Record *record, guint32 row, guint16 processor, guint8 flags)
{
  if (G_UNLIKELY (self->n_targets == self->capacity))
    stack_matcher_make_room (self);
  StackTarget *target = &self->targets[self->n_targets++];
  prefetch (target + 16);
  target->ticks = record->ticks;
  target->row = row;
  target->thread_id = record->thread_id;
  target->processor = processor;
  target->flags = flags | (record->thread_id != ETL_ID_UNKNOWN ? STACK_TARGET_KNOWS_THREAD : 0)
                  | (record->kind == RECORD_FREE ? STACK_TARGET_IS_FREE : 0);
  return target;
}

/* For the whole stack or kernel part in the record of a pool event, to which no other can belong:
 * the row of the stack table, taken at @stack_ns; */
guint32 stack_matcher_get_own_stack (StackMatcher *self, const Record *record, gint64 stack_ns);
/* and what is still to come for the event, after the stack was given to @row. */
void stack_matcher_add_own_stack (StackMatcher *self, const Record *record, guint32 row, guint16 processor);
/* Gives the fragment or key reference of @record to its event or events. */
void stack_matcher_add_fragment (StackMatcher *self, const Record *record, guint16 processor, gint64 time_ns);
/* A thread is gone: what waits for its user part goes without. */
void stack_matcher_end_thread (StackMatcher *self, guint32 thread_id);
