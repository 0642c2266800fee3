#include "slow_model.h"

#include <string.h>

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

static Step *
work_get_step (const Work *work, guint i)
{
  return &g_array_index (work->steps, Step, i);
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

/* etl.md's rules for stacks */

static gboolean
address_is_kernel (const Work *work, guint64 address)
{
  return work->plan->pointer_size == 8 ? address >= 0xFFFF800000000000 : address >= 0x80000000;
}

/* Which table a definition is in, and what part of a stack plain frames are: told by the last frame. */
static gboolean
frames_end_in_user (const Work *work, const TraceEvent *event)
{
  return event->n_frames && !address_is_kernel (work, event->frames[event->n_frames - 1]);
}

static gboolean
fragment_is_user_part (const Work *work, const TraceEvent *event)
{
  if (event->kind == TRACE_STACK_KEY)
    return event->is_user_key;
  return event->n_frames && !address_is_kernel (work, event->frames[0]);
}

/* A fragment with kernel frames and user frames behind them is a whole stack. */
static gboolean
fragment_is_whole (const Work *work, const TraceEvent *event)
{
  return event->kind == TRACE_STACK && !fragment_is_user_part (work, event)
         && frames_end_in_user (work, event);
}

/* The event a fragment belongs to, among those that had no such part of their own yet: of the same thread;
 * else, among those without a thread, on the fragment's processor; else on any. */
static Step *
find_target (const Work *work, const TraceEvent *fragment, gboolean is_user)
{
  for (int round = 0; round < 3; round++)
    for (guint i = 0; i < work->steps->len; i++)
      {
        Step *step = work_get_step (work, i);
        if (step->event->kind != TRACE_POOL || step->event->ticks != fragment->stack_ticks
            || (is_user ? step->has_own_user : step->kernel != NULL))
          continue;
        if (round == 0 ? step->thread_id == fragment->thread_id
                       : step->thread_id == TRACE_UNKNOWN
                             && (round == 2 || step->event->processor == fragment->processor))
          return step;
      }
  return NULL;
}

static void
attach_fragment (Work *work, const TraceEvent *fragment)
{
  gboolean is_user = fragment_is_user_part (work, fragment);
  Step *target = find_target (work, fragment, is_user);
  if (target)
    {
      target->thread_id = fragment->thread_id;
      target->process_id = fragment->process_id;
      if (!is_user)
        target->kernel = fragment;
      if (is_user ? !target->user : fragment_is_whole (work, fragment))
        target->user = fragment;
      target->has_own_user |= is_user || fragment_is_whole (work, fragment);
    }
  if (!is_user)
    return;
  /* It also ends the stacks of what the same thread did until it went back to user mode. */
  for (guint i = 0; i < work->steps->len; i++)
    {
      Step *step = work_get_step (work, i);
      if (step->event->kind == TRACE_POOL && step->thread_id == fragment->thread_id
          && step->event->ticks >= fragment->stack_ticks && step->kernel && !step->user)
        step->user = fragment;
    }
}

static void
attach_stacks (Work *work)
{
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *step = work_get_step (work, i);
      if (step->event->kind == TRACE_STACK || step->event->kind == TRACE_STACK_KEY)
        attach_fragment (work, step->event);
    }
}

/* The event with the frames of @fragment: itself, or the first definition of its key from its time on.
 * NULL when there is none. */
static const TraceEvent *
find_frames (const Work *work, const TraceEvent *fragment)
{
  if (fragment->kind == TRACE_STACK)
    return fragment;
  for (guint i = 0; i < work->steps->len; i++)
    {
      const Step *step = work_get_step (work, i);
      if (step->event->kind == TRACE_DEFINITION && step->event->key == fragment->key
          && step->time_ns >= slow_time_ns (work->plan, fragment->ticks)
          && frames_end_in_user (work, step->event) == fragment->is_user_key)
        return step->event;
    }
  return NULL;
}

