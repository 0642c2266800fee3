#include "random_trace.h"

enum
{
  N_PROCESSORS = 4,
  N_PROCESSES = 5,
  N_THREADS = 10, /* two per process */
  N_KEYS = 6,
  N_ADDRESSES = 10,
  N_STEPS = 260,
};

typedef struct
{
  guint32 process_id, thread_id;
  guint owner;        /* number of the process among all, in its name */
  gint64 entry_ticks; /* of the first event since it entered the kernel; 0: in user mode */
  gint64 busy_until;  /* time of its last stack fragment */
} Thread;

/* A cached stack: the key is used for other frames once its frames were written. */
typedef struct
{
  gboolean is_open;
  gint64 last_use_ticks;
  guint n_frames;
  guint64 frames[TRACE_MAX_FRAMES];
} CachedStack;

typedef struct
{
  GRand *random;
  TracePlan *plan;
  gint64 now;
  GArray *scheduled;             /* of TraceEvent: stack events to come */
  Thread threads[N_THREADS];
  guint running[N_PROCESSORS];   /* index of the thread */
  CachedStack cached[2][N_KEYS]; /* kernel, user */
  struct
  {
    gint64 ticks;
    gboolean has_ids;
  } last_pool[N_PROCESSORS];
  gint64 step_ticks;             /* usual distance of two events */
  int header;                    /* TraceHeader, or -1 for all */
  gboolean has_switches, has_processes, has_threads, has_keys, has_sessions;
  gboolean is_listed_late;       /* processes and threads are listed at the end only, as in a circular log */
  gboolean is_unruly;            /* fragments come in any order, and some belong to no event */
  double chaos, ties;            /* probabilities */
  guint n_owners;
} Generator;

static gboolean
chance (Generator *self, double probability)
{
  return g_rand_double (self->random) < probability;
}

