/* Which allocation and which free make an interval. */
#include "slow_work.h"

static gboolean
keys_equal (const TraceEvent *left, const TraceEvent *right)
{
  return left->address == right->address && left->session == right->session;
}

/* When the first event of the key was taken, 0 when none was. */
static guint
find_first_turn (const Work *work, const TraceEvent *key)
{
  guint first = 0;
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *step = work_get_step (work, i);
      if (step->turn && (!first || step->turn < first) && keys_equal (step->event, key))
        first = step->turn;
    }
  return first;
}

/* The live block of the key of @event; with @any_session that of the key at its address which was used
 * first. */
static Interval *
find_live (const Work *work, const TraceEvent *event, gboolean any_session)
{
  Interval *found = NULL;
  for (guint i = 0; i < work->intervals->len; i++)
    {
      Interval *interval = &g_array_index (work->intervals, Interval, i);
      const TraceEvent *key = slow_interval_get_event (interval);
      if (!interval->is_live || !(any_session ? key->address == event->address : keys_equal (key, event)))
        continue;
      if (!found || find_first_turn (work, key) < find_first_turn (work, slow_interval_get_event (found)))
        found = interval;
    }
  return found;
}

static void
take_pool_event (Work *work, Step *step)
{
  const TraceEvent *event = step->event;
  SlowModel *result = work->result;
  gboolean key_was_seen = find_first_turn (work, event) != 0;
  step->turn = ++work->n_turns;
  if (event->is_free)
    result->n_frees++;
  else
    result->n_allocations++;
  if (event->address == 0)
    {
      result->n_failed += !event->is_free;
      return;
    }
  Interval *live = find_live (work, event, FALSE);
  if (!event->is_free)
    {
      if (live)
        {
          result->n_not_seen++;
          live->is_live = FALSE;
          live->freed_ns = step->time_ns;
        }
      Interval interval = { .allocation = step, .freed_ns = G_MAXINT64, .is_live = TRUE };
      g_array_append_val (work->intervals, interval);
      return;
    }
  if (!live)
    live = find_live (work, event, TRUE);
  if (live)
    {
      live->release = step;
      live->is_live = FALSE;
      live->freed_ns = step->time_ns;
      return;
    }
  Interval interval = { .release = step, .freed_ns = step->time_ns, .is_lost = key_was_seen };
  result->n_lost += interval.is_lost;
  result->n_before_trace += !interval.is_lost;
  g_array_append_val (work->intervals, interval);
}

/* The next event to take of those with the key and instant of @step: a free while a block is live, else an
 * allocation, as long as there is one; NULL when all were taken. */
static Step *
find_next_of_key (const Work *work, const Step *step)
{
  gboolean is_live = find_live (work, step->event, FALSE) != NULL;
  Step *other_kind = NULL;
  for (guint i = 0; i < work->steps->len; i++)
    {
      Step *next = work_get_step (work, i);
      if (next->event->kind != TRACE_POOL || next->turn || next->time_ns != step->time_ns
          || !keys_equal (next->event, step->event))
        continue;
      if (next->event->is_free == is_live)
        return next;
      if (!other_kind)
        other_kind = next;
    }
  return other_kind;
}

/* In the order of time; the events of one instant key by key. */
void
slow_pairing_run (Work *work)
{
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *step = work_get_step (work, i);
      Step *next;
      while (step->event->kind == TRACE_POOL && (next = find_next_of_key (work, step)))
        take_pool_event (work, next);
    }
}
