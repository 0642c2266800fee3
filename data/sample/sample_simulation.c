#include "sample/sample_simulation.h"

#include "sample/sample_heap.h"
#include "sample/sample_machine.h"
#include "sample/sample_schedule.h"
#include "sample/sample_traffic.h"

#include <string.h>

/* The leak begins when the driver is loaded; the task before it in the same process id ends before. */
static const double leak_start_s = 3.6, task_end_s = 2.05;

enum
{
  NO_STACK = G_MAXUINT32,
  MAXIMUM_VARIANTS = 4,
  RENEWED_PERCENT = 12, /* of the steps that find a filled cache full */
};

typedef enum
{
  RELEASE_BY_OWNER,
  RELEASE_BY_WORKER,
  RELEASE_BY_INTERRUPT,
} ReleasedBy;

typedef struct
{
  const SampleTraffic *traffic;
  guint32 allocation[MAXIMUM_VARIANTS], interrupted_allocation[MAXIMUM_VARIANTS]; /* stacks in the log */
  guint32 release, interrupted_release;
  ReleasedBy released_by;
  GQueue held; /* CACHE, FILL: of PoolBlock, oldest first */
} TrafficState;

/* A job of the schedule is a process's next operation or the free of a block. */
typedef enum
{
  JOB_OPERATION,
  JOB_RELEASE,
} JobKind;

typedef struct
{
  JobKind kind;
  const SampleOperation *operation;
  guint32 call, release; /* user stacks in the log */
  double per_second;
  gint64 end_ticks; /* the process's end */
} OperationJob;

typedef struct
{
  JobKind kind;
  TrafficState *traffic;
  OperationJob *operation;
  EtlPoolBlock block;
} PoolBlock;

typedef struct
{
  const SampleSimulationOptions *options;
  SampleRandom random;
  SampleLog *log;
  SampleMachine machine;
  SampleHeap *heap;
  SampleSchedule *schedule;
  TrafficState *traffics;
  OperationJob *operations;
  guint n_traffics, n_operations;
} SampleSimulation;

static gint64
ticks_at (const SampleSimulation *self, double seconds)
{
  return self->options->first_ticks + (gint64)(seconds * (double)self->options->ticks_per_second);
}

static guint32
add_stack (SampleSimulation *self, const char *text, guint variant, guint n_left_out)
{
  if (text == NULL)
    return NO_STACK;
  SampleStack stack;
  sample_stack_resolve (&stack, text, variant);
  stack.n_frames -= n_left_out;
  return sample_log_add_stack (self->log, &stack);
}

static void
prepare_traffic (SampleSimulation *self, TrafficState *state, const SampleTraffic *traffic)
{
  state->traffic = traffic;
  g_queue_init (&state->held);
  for (guint i = 0; i < traffic->n_variants; i++)
    {
      state->allocation[i] = add_stack (self, traffic->allocation, i, 0);
      /* An interrupt that did not find the processor idle has no idle loop under it. */
      if (g_str_has_suffix (traffic->allocation, " nt!KiIdleLoop"))
        state->interrupted_allocation[i] = add_stack (self, traffic->allocation, i, 1);
    }
  if (traffic->release == NULL)
    return;
  state->release = add_stack (self, traffic->release, 0, 0);
  if (g_str_has_suffix (traffic->release, " nt!KiStartSystemThread"))
    state->released_by = RELEASE_BY_WORKER;
  else if (g_str_has_suffix (traffic->release, " nt!KiIdleLoop"))
    {
      state->released_by = RELEASE_BY_INTERRUPT;
      state->interrupted_release = add_stack (self, traffic->release, 0, 1);
    }
}

static void
prepare_operation (SampleSimulation *self, OperationJob *job, const SampleOperation *operation)
{
  const SampleSimulationOptions *options = self->options;
  gboolean is_leak = operation->role == SAMPLE_ROLE_NOTMYFAULT;
  gboolean is_task = operation->role == SAMPLE_ROLE_BACKGROUND_TASK;
  *job = (OperationJob){
    .kind = JOB_OPERATION,
    .operation = operation,
    .call = add_stack (self, operation->call, 0, 0),
    .per_second = operation->per_second * (is_leak ? options->leak_rate : options->honest_rate),
    .end_ticks = ticks_at (self, is_task ? task_end_s : options->duration_s),
  };
  job->release = operation->release != NULL ? add_stack (self, operation->release, 0, 0) : job->call;
  gint64 mean = (gint64)((double)options->ticks_per_second / job->per_second);
  sample_schedule_add (
      self->schedule,
      ticks_at (self, is_leak ? leak_start_s : 0.05) + sample_random_interval (&self->random, mean), job);
}

static SamplePoolKind
pool_kind (const SampleTraffic *traffic)
{
  if (traffic->is_session)
    return SAMPLE_POOL_SESSION;
  return traffic->pool_type & 1 ? SAMPLE_POOL_PAGED : SAMPLE_POOL_NONPAGED;
}