static guint
pick (Generator *self, guint n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

static int
compare_ticks (gconstpointer a, gconstpointer b)
{
  const TraceEvent *left = a, *right = b;
  return left->ticks < right->ticks ? -1 : left->ticks > right->ticks;
}

/* Writes the scheduled events whose time has come. */
static void
emit_due (Generator *self)
{
  guint n_due = 0;
  g_array_sort (self->scheduled, compare_ticks);
  for (; n_due < self->scheduled->len; n_due++)
    {
      const TraceEvent *event = &g_array_index (self->scheduled, TraceEvent, n_due);
      if (event->ticks > self->now)
        break;
      g_array_append_vals (self->plan->events, event, 1);
    }
  g_array_remove_range (self->scheduled, 0, n_due);
}

static void
emit (Generator *self, const TraceEvent *event)
{
  emit_due (self);
  g_array_append_val (self->plan->events, *event);
}

/* Goes on to a moment that no event so far has. */
static void
go_on_exclusively (Generator *self)
{
  gint64 before = slow_time_ns (self->plan, self->now);
  while (slow_time_ns (self->plan, self->now) <= before)
    self->now++;
}

/* Goes on until no stack event is outstanding. */
static void
drain (Generator *self)
{
  while (self->scheduled->len)
    {
      self->now = MAX (self->now, g_array_index (self->scheduled, TraceEvent, 0).ticks);
      emit_due (self);
    }
  go_on_exclusively (self);
}

static void
fill_frames (Generator *self, guint64 *frames, guint *n_frames, gboolean is_user, guint n)
{
  gboolean is_wide = self->plan->pointer_size == 8;
  guint64 base = is_user ? (is_wide ? 0x7FF600001000 : 0x401000)
                         : (is_wide ? 0xFFFFF80300001000 : 0x82001000);
  for (guint i = 0; i < n && *n_frames < TRACE_MAX_FRAMES; i++)
    frames[(*n_frames)++] = base + 0x10 * pick (self, 12);
}

/* The same keys serve kernel and user parts. */
static guint64
key_make (const Generator *self, guint row)
{
  return (self->plan->pointer_size == 8 ? 0xFFFFFA8303862000 : 0x83862000) + 0x40 * row;
}

/* A fragment for the event at @stack_ticks: plain frames, or a key. */
static void
schedule_fragment (Generator *self, const Thread *thread, guint processor, gint64 ticks, gint64 stack_ticks,
                   gboolean is_user)
{
  TraceEvent event = { .kind = TRACE_STACK, .header = TRACE_HEADER_PERFINFO, .processor = processor,
                       .ticks = ticks, .process_id = thread->process_id, .thread_id = thread->thread_id,
                       .stack_ticks = stack_ticks };
  if (self->has_keys && chance (self, 0.6))
    {
      guint row = pick (self, N_KEYS);
      CachedStack *cached = &self->cached[is_user][row];
      if (!cached->is_open)
        {
          cached->n_frames = 0;
          fill_frames (self, cached->frames, &cached->n_frames, is_user, 1 + pick (self, 5));
          cached->is_open = TRUE;
        }
      cached->last_use_ticks = MAX (cached->last_use_ticks, ticks);
      event.kind = TRACE_STACK_KEY;
      event.is_user_key = is_user;
      event.key = key_make (self, row);
    }
  else
    {
      fill_frames (self, event.frames, &event.n_frames, is_user, 1 + pick (self, 4));
      if (!is_user && chance (self, 0.05))
        fill_frames (self, event.frames, &event.n_frames, TRUE, 1 + pick (self, 3));
    }
  g_array_append_val (self->scheduled, event);
}

/* The frames of a cached stack are written, or (rarely) lost, and its key can be used anew. */
static void
write_definition (Generator *self, gboolean is_user, guint row)
{
  CachedStack *cached = &self->cached[is_user][row];
  TraceEvent event = { .kind = TRACE_DEFINITION, .header = TRACE_HEADER_PERFINFO,
                       .processor = pick (self, N_PROCESSORS), .ticks = self->now,
                       .key = key_make (self, row), .n_frames = cached->n_frames };
  for (guint i = 0; i < cached->n_frames; i++)
    event.frames[i] = cached->frames[i];
  cached->is_open = FALSE;
  if (!chance (self, 0.08))
    emit (self, &event);
}

/* A fragment that belongs to another event, of no interest, or whose event was lost. */
static void
schedule_stray_fragment (Generator *self)
{
  const Thread *thread = &self->threads[pick (self, N_THREADS)];
  gint64 ticks = self->now + (gint64) pick (self, 4) * self->step_ticks;
  gint64 stack_ticks = self->now - (gint64) pick (self, 3) * self->step_ticks;
  gboolean is_user = thread->process_id != 4 && chance (self, 0.5);
  schedule_fragment (self, thread, pick (self, N_PROCESSORS), ticks, stack_ticks, is_user);
}

static void
schedule_stack (Generator *self, const TraceEvent *pool)
{
  Thread *thread = &self->threads[self->running[pool->processor]];
  gint64 ticks = pool->ticks + (chance (self, 0.2) ? 0 : (gint64) pick (self, 4) * self->step_ticks);
  guint processor = chance (self, 0.9) ? pool->processor : pick (self, N_PROCESSORS);
  ticks = MAX (ticks, self->is_unruly ? self->now : thread->busy_until);
  schedule_fragment (self, thread, processor, ticks, pool->ticks, FALSE);
  if (thread->entry_ticks == 0)
    thread->entry_ticks = pool->ticks;
  thread->busy_until = ticks;
  if (thread->process_id == 4 || !chance (self, 0.5))
    return;
  /* Back to user mode: one user part for all events since the entry. */
  thread->busy_until = ticks + (1 + (gint64) pick (self, 5)) * self->step_ticks;
  schedule_fragment (self, thread, pick (self, N_PROCESSORS), thread->busy_until, thread->entry_ticks, TRUE);
  thread->entry_ticks = 0;
}

/* Whether the last pool event of @address and @session was an allocation. */
static gboolean
seems_live (const Generator *self, guint64 address, guint32 session)
{
  for (guint i = self->plan->events->len; i-- > 0;)
    {
      const TraceEvent *event = &g_array_index (self->plan->events, TraceEvent, i);
      if (event->kind == TRACE_POOL && event->address == address && event->session == session)
        return !event->is_free;
    }
  return FALSE;
}

static TraceHeader
choose_header (Generator *self, guint processor)
{
  TraceHeader header = (TraceHeader) (self->header >= 0 ? self->header : (int) pick (self, 4));
  /* Two events of one thread and time stamp that differ in this cannot be told apart by their stacks. */
  if (self->last_pool[processor].ticks == self->now && self->header < 0)
    header = self->last_pool[processor].has_ids ? TRACE_HEADER_SYSTEM : TRACE_HEADER_PERFINFO;
  self->last_pool[processor].ticks = self->now;
  self->last_pool[processor].has_ids = header != TRACE_HEADER_PERFINFO;
  return header;
}

static void
add_pool_event (Generator *self)
{
  const guint32 types[] = { 0, 1, 0x200, 0x10000200, 0x21, 5 };
  const guint32 tags[] = { 0x65726854, 0x20707249, 0xE6744E46, 0x004E4F01 };
  guint processor = pick (self, N_PROCESSORS);
  const Thread *thread = &self->threads[self->running[processor]];
  TraceEvent event = { .kind = TRACE_POOL, .processor = processor, .ticks = self->now,
                       .process_id = thread->process_id, .thread_id = thread->thread_id,
                       .type = types[pick (self, 6)], .tag = tags[pick (self, 4)],
                       .size_bytes = 16 * pick (self, 300), .session = TRACE_UNKNOWN };
  event.address = self->plan->pointer_size == 8 ? 0xFFFFA30400000000 : 0x85000000;
  event.address += 0x40 * pick (self, N_ADDRESSES);
  if (self->has_sessions && chance (self, 0.4))
    event.session = 1 + pick (self, 2);
  event.is_free = seems_live (self, event.address, event.session);
  if (chance (self, self->chaos))
    event.is_free = !event.is_free;
  if (chance (self, 0.03))
    event.address = 0;
  event.header = choose_header (self, processor);
  if (event.header == TRACE_HEADER_SYSTEM && self->is_unruly && chance (self, 0.1))
    event.process_id = event.thread_id = TRACE_UNKNOWN;
  emit (self, &event);
  if (chance (self, 0.85))
    schedule_stack (self, &event);
  if (self->is_unruly && chance (self, 0.1))
    schedule_stray_fragment (self);
}

static void
emit_life (Generator *self, TraceEventKind kind, TraceLife life, const Thread *thread)
{
  TraceEvent event = { .kind = kind, .header = TRACE_HEADER_SYSTEM, .ticks = self->now, .life = life,
                       .process_id = thread->process_id, .thread_id = thread->thread_id };
  if (kind == TRACE_PROCESS)
    g_snprintf (event.name, sizeof event.name, "name%u-%u.exe", thread->process_id, thread->owner);
  else if (chance (self, 0.7))
    event.sub_process_tag = 10 * thread->owner + thread->thread_id % 8 + 1;
  emit (self, &event);
}

static void
emit_lives (Generator *self, TraceLife life, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      if (self->has_processes && i % 2 == 0)
        emit_life (self, TRACE_PROCESS, life, &self->threads[i]);
      if (self->has_threads)
        emit_life (self, TRACE_THREAD, life, &self->threads[i]);
    }
}

