#include "kernel/process_event.h"

#include "kernel/kernel_layouts.h"

enum
{
  HOOK_PROCESS_START = 0x0301,
  HOOK_PROCESS_RUNDOWN_END = 0x0304,
  HOOK_PROCESS_DEFUNCT = 0x0327,
  HOOK_THREAD_START = 0x0501,
  HOOK_THREAD_RUNDOWN_END = 0x0504,
  HOOK_CONTEXT_SWITCH = 0x0524,
};

/* Of an opcode 1 to 4, the same in both groups. */
static LifeKind
opcode_get_life_kind (guint opcode)
{
  return (LifeKind) (LIFE_START + (opcode - 1));
}

gboolean
process_event_is_one (const EtlEvent *event)
{
  return (event->hook >= HOOK_PROCESS_START && event->hook <= HOOK_PROCESS_RUNDOWN_END)
         || event->hook == HOOK_PROCESS_DEFUNCT;
}

/* The length of the security identifier at the start of @span, with the TOKEN_USER structure in
 * front of it. Returns FALSE when it does not fit. */
static gboolean
measure_security_identifier (ByteSpan span, guint pointer_size, gsize *ret_size)
{
  if (span.size < 4)
    return FALSE;
  if (read_u32 (span.bytes) == 0)
    {
      *ret_size = 4;
      return TRUE;
    }
  gsize start = 2 * (gsize) pointer_size;
  if (span.size < start + 8)
    return FALSE;
  *ret_size = start + 8 + 4 * (gsize) span.bytes[start + 1];
  return *ret_size <= span.size;
}

static gsize
process_get_fixed_size (guint version, guint pointer_size)
{
  if (version == 0)
    return KERNEL_SIZE (process_v0, pointer_size);
  if (version <= 2)
    return KERNEL_SIZE (process_v1, pointer_size);
  if (version == 3)
    return KERNEL_SIZE (process_v3, pointer_size);
  return KERNEL_SIZE (process_v4, pointer_size);
}

/* Decodes @event, for which process_event_is_one() must hold.
 *
 * Returns: FALSE when its payload is too short. On TRUE @ret_process_event must be freed with
 * process_event_clear().
 */
gboolean
process_event_decode (const EtlEvent *event, ProcessEvent *ret_process_event)
{
  const guint8 *bytes = event->payload.bytes;
  guint pointer_size = event->pointer_size;
  gsize fixed = process_get_fixed_size (event->version, pointer_size), identifier, used;
  if (event->payload.size < fixed
      || !measure_security_identifier (byte_span_tail (event->payload, fixed), pointer_size, &identifier))
    return FALSE;

  ProcessEvent *self = ret_process_event;
  *self = (ProcessEvent){ .session = G_MAXUINT32 };
  self->kind = event->hook == HOOK_PROCESS_DEFUNCT ? LIFE_DEFUNCT : opcode_get_life_kind (event->hook & 0xFF);
  if (event->version == 0)
    {
      self->process_id = (guint32) KERNEL_FIELD (process_v0, pointer_size, process_id, bytes);
      self->parent_id = (guint32) KERNEL_FIELD (process_v0, pointer_size, parent_id, bytes);
    }
  else
    {
      self->process_id = KERNEL_FIELD (process_v1, pointer_size, process_id, bytes);
      self->parent_id = KERNEL_FIELD (process_v1, pointer_size, parent_id, bytes);
      self->session = KERNEL_FIELD (process_v1, pointer_size, session, bytes);
      self->exit_status = (gint32) KERNEL_FIELD (process_v1, pointer_size, exit_status, bytes);
    }
  ByteSpan strings = byte_span_tail (event->payload, fixed + identifier);
  self->image_name = byte_span_dup_string (strings, &used);
  if (event->version >= 2)
    {
      self->command_line = byte_span_dup_utf16 (byte_span_tail (strings, used), NULL);
      if (!*self->command_line)
        g_clear_pointer (&self->command_line, g_free);
    }
  return TRUE;
}

void
process_event_clear (ProcessEvent *self)
{
  g_clear_pointer (&self->image_name, g_free);
  g_clear_pointer (&self->command_line, g_free);
}

gboolean
thread_event_is_one (const EtlEvent *event)
{
  return event->hook >= HOOK_THREAD_START && event->hook <= HOOK_THREAD_RUNDOWN_END;
}

/* Decodes @event, for which thread_event_is_one() must hold.
 *
 * Returns: FALSE when its payload is too short; @ret_thread_event is undefined then.
 */
gboolean
thread_event_decode (const EtlEvent *event, ThreadEvent *ret_thread_event)
{
  const guint8 *bytes = event->payload.bytes;
  guint pointer_size = event->pointer_size;
  gsize fixed = event->version < 2    ? thread_v1_SIZE
                : event->version == 2 ? KERNEL_SIZE (thread_v2, pointer_size)
                                      : KERNEL_SIZE (thread_v3, pointer_size);
  if (event->payload.size < fixed)
    return FALSE;
  ThreadEvent *self = ret_thread_event;
  self->kind = opcode_get_life_kind (event->hook & 0xFF);
  gboolean is_v0 = event->version == 0;
  self->process_id = is_v0 ? thread_v0_get_process_id (bytes) : thread_v1_get_process_id (bytes);
  self->thread_id = is_v0 ? thread_v0_get_thread_id (bytes) : thread_v1_get_thread_id (bytes);
  self->sub_process_tag
      = event->version < 2 ? 0 : KERNEL_FIELD (thread_v2, pointer_size, sub_process_tag, bytes);
  return TRUE;
}

gboolean
context_switch_event_is_one (const EtlEvent *event)
{
  return event->hook == HOOK_CONTEXT_SWITCH;
}

/* Decodes @event, for which context_switch_event_is_one() must hold. Returns: FALSE when its payload
 * is too short; @ret_switch_event is undefined then. */
gboolean
context_switch_event_decode (const EtlEvent *event, ContextSwitchEvent *ret_switch_event)
{
  if (event->payload.size < context_switch_SIZE)
    return FALSE;
  ret_switch_event->new_thread_id = context_switch_get_new_thread_id (event->payload.bytes);
  ret_switch_event->old_thread_id = context_switch_get_old_thread_id (event->payload.bytes);
  return TRUE;
}