static PoolBlock *
new_block (SampleSimulation *self, TrafficState *state, OperationJob *operation, gint64 ticks)
{
  const SampleTraffic *traffic = state->traffic;
  guint32 range = traffic->largest_bytes - traffic->smallest_bytes;
  guint32 size_bytes = traffic->smallest_bytes + (sample_random_below (&self->random, range + 1) & ~15u);
  guint32 type = traffic->pool_type;
  /* Blocks from a page on come from the big pool. */
  if (size_bytes >= 4096 && traffic->life != SAMPLE_LIFE_HELD)
    type |= 0x10000000;
  PoolBlock *block = g_new (PoolBlock, 1);
  *block
      = (PoolBlock){ .kind = JOB_RELEASE,
                     .traffic = state,
                     .operation = operation,
                     .block
                     = { .type = type,
                         .tag = etl_tag (traffic->tag),
                         .size_bytes = size_bytes,
                         .address = sample_heap_allocate (self->heap, pool_kind (traffic), size_bytes, ticks),
                         .session_id = traffic->is_session ? 1 : 0 } };
  return block;
}

/* Frees and forgets @block in @entry. */
static void
release_block (SampleSimulation *self, SampleEntry *entry, PoolBlock *block)
{
  TrafficState *state = block->traffic;
  guint32 stack = entry->is_interrupt ? state->interrupted_release : state->release;
  sample_heap_release (self->heap, pool_kind (state->traffic), (guint32)block->block.size_bytes,
                       block->block.address, entry->now);
  sample_entry_pool (entry, state->traffic->is_session ? ETL_POOL_SESSION_FREE : ETL_POOL_FREE, &block->block,
                     stack);
  g_free (block);
}

static void
schedule_release (SampleSimulation *self, PoolBlock *block, gint64 now)
{
  gint64 mean = block->traffic->traffic->life_ms * self->options->ticks_per_second / 1000;
  gint64 ticks = now + sample_random_interval (&self->random, mean);
  gint64 end_ticks = block->operation->end_ticks;
  /* A process that ends closes what it has; the trace's end closes nothing. */
  if (ticks > end_ticks && end_ticks < ticks_at (self, self->options->duration_s))
    ticks = end_ticks + sample_random_below (&self->random, 200000);
  sample_schedule_add (self->schedule, MAX (ticks, now + 1500), block);
}

/* One allocation in @entry. Returns: the block if the operation frees it before it returns, else NULL. */
static PoolBlock *
allocate_block (SampleSimulation *self, SampleEntry *entry, TrafficState *state, OperationJob *operation)
{
  const SampleTraffic *traffic = state->traffic;
  gboolean is_cache = traffic->life == SAMPLE_LIFE_CACHE || traffic->life == SAMPLE_LIFE_FILL;
  gboolean is_full = is_cache && state->held.length >= traffic->capacity;
  if (is_full && traffic->life == SAMPLE_LIFE_FILL && !sample_random_percent (&self->random, RENEWED_PERCENT))
    return NULL;
  PoolBlock *block = new_block (self, state, operation, entry->now);
  guint variant = sample_random_below (&self->random, traffic->n_variants);
  sample_entry_pool (
      entry, traffic->is_session ? ETL_POOL_SESSION_ALLOCATION : ETL_POOL_ALLOCATION, &block->block,
      entry->is_interrupt ? state->interrupted_allocation[variant] : state->allocation[variant]);
  if (is_cache)
    g_queue_push_tail (&state->held, block);
  if (is_full)
    {
      PoolBlock *oldest = g_queue_pop_head (&state->held);
      if (state->released_by == RELEASE_BY_OWNER)
        release_block (self, entry, oldest);
      else
        sample_schedule_add (self->schedule, entry->now + 2000 + sample_random_below (&self->random, 3000000),
                             oldest);
    }
  if (traffic->life == SAMPLE_LIFE_OPERATION)
    return block;
  if (traffic->life == SAMPLE_LIFE_TIMED)
    schedule_release (self, block, entry->now);
  else if (traffic->life == SAMPLE_LIFE_HELD)
    g_free (block);
  return NULL;
}

static void
run_operation (SampleSimulation *self, OperationJob *job, gint64 ticks)
{
  const SampleOperation *operation = job->operation;
  SampleEntry entry;
  guint thread = 0;
  if (operation->role == SAMPLE_ROLE_INTERRUPTED)
    sample_entry_begin_interrupt (&entry, &self->machine, ticks);
  else
    {
      gint64 start = sample_machine_wait (&self->machine, operation->role, ticks, &thread);
      sample_entry_begin (&entry, &self->machine, thread, start);
    }
  PoolBlock *transient[G_N_ELEMENTS (operation->steps)] = { NULL };
  for (guint i = 0; i < operation->n_steps; i++)
    {
      const SampleStep *step = &operation->steps[i];
      if (!sample_random_percent (&self->random, step->percent))
        continue;
      guint repeat = 1 + sample_random_below (&self->random, step->repeat);
      for (guint j = 0; j < repeat; j++)
        transient[i] = allocate_block (self, &entry, &self->traffics[step->traffic], job);
    }
  for (guint i = 0; i < operation->n_steps; i++)
    if (transient[i] != NULL)
      release_block (self, &entry, transient[i]);
  sample_entry_end (&entry, job->call);
  gint64 mean = (gint64)((double)self->options->ticks_per_second / job->per_second);
  gint64 next = ticks + sample_random_interval (&self->random, mean);
  if (next < job->end_ticks)
    sample_schedule_add (self->schedule, next, job);
}

