/* What the parts of the slow model share: stacks, owners, pairing. */
#pragma once

#include "slow_model.h"

/* What became of one event while the rules were applied. */
typedef struct
{
  const TraceEvent *event;
  guint place;              /* in its processor's stream */
  gint64 time_ns;
  guint32 thread_id, process_id;
  guint turn;               /* pool: 1, 2, … in the order in which the pairing took them; 0: not yet */
  const TraceEvent *kernel, *user; /* pool: the fragments of its stack */
  gboolean has_own_user;    /* pool: a user part with its time stamp came, or its kernel part was whole */
} Step;

typedef struct
{
  const Step *allocation, *release; /* either may be NULL, not both */
  gboolean is_lost;
  gint64 freed_ns;
  gboolean is_live;
} Interval;

typedef struct
{
  const TracePlan *plan;
  GArray *steps;     /* of Step, in order of time */
  GArray *intervals; /* of Interval */
  guint n_turns;
  SlowModel *result;
} Work;

static inline Step *
work_get_step (const Work *work, guint i)
{
  return &g_array_index (work->steps, Step, i);
}

/* The event whose key and values an interval has. */
static inline const TraceEvent *
slow_interval_get_event (const Interval *self)
{
  return self->allocation ? self->allocation->event : self->release->event;
}

void slow_stacks_attach (Work *work);
char *slow_stack_describe (const Work *work, const Step *step);

const char *slow_owner_find_name (const Work *work, guint32 process_id, gint64 time_ns);
guint32 slow_owner_find_service (const Work *work, const Step *step);
void slow_owner_take_from_switches (Work *work, Step *step);

void slow_pairing_run (Work *work);