/* Another thread runs on @processor: one that runs nowhere else. */
static void
switch_thread (Generator *self, guint processor)
{
  guint thread = pick (self, N_THREADS);
  for (guint i = 0; i < N_PROCESSORS; i++)
    if (i != processor && self->running[i] == thread)
      return;
  guint32 old_thread_id = self->threads[self->running[processor]].thread_id;
  self->running[processor] = thread;
  if (!self->has_switches)
    return;
  TraceEvent event = { .kind = TRACE_SWITCH, .header = TRACE_HEADER_PERFINFO, .processor = processor,
                       .ticks = self->now, .thread_id = self->threads[thread].thread_id,
                       .process_id = self->threads[thread].process_id, .old_thread_id = old_thread_id };
  emit (self, &event);
}

/* A process ends, and a new one gets its ids. */
static void
replace_process (Generator *self)
{
  guint first = 2 * (1 + pick (self, N_PROCESSES - 1));
  drain (self);
  for (guint i = 0; i < N_PROCESSORS; i++)
    if (self->running[i] / 2 == first / 2)
      return;
  emit_lives (self, TRACE_LIFE_END, first, 2);
  go_on_exclusively (self);
  self->n_owners++;
  for (guint i = first; i < first + 2; i++)
    {
      self->threads[i].owner = self->n_owners;
      self->threads[i].entry_ticks = 0;
    }
  if (chance (self, 0.5))
    { /* thread ids go to other threads of the new owner */
      guint32 thread_id = self->threads[first].thread_id;
      self->threads[first].thread_id = self->threads[first + 1].thread_id;
      self->threads[first + 1].thread_id = thread_id;
    }
  emit_lives (self, TRACE_LIFE_START, first, 2);
  go_on_exclusively (self);
}