static void
run_release (SampleSimulation *self, PoolBlock *block, gint64 ticks)
{
  SampleEntry entry;
  guint thread = 0;
  ReleasedBy released_by = block->traffic->released_by;
  OperationJob *operation = block->operation;
  if (released_by == RELEASE_BY_INTERRUPT)
    {
      sample_entry_begin_interrupt (&entry, &self->machine, ticks);
      release_block (self, &entry, block);
      sample_entry_end (&entry, NO_STACK);
      return;
    }
  gboolean is_worker = released_by == RELEASE_BY_WORKER;
  SampleRole role = is_worker ? SAMPLE_ROLE_WORKER : operation->operation->role;
  gint64 start = sample_machine_wait (&self->machine, role, ticks, &thread);
  sample_entry_begin (&entry, &self->machine, thread, start);
  release_block (self, &entry, block);
  sample_entry_end (&entry, is_worker ? NO_STACK : operation->release);
}

static OperationJob *
find_operation (SampleSimulation *self, guint traffic)
{
  for (guint i = self->n_operations; i-- > 0;)
    for (guint j = 0; j < self->operations[i].operation->n_steps; j++)
      if (self->operations[i].operation->steps[j].traffic == traffic)
        return &self->operations[i];
  g_error ("No operation makes blocks of kind %u", traffic);
}

/* Blocks that exist when the trace begins: their allocations are not in it. */
static void
prepare_older_blocks (SampleSimulation *self, guint index)
{
  TrafficState *state = &self->traffics[index];
  const SampleTraffic *traffic = state->traffic;
  for (guint i = 0; i < traffic->n_before; i++)
    {
      PoolBlock *block = new_block (self, state, find_operation (self, index), 0);
      if (traffic->life == SAMPLE_LIFE_TIMED)
        schedule_release (self, block, self->options->first_ticks + self->options->ticks_per_second / 20);
      else
        g_queue_push_tail (&state->held, block);
    }
}

static void
simulation_clear (SampleSimulation *self)
{
  gint64 ticks = 0;
  for (gpointer job = sample_schedule_take (self->schedule, &ticks); job != NULL;
       job = sample_schedule_take (self->schedule, &ticks))
    if (*(JobKind *)job == JOB_RELEASE)
      g_free (job);
  for (guint i = 0; i < self->n_traffics; i++)
    g_queue_clear_full (&self->traffics[i].held, g_free);
  g_free (self->traffics);
  g_free (self->operations);
  sample_schedule_free (self->schedule);
  sample_heap_free (self->heap);
  sample_machine_clear (&self->machine);
}

/* Logs the pool events, stacks and context switches of options->duration_s seconds; the same options give
 * the same events. */
void
sample_simulation_run (const SampleSimulationOptions *options, SampleLog *log)
{
  SampleSimulation self = { .options = options,
                            .random = { options->seed },
                            .log = log,
                            .heap = sample_heap_new (),
                            .schedule = sample_schedule_new () };
  sample_machine_init (&self.machine, log, &self.random, ticks_at (&self, 0.01));
  const SampleTraffic *traffics = sample_traffic_get (&self.n_traffics);
  const SampleOperation *operations = sample_operations_get (&self.n_operations);
  self.traffics = g_new0 (TrafficState, self.n_traffics);
  self.operations = g_new0 (OperationJob, self.n_operations);
  for (guint i = 0; i < self.n_traffics; i++)
    prepare_traffic (&self, &self.traffics[i], &traffics[i]);
  for (guint i = 0; i < self.n_operations; i++)
    prepare_operation (&self, &self.operations[i], &operations[i]);
  for (guint i = 0; i < self.n_traffics; i++)
    prepare_older_blocks (&self, i);
  gint64 ticks = 0, end_ticks = ticks_at (&self, options->duration_s);
  gpointer job = NULL;
  while ((job = sample_schedule_take (self.schedule, &ticks)) != NULL && ticks < end_ticks)
    {
      if (*(JobKind *)job == JOB_OPERATION)
        run_operation (&self, job, ticks);
      else
        run_release (&self, job, ticks);
    }
  /* The first job past the end was taken out of the schedule. */
  if (job != NULL && *(JobKind *)job == JOB_RELEASE)
    g_free (job);
  simulation_clear (&self);
}
