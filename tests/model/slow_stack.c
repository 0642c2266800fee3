/* Which fragments make the stack of an event. */
#include "slow_work.h"

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

void
slow_stacks_attach (Work *work)
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

char *
slow_stack_describe (const Work *work, const Step *step)
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
