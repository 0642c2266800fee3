#include "model/stack_matcher.h"

/* How many recent pool events are kept: all of the last second (user parts were seen up to 0.4 s late,
 * but those are found through the waiting list, kernel parts within 10 microseconds), between these bounds. */
#define MIN_TARGETS (1 << 16)
#define MAX_TARGETS (1 << 21)
/* A thread that stays in the kernel for good must not collect parts for ever. */
#define MAX_WAITING_PER_THREAD (1 << 16)
/* Real events of one tick are a handful; a file in which all have the same must not cost their square. */
#define MAX_CANDIDATES 4096

typedef struct
{
  gint64 ticks;
  guint32 row;
  gboolean is_free;
} WaitingPart;

static void
waiting_clear (gpointer data)
{
  g_array_unref (*(GArray **) data);
}

void
stack_matcher_init (StackMatcher *self)
{
  *self = (StackMatcher){ 0 };
  self->waiting = g_array_new (FALSE, FALSE, sizeof (GArray *));
  g_array_set_clear_func (self->waiting, waiting_clear);
}

void
stack_matcher_clear (StackMatcher *self)
{
  g_free (self->targets);
  id_map_clear (&self->thread_rows);
  g_clear_pointer (&self->waiting, g_array_unref);
}

static gint64
target_time_ns (const StackMatcher *self, gsize target)
{
  return tick_clock_to_ns (&self->clock, self->targets[target].ticks);
}

static void
drop_old_targets (StackMatcher *self)
{
  while (self->n_targets - self->first_target > MAX_TARGETS
         || (self->n_targets - self->first_target > MIN_TARGETS
             && target_time_ns (self, self->n_targets - 1) - target_time_ns (self, self->first_target)
                  > NS_PER_SECOND))
    self->first_target++;
  if (self->first_target > self->n_targets / 2)
    {
      self->n_targets -= self->first_target;
      memmove (self->targets, self->targets + self->first_target, self->n_targets * sizeof *self->targets);
      self->first_target = 0;
    }
}

void
stack_matcher_make_room (StackMatcher *self)
{
  drop_old_targets (self);
  if (self->n_targets > self->capacity / 2 || self->capacity == 0)
    {
      self->capacity = MAX (4096, self->capacity * 2);
      self->targets = g_renew (StackTarget, self->targets, self->capacity);
    }
}

/* The first target that is not before @time_ns. Targets stand in the order of their times in ns, of which
 * raw times before the trace's first event all have the same. */
