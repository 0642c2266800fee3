#include "slow_work.h"

#include <string.h>

TracePlan *
trace_plan_new (void)
{
  TracePlan *self = g_new0 (TracePlan, 1);
  self->pointer_size = 8;
  self->n_processors = 4;
  self->clock = TRACE_CLOCK_QPC;
  self->frequency = 10000000;
  self->first_ticks = 1000000;
  self->events = g_array_new (FALSE, TRUE, sizeof (TraceEvent));
  return self;
}

void
trace_plan_free (TracePlan *self)
{
  g_array_unref (self->events);
  g_free (self);
}

/* Rule 1. Whole seconds and the rest apart: a product of the rest and 10^9 fits for every clock used. */
gint64
slow_time_ns (const TracePlan *plan, gint64 ticks)
{
  gint64 elapsed = ticks - plan->first_ticks;
  if (elapsed < 0)
    return 0;
  gint64 seconds = elapsed / plan->frequency, rest = elapsed % plan->frequency;
  return seconds * 1000000000 + rest * 1000000000 / plan->frequency;
}

/* Within one instant processes come first, then pool, then stacks, then what defines keys. */
static int
kind_get_rank (TraceEventKind kind)
{
  switch (kind)
    {
    case TRACE_POOL:
    case TRACE_SWITCH:
      return 1;
    case TRACE_STACK:
    case TRACE_STACK_KEY:
      return 2;
    case TRACE_DEFINITION:
      return 3;
    default:
      return 0;
    }
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *left = a, *right = b;
  if (left->time_ns != right->time_ns)
    return left->time_ns < right->time_ns ? -1 : 1;
  int ranks = kind_get_rank (left->event->kind) - kind_get_rank (right->event->kind);
  if (ranks)
    return ranks;
  if (left->event->processor != right->event->processor)
    return left->event->processor < right->event->processor ? -1 : 1;
  return left->place < right->place ? -1 : left->place > right->place;
}

static void
order_events (Work *work)
{
  const GArray *events = work->plan->events;
  for (guint i = 0; i < events->len; i++)
    {
      const TraceEvent *event = &g_array_index (events, TraceEvent, i);
      Step step = { .event = event, .time_ns = slow_time_ns (work->plan, event->ticks),
                    .thread_id = TRACE_UNKNOWN, .process_id = TRACE_UNKNOWN };
      for (guint before = 0; before < i; before++)
        step.place += g_array_index (events, TraceEvent, before).processor == event->processor;
      if (event->header != TRACE_HEADER_PERFINFO)
        {
          step.thread_id = event->thread_id;
          step.process_id = event->process_id;
        }
      g_array_append_val (work->steps, step);
    }
  g_array_sort (work->steps, compare_steps);
}

char *
interval_line_format (const IntervalLine *self)
{
  GString *line = g_string_new (NULL);
  g_string_append_printf (line, "%" G_GINT64_MODIFIER "x [", self->address);
  if (self->allocated_ns >= 0)
    g_string_append_printf (line, "%" G_GINT64_FORMAT, self->allocated_ns);
  g_string_append (line, ",");
  if (self->freed_ns != G_MAXINT64)
    g_string_append_printf (line, "%" G_GINT64_FORMAT, self->freed_ns);
  g_string_append_printf (line, ") %" G_GUINT64_FORMAT " type %x tag %08x", self->size_bytes, self->type,
                          self->tag);
  if (self->session != TRACE_UNKNOWN)
    g_string_append_printf (line, " session %u", self->session);
  if (self->processor != TRACE_UNKNOWN)
    g_string_append_printf (line, " cpu %u", self->processor);
  if (self->process_id != TRACE_UNKNOWN)
    g_string_append_printf (line, " process %u %s", self->process_id,
                            self->process_name ? self->process_name : "-");
  if (self->thread_id != TRACE_UNKNOWN)
    g_string_append_printf (line, " thread %u", self->thread_id);
  if (self->sub_process_tag)
    g_string_append_printf (line, " service %u", self->sub_process_tag);
  g_string_append_printf (line, " from %s", self->stack);
  if (self->free_stack)
    g_string_append_printf (line, " freed by %s", self->free_stack);
  return g_string_free (line, FALSE);
}

static char *
describe_interval (const Work *work, const Interval *interval)
{
  const Step *allocation = interval->allocation, *release = interval->release;
  const TraceEvent *event = slow_interval_get_event (interval);
  g_autofree char *stack = allocation          ? slow_stack_describe (work, allocation)
                           : interval->is_lost ? g_strdup ("[Allocation lost]")
                                               : g_strdup ("[Before trace]");
  g_autofree char *free_stack = release ? slow_stack_describe (work, release) : g_strdup ("[No stack]");
  IntervalLine line = { .address = event->address,
                        .size_bytes = event->size_bytes,
                        .type = event->type,
                        .tag = event->tag & 0x7FFFFFFF,
                        .session = event->session,
                        .allocated_ns = allocation          ? allocation->time_ns
                                        : interval->is_lost ? interval->freed_ns
                                                            : -1,
                        .freed_ns = interval->freed_ns,
                        .thread_id = TRACE_UNKNOWN,
                        .process_id = TRACE_UNKNOWN,
                        .processor = TRACE_UNKNOWN,
                        .stack = stack,
                        .free_stack = interval->freed_ns == G_MAXINT64 ? NULL : free_stack };
  if (allocation)
    {
      line.processor = event->processor;
      line.thread_id = allocation->thread_id;
      line.process_id = allocation->process_id;
      line.process_name = slow_owner_find_name (work, line.process_id, allocation->time_ns);
      line.sub_process_tag = slow_owner_find_service (work, allocation);
    }
  return interval_line_format (&line);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Applies the rules to @plan. Returns: (transfer full) */
SlowModel *
slow_model_new (const TracePlan *plan)
{
  SlowModel *self = g_new0 (SlowModel, 1);
  Work work = { .plan = plan,
                .steps = g_array_new (FALSE, TRUE, sizeof (Step)),
                .intervals = g_array_new (FALSE, TRUE, sizeof (Interval)),
                .result = self };
  self->intervals = g_ptr_array_new_with_free_func (g_free);
  self->first_pool_ns = self->last_ns = -1;
  order_events (&work);
  slow_stacks_attach (&work);
  for (guint i = 0; i < work.steps->len; i++)
    {
      Step *step = work_get_step (&work, i);
      self->last_ns = step->time_ns;
      if (step->event->kind != TRACE_POOL)
        continue;
      if (self->first_pool_ns < 0)
        self->first_pool_ns = step->time_ns;
      if (step->thread_id == TRACE_UNKNOWN)
        slow_owner_take_from_switches (&work, step);
    }
  slow_pairing_run (&work);
  for (guint i = 0; i < work.intervals->len; i++)
    {
      const Interval *interval = &g_array_index (work.intervals, Interval, i);
      g_ptr_array_add (self->intervals, describe_interval (&work, interval));
    }
  g_ptr_array_sort (self->intervals, compare_lines);
  g_array_unref (work.steps);
  g_array_unref (work.intervals);
  return self;
}

void
slow_model_free (SlowModel *self)
{
  g_ptr_array_unref (self->intervals);
  g_free (self);
}