static void
append_frames (GString *text, const TraceEvent *event)
{
  for (guint i = event->n_frames; i-- > 0;)
    g_string_append_printf (text, "%s%" G_GINT64_MODIFIER "x", text->len ? ";" : "", event->frames[i]);
}

static char *
describe_stack (const Work *work, const Step *step)
{
  GString *text = g_string_new (NULL);
  const TraceEvent *user = step->user && step->user != step->kernel ? find_frames (work, step->user) : NULL;
  const TraceEvent *kernel = step->kernel ? find_frames (work, step->kernel) : NULL;
  if (user)
    append_frames (text, user);
  if (kernel)
    append_frames (text, kernel);
  if (text->len == 0)
    g_string_append (text, "[No stack]");
  return g_string_free (text, FALSE);
}

/* Who: the event's own header, else its stack, else the thread that ran on its processor. */

/* The name of process @process_id at @time_ns, NULL when no event names it then. */
static const char *
find_process_name (const Work *work, guint32 process_id, gint64 time_ns)
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

/* The last switch on the processor tells who runs; before the first, that one tells who ran. */
static void
take_thread_from_switches (Work *work, Step *step)
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

/* Rule 3 */

static gboolean
keys_equal (const TraceEvent *left, const TraceEvent *right)
{
  return left->address == right->address && left->session == right->session;
}

static const TraceEvent *
interval_get_event (const Interval *self)
{
  return self->allocation ? self->allocation->event : self->release->event;
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
      const TraceEvent *key = interval_get_event (interval);
      if (!interval->is_live || !(any_session ? key->address == event->address : keys_equal (key, event)))
        continue;
      if (!found || find_first_turn (work, key) < find_first_turn (work, interval_get_event (found)))
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

/* Of the same instant and key, the event that is to come before @step: a free where a block is live and
 * @step would allocate, an allocation where none is and @step would free. */
static Step *
find_better_first (const Work *work, const Step *step)
{
  gboolean is_live = find_live (work, step->event, FALSE) != NULL;
  if (is_live == step->event->is_free)
    return NULL;
  for (guint i = 0; i < work->steps->len; i++)
    {
      Step *other = work_get_step (work, i);
      if (other->event->kind == TRACE_POOL && !other->turn && other->time_ns == step->time_ns
          && keys_equal (other->event, step->event) && other->event->is_free == is_live)
        return other;
    }
  return NULL;
}

static void
pair_events (Work *work)
{
  for (guint i = 0; i < work->steps->len; i++)
    {
      Step *step = work_get_step (work, i);
      while (step->event->kind == TRACE_POOL && !step->turn)
        {
          Step *better = find_better_first (work, step);
          take_pool_event (work, better ? better : step);
        }
    }
}

/* The result */

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
  g_string_append_printf (line, " from %s", self->stack);
  if (self->free_stack)
    g_string_append_printf (line, " freed by %s", self->free_stack);
  return g_string_free (line, FALSE);
}

static char *
describe_interval (const Work *work, const Interval *interval)
{
  const Step *allocation = interval->allocation, *release = interval->release;
  const TraceEvent *event = interval_get_event (interval);
  g_autofree char *stack = allocation          ? describe_stack (work, allocation)
                           : interval->is_lost ? g_strdup ("[Allocation lost]")
                                               : g_strdup ("[Before trace]");
  g_autofree char *free_stack = release ? describe_stack (work, release) : g_strdup ("[No stack]");
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
      line.process_name = find_process_name (work, line.process_id, allocation->time_ns);
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
  attach_stacks (&work);
  for (guint i = 0; i < work.steps->len; i++)
    {
      Step *step = work_get_step (&work, i);
      self->last_ns = step->time_ns;
      if (step->event->kind != TRACE_POOL)
        continue;
      if (self->first_pool_ns < 0)
        self->first_pool_ns = step->time_ns;
      if (step->thread_id == TRACE_UNKNOWN)
        take_thread_from_switches (&work, step);
    }
  pair_events (&work);
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