static gsize
find_time (const StackMatcher *self, gint64 time_ns)
{
  gsize low = self->first_target, high = self->n_targets;
  /* Nearly always it is one of the last few. */
  for (gsize i = 0; i < 8 && high > low && target_time_ns (self, high - 1) >= time_ns; i++)
    high--;
  if (high == low || target_time_ns (self, high - 1) < time_ns)
    return high;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (target_time_ns (self, middle) < time_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

typedef gboolean (*TargetTest) (const StackTarget *target, const Record *record, guint16 processor);

static gboolean
is_same_thread (const StackTarget *target, const Record *record, guint16 processor)
{
  return (target->flags & STACK_TARGET_KNOWS_THREAD) && target->thread_id == record->thread_id;
}

static gboolean
is_unknown_on_processor (const StackTarget *target, const Record *record, guint16 processor)
{
  return !(target->flags & STACK_TARGET_KNOWS_THREAD) && target->processor == processor;
}

static gboolean
is_unknown (const StackTarget *target, const Record *record, guint16 processor)
{
  return !(target->flags & STACK_TARGET_KNOWS_THREAD);
}

static StackTarget *
find_target (StackMatcher *self, const Record *record, guint16 processor)
{
  static const TargetTest tests[] = { is_same_thread, is_unknown_on_processor, is_unknown };
  /* A whole stack also goes to an event that had a user part before: the kernel frames are what counts. */
  guint8 part = record->flags & RECORD_FLAG_KERNEL ? STACK_TARGET_HAS_KERNEL : STACK_TARGET_HAS_USER;
  gint64 time_ns = tick_clock_to_ns (&self->clock, record->event_ticks);
  gsize first = find_time (self, time_ns), last = MIN (self->n_targets, first + MAX_CANDIDATES);
  for (gsize test = 0; test < G_N_ELEMENTS (tests); test++)
    for (gsize i = first; i < last && target_time_ns (self, i) == time_ns; i++)
      if (self->targets[i].ticks == record->event_ticks && !(self->targets[i].flags & part)
          && tests[test](&self->targets[i], record, processor))
        return &self->targets[i];
  return NULL;
}

/* The event gets its thread and process from its stack. */
static void
learn_thread (StackMatcher *self, StackTarget *target, const Record *record)
{
  if (target->flags & STACK_TARGET_KNOWS_THREAD || record->thread_id == ETL_ID_UNKNOWN)
    return;
  target->flags |= STACK_TARGET_KNOWS_THREAD;
  target->thread_id = record->thread_id;
  self->counters->values[IMPORT_POOL_THREADS_FROM_STACKS]++;
  if (target->row != ADDRESS_ROW_NONE && !(target->flags & STACK_TARGET_IS_FREE) && self->intervals->context)
    self->intervals->context[target->row] =
      process_table_get_context (self->processes, record->process_id, record->thread_id);
}

/* Adds a kernel part or a user part to @stack_row. A kernel part with @has_user_frames goes on into user mode and
 * is the whole stack. */
static guint32
extend_stack (StackMatcher *self, guint32 stack_row, guint32 part, gboolean is_kernel_part, gboolean has_user_frames,
              guint32 process_id, gint64 time_ns)
{
  PendingStack stack = { STACK_FRAGMENT_NONE, STACK_FRAGMENT_NONE, POOL_INDEX_NONE, 0, 0, time_ns, time_ns };
  if (stack_row >= POOL_N_SPECIAL_STACKS)
    stack = g_array_index (self->stacks->stacks, PendingStack, stack_row);
  if (is_kernel_part)
    {
      stack.kernel = part;
      stack.kernel_ns = time_ns;
      if (has_user_frames)
        stack.user = STACK_FRAGMENT_NONE;
      stack.kernel_epoch = image_table_get_epoch (self->images, POOL_INDEX_NONE);
    }
  else
    stack.user = part;
  if (has_user_frames)
    {
      stack.user_ns = time_ns;
      stack.process = process_id == ETL_ID_UNKNOWN ? POOL_INDEX_NONE
                                                   : process_table_get_process (self->processes, process_id);
      stack.user_epoch = image_table_get_epoch (self->images, stack.process);
    }
  return stack_table_intern (self->stacks, &stack);
}

/* Adds the part to what the row's stack has already. */
static void
add_part (StackMatcher *self, guint32 row, gboolean is_free, guint32 part, gboolean is_kernel_part,
          gboolean has_user_frames, guint32 process_id, gint64 time_ns)
{
  if (row == ADDRESS_ROW_NONE || (is_free && !self->intervals->free_stack))
    return;
  guint32 stack = is_free ? self->intervals->free_stack[row] : interval_table_get_stack (self->intervals, row);
  stack = extend_stack (self, stack, part, is_kernel_part, has_user_frames, process_id, time_ns);
  if (is_free)
    self->intervals->free_stack[row] = stack;
  else
    interval_table_set_stack (self->intervals, row, stack);
}

static GArray *
get_waiting (StackMatcher *self, guint32 thread_id, gboolean is_to_be_made)
{
  guint32 row;
  if (id_map_get (&self->thread_rows, thread_id, &row))
    return g_array_index (self->waiting, GArray *, row);
  if (!is_to_be_made)
    return NULL;
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (WaitingPart));
  g_array_append_val (self->waiting, parts);
  id_map_set (&self->thread_rows, thread_id, self->waiting->len - 1);
  return parts;
}

static void
wait_for_user_part (StackMatcher *self, const StackTarget *target, const Record *record)
{
  /* Idle and System have no user mode. */
  if (target->row == ADDRESS_ROW_NONE || record->process_id == 0 || record->process_id == 4)
    return;
  GArray *parts = get_waiting (self, record->thread_id, TRUE);
  if (parts->len >= MAX_WAITING_PER_THREAD)
    {
      self->counters->values[IMPORT_STACK_PENDING_DROPPED] += parts->len / 2;
      g_array_remove_range (parts, 0, parts->len / 2);
    }
  WaitingPart part = { target->ticks, target->row, (target->flags & STACK_TARGET_IS_FREE) != 0 };
  /* By time; one from another processor may come a little late. */
  guint position = parts->len, reach = 64;
  while (position > 0 && reach-- > 0 && g_array_index (parts, WaitingPart, position - 1).ticks > part.ticks)
    position--;
  g_array_insert_val (parts, position, part);
}

/* Rule D: a user part completes all kernel parts of its thread that wait for one, from its own time on. */
static void
complete_waiting (StackMatcher *self, const Record *record, guint32 user, gint64 time_ns)
{
  GArray *parts = get_waiting (self, record->thread_id, FALSE);
  while (parts && parts->len)
    {
      const WaitingPart *part = &g_array_index (parts, WaitingPart, parts->len - 1);
      if (part->ticks < record->event_ticks)
        break;
      add_part (self, part->row, part->is_free, user, FALSE, TRUE, record->process_id, time_ns);
      g_array_set_size (parts, parts->len - 1);
    }
}

static void
attach_to_target (StackMatcher *self, StackTarget *target, const Record *record, guint32 part, gint64 time_ns)
{
  gboolean is_free = (target->flags & STACK_TARGET_IS_FREE) != 0;
  gboolean has_kernel = (record->flags & RECORD_FLAG_KERNEL) != 0, has_user = (record->flags & RECORD_FLAG_USER) != 0;
  gboolean is_waiting = (target->flags & STACK_TARGET_HAS_KERNEL) != 0;
  learn_thread (self, target, record);
  /* A user part whose kernel part waits for it gets there with all the others that wait. */
  if (has_kernel || !is_waiting)
    add_part (self, target->row, is_free, part, has_kernel, has_user, record->process_id, time_ns);
  if (has_kernel && !has_user && !(target->flags & STACK_TARGET_HAS_USER))
    wait_for_user_part (self, target, record);
  target->flags |= (guint8) ((has_kernel ? STACK_TARGET_HAS_KERNEL : 0) | (has_user ? STACK_TARGET_HAS_USER : 0));
}

/* Whether a user part from @ticks on would complete anything. */
static gboolean
is_waited_for (StackMatcher *self, guint32 thread_id, gint64 ticks)
{
  GArray *parts = get_waiting (self, thread_id, FALSE);
  return parts && parts->len && g_array_index (parts, WaitingPart, parts->len - 1).ticks >= ticks;
}

void
stack_matcher_add_fragment (StackMatcher *self, const Record *record, guint16 processor, gint64 time_ns)
{
  gboolean is_user_only = !(record->flags & RECORD_FLAG_KERNEL);
  StackTarget *target = find_target (self, record, processor);
  if (!target && !(is_user_only && is_waited_for (self, record->thread_id, record->event_ticks)))
    {
      self->counters->values[IMPORT_STACK_FRAGMENTS_UNMATCHED]++;
      return;
    }
  guint32 part = record->kind == RECORD_STACK
                   ? record->fragment
                   : stack_table_refer_to_key (self->stacks, record->key, is_user_only);
  if (target)
    attach_to_target (self, target, record, part, time_ns);
  if (is_user_only)
    complete_waiting (self, record, part, time_ns);
  self->counters->values[IMPORT_STACK_FRAGMENTS_ATTACHED]++;
}

guint32
stack_matcher_get_own_stack (StackMatcher *self, const Record *record, gint64 stack_ns)
{
  return extend_stack (self, POOL_STACK_NONE, record->fragment, TRUE, (record->flags & RECORD_FLAG_USER) != 0,
                       record->process_id, stack_ns);
}

/* An event with a whole stack takes no more fragments and need not be among the targets. */
void
stack_matcher_add_own_stack (StackMatcher *self, const Record *record, guint32 row, guint16 processor)
{
  self->counters->values[IMPORT_STACK_FRAGMENTS_ATTACHED]++;
  if (record->flags & RECORD_FLAG_USER)
    return;
  wait_for_user_part (self, stack_matcher_add_target (self, record, row, processor, STACK_TARGET_HAS_KERNEL), record);
}

void
stack_matcher_end_thread (StackMatcher *self, guint32 thread_id)
{
  GArray *parts = get_waiting (self, thread_id, FALSE);
  if (parts)
    g_array_set_size (parts, 0);
}
