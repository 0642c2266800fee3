#include "kernel/stack_event.h"

#include "kernel/kernel_layouts.h"

enum
{
  HOOK_FRAMES = 0x1820,
  HOOK_KEY_DELETE = 0x1823,
  HOOK_KEY_RUNDOWN = 0x1824,
  HOOK_KEY_KERNEL = 0x1825,
  HOOK_KEY_USER = 0x1826,
};

#define KERNEL_START_32 G_GUINT64_CONSTANT (0x80000000)
#define KERNEL_START_64 G_GUINT64_CONSTANT (0xFFFF800000000000)

gboolean
stack_address_is_kernel (guint64 address, guint pointer_size)
{
  return address >= (pointer_size == 8 ? KERNEL_START_64 : KERNEL_START_32);
}

gboolean
stack_event_is_one (const EtlEvent *event)
{
  return event->hook == HOOK_FRAMES || (event->hook >= HOOK_KEY_DELETE && event->hook <= HOOK_KEY_USER);
}

/* The frames of @event from @offset on; bytes at the end that make no whole address are left out. */
static void
read_frames (const EtlEvent *event, gsize offset, guint trace_pointer_size, StackEvent *self)
{
  guint pointer_size = event->pointer_size;
  self->pointer_size = pointer_size;
  self->frames = event->payload.bytes + offset;
  self->n_frames = (guint) ((event->payload.size - offset) / pointer_size);
  self->begins_in_kernel = self->ends_in_user = FALSE;
  if (self->n_frames == 0)
    return;
  const guint8 *last = self->frames + (gsize) (self->n_frames - 1) * pointer_size;
  self->begins_in_kernel
      = stack_address_is_kernel (read_pointer (self->frames, pointer_size), trace_pointer_size);
  self->ends_in_user = !stack_address_is_kernel (read_pointer (last, pointer_size), trace_pointer_size);
}

/* Decodes @event, for which stack_event_is_one() must hold. @trace_pointer_size, 4 or 8, tells kernel
 * addresses from user ones. The frames of @ret_stack_event stay in the payload of @event.
 *
 * Returns: FALSE when its payload is too short; @ret_stack_event is undefined then.
 */
gboolean
stack_event_decode (const EtlEvent *event, guint trace_pointer_size, StackEvent *ret_stack_event)
{
  const guint8 *bytes = event->payload.bytes;
  guint pointer_size = event->pointer_size;
  StackEvent *self = ret_stack_event;
  if (event->hook == HOOK_KEY_DELETE || event->hook == HOOK_KEY_RUNDOWN)
    {
      gsize fixed = KERNEL_SIZE (stack_definition, pointer_size);
      if (event->payload.size < fixed)
        return FALSE;
      *self = (StackEvent){ .kind = STACK_EVENT_KEY_DEFINITION, .process_id = ETL_ID_UNKNOWN,
                            .thread_id = ETL_ID_UNKNOWN,
                            .key = KERNEL_FIELD (stack_definition, pointer_size, key, bytes) };
      read_frames (event, fixed, trace_pointer_size, self);
      return TRUE;
    }
  gboolean is_key = event->hook != HOOK_FRAMES;
  if (event->payload.size < (is_key ? KERNEL_SIZE (stack_key, pointer_size) : stack_frames_SIZE))
    return FALSE;
  self->event_ticks = (gint64) stack_frames_get_event_ticks (bytes);
  self->process_id = stack_frames_get_process_id (bytes);
  self->thread_id = stack_frames_get_thread_id (bytes);
  if (!is_key)
    {
      self->kind = STACK_EVENT_FRAMES;
      self->key = 0;
      read_frames (event, stack_frames_SIZE, trace_pointer_size, self);
      return TRUE;
    }
  self->kind = event->hook == HOOK_KEY_KERNEL ? STACK_EVENT_KEY_KERNEL : STACK_EVENT_KEY_USER;
  self->key = KERNEL_FIELD (stack_key, pointer_size, key, bytes);
  self->frames = NULL;
  self->n_frames = 0;
  self->pointer_size = pointer_size;
  self->begins_in_kernel = event->hook == HOOK_KEY_KERNEL;
  self->ends_in_user = event->hook == HOOK_KEY_USER;
  return TRUE;
}
