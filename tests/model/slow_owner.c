/* Whose an event is: its header tells, else its stack, else the thread that ran on its processor. */
#include "slow_work.h"

/* The name of process @process_id at @time_ns, NULL when no event names it then. */
const char *
slow_owner_find_name (const Work *work, guint32 process_id, gint64 time_ns)
{
  const char *name = NULL;
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *step = work_get_step (work, i);
      const TraceEvent *event = step->event;
      if (event->kind != TRACE_PROCESS || event->process_id != process_id)
        continue;
      gboolean is_before = step->time_ns <= time_ns;
      if (event->life == TRACE_LIFE_START && is_before)
        name = event->name;
      else if (event->life == TRACE_LIFE_START && !name)
        return NULL; /* the first owner seen begins later */
      else if (event->life == TRACE_LIFE_END && is_before)
        name = NULL;
      else if (event->life != TRACE_LIFE_START && !name)
        name = event->name; /* listed or ending: was there before */
      if (!is_before)
        return name;
    }
  return name;
}

/* The process of a thread at @time_ns by the thread events, TRACE_UNKNOWN when none tells. */
static guint32
find_thread_process (const Work *work, guint32 thread_id, gint64 time_ns)
{
  guint32 process_id = TRACE_UNKNOWN;
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *step = work_get_step (work, i);
      const TraceEvent *event = step->event;
      if (event->kind != TRACE_THREAD || event->thread_id != thread_id)
        continue;
      gboolean is_before = step->time_ns <= time_ns;
      if (event->life == TRACE_LIFE_START && !is_before)
        return process_id;
      if (event->life == TRACE_LIFE_END && is_before)
        process_id = TRACE_UNKNOWN;
      else if (event->life == TRACE_LIFE_START || process_id == TRACE_UNKNOWN)
        process_id = event->process_id;
      if (!is_before)
        return process_id;
    }
  return process_id;
}

/* The service tag of the thread that @step is charged to, by the thread events of that thread's life:
 * from its start, if seen, to the start of the next thread with its id. 0 when none tells. */
guint32
slow_owner_find_service (const Work *work, const Step *step)
{
  guint32 tag = 0;
  if (find_thread_process (work, step->thread_id, step->time_ns) != step->process_id)
    return 0;
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *other = work_get_step (work, i);
      const TraceEvent *event = other->event;
      if (event->kind != TRACE_THREAD || event->thread_id != step->thread_id)
        continue;
      if (event->life == TRACE_LIFE_START && other->time_ns > step->time_ns)
        break;
      if (event->life == TRACE_LIFE_START || event->process_id != step->process_id)
        tag = 0;
      if (event->process_id == step->process_id && event->sub_process_tag)
        tag = event->sub_process_tag;
    }
  return tag;
}

/* The last switch on the processor tells who runs; before the first, that one tells who ran. */
void
slow_owner_take_from_switches (Work *work, Step *step)
{
  const Step *last = NULL, *next = NULL;
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *other = work_get_step (work, i);
      if (other->event->kind != TRACE_SWITCH || other->event->processor != step->event->processor)
        continue;
      if (other < step)
        last = other;
      else if (!next)
        next = other;
    }
  if (!last && !next)
    return;
  step->thread_id = last ? last->event->thread_id : next->event->old_thread_id;
  step->process_id = find_thread_process (work, step->thread_id, step->time_ns);
}
