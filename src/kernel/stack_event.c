#include "kernel/stack_event.h"

enum
{
  HOOK_KEY_DELETE = 0x1823,
  HOOK_KEY_RUNDOWN = 0x1824,
  HOOK_KEY_KERNEL = 0x1825,
  HOOK_KEY_USER = 0x1826,
};

gboolean
stack_event_is_one (const EtlEvent *event)
{
  return event->hook == STACK_HOOK_FRAMES || (event->hook >= HOOK_KEY_DELETE && event->hook <= HOOK_KEY_USER);
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
      stack_event_read_frames (event, fixed, trace_pointer_size, self);
      return TRUE;
    }
  if (event->hook == STACK_HOOK_FRAMES)
    return stack_event_decode_frames (event, trace_pointer_size, self);
  if (event->payload.size < KERNEL_SIZE (stack_key, pointer_size))
    return FALSE;
  self->event_ticks = (gint64) stack_frames_get_event_ticks (bytes);
  self->process_id = stack_frames_get_process_id (bytes);
  self->thread_id = stack_frames_get_thread_id (bytes);
  self->kind = event->hook == HOOK_KEY_KERNEL ? STACK_EVENT_KEY_KERNEL : STACK_EVENT_KEY_USER;
  self->key = KERNEL_FIELD (stack_key, pointer_size, key, bytes);
  self->frames = NULL;
  self->n_frames = 0;
  self->pointer_size = pointer_size;
  self->begins_in_kernel = event->hook == HOOK_KEY_KERNEL;
  self->ends_in_user = event->hook == HOOK_KEY_USER;
  return TRUE;
}