static void
add_something (Generator *self)
{
  if (!chance (self, self->ties))
    self->now += 1 + (gint64) g_rand_double_range (self->random, 0, (double) self->step_ticks * 2);
  emit_due (self);
  double what = g_rand_double (self->random);
  if (what < 0.85)
    add_pool_event (self);
  else if (what < 0.92)
    switch_thread (self, pick (self, N_PROCESSORS));
  else if (what < 0.93)
    replace_process (self);
  else
    {
      gboolean is_user = chance (self, 0.5);
      guint row = pick (self, N_KEYS);
      if (self->cached[is_user][row].is_open && self->cached[is_user][row].last_use_ticks <= self->now)
        write_definition (self, is_user, row);
    }
}

static void
choose_features (Generator *self)
{
  const gint64 frequencies[] = { 10000000, 2435708, 1000000000, 3579545 };
  TracePlan *plan = self->plan;
  plan->pointer_size = chance (self, 0.3) ? 4 : 8;
  plan->n_processors = N_PROCESSORS;
  plan->clock = (TraceClock) (1 + pick (self, 3));
  plan->first_ticks = 0x12345678901;
  if (plan->clock == TRACE_CLOCK_QPC)
    plan->frequency = frequencies[pick (self, 4)];
  else if (plan->clock == TRACE_CLOCK_CYCLES)
    plan->frequency = 3000000000;
  else
    {
      plan->frequency = 10000000;
      plan->first_ticks = 0x01DA3D285848C080;
    }
  self->step_ticks = MAX (2, plan->frequency / 200000);
  self->header = (int) pick (self, 5) - 1;
  self->has_switches = chance (self, 0.6);
  self->has_processes = chance (self, 0.8);
  self->has_threads = chance (self, 0.8);
  self->has_keys = chance (self, 0.7);
  self->has_sessions = chance (self, 0.6);
  self->is_listed_late = chance (self, 0.25);
  self->is_unruly = chance (self, 0.3);
  self->chaos = chance (self, 0.7) ? 0.15 : 0;
  self->ties = chance (self, 0.3) ? 0.5 : 0.15;
}

/* A trace that depends on @seed alone. Returns: (transfer full) */
TracePlan *
random_trace_new (guint32 seed)
{
  Generator self = { .random = g_rand_new_with_seed (seed),
                     .plan = trace_plan_new (),
                     .scheduled = g_array_new (FALSE, TRUE, sizeof (TraceEvent)) };
  choose_features (&self);
  for (guint i = 0; i < N_THREADS; i++)
    {
      self.threads[i].process_id = i < 2 ? 4 : 100 + 4 * (i / 2);
      self.threads[i].thread_id = 1000 + 4 * i;
    }
  for (guint i = 0; i < N_PROCESSORS; i++)
    self.running[i] = 2 * i + pick (&self, 2);
  self.now = self.plan->first_ticks;
  if (chance (&self, 0.5))
    { /* some events before the first time stamp of the file, which all count as time 0 */
      self.now -= 40 * self.step_ticks;
      for (guint i = 0; i < 8; i++, self.now += 1 + pick (&self, 3))
        add_pool_event (&self);
      self.now = self.plan->first_ticks;
    }
  drain (&self);
  if (!self.is_listed_late)
    emit_lives (&self, TRACE_LIFE_LISTED_START, 0, N_THREADS);
  go_on_exclusively (&self);
  for (guint i = 0; i < N_STEPS; i++)
    add_something (&self);
  drain (&self);
  for (guint i = 0; i < 2 * N_KEYS; i++)
    if (self.cached[i / N_KEYS][i % N_KEYS].is_open && chance (&self, 0.9))
      write_definition (&self, i / N_KEYS, i % N_KEYS);
  if (self.is_listed_late || chance (&self, 0.5))
    emit_lives (&self, TRACE_LIFE_LISTED_END, 0, N_THREADS);
  g_array_unref (self.scheduled);
  g_rand_free (self.random);
  return self.plan;
}
