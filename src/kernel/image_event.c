#include "kernel/image_event.h"

#include "kernel/kernel_layouts.h"
#include "kernel/stack_event.h"

enum
{
  HOOK_LOAD = 0x030A, /* the only one in the process group */
  HOOK_UNLOAD = 0x1402,
  HOOK_RUNDOWN_START = 0x1403,
  HOOK_RUNDOWN_END = 0x1404,
};

enum
{
  IDENTITY_OPCODE_FILE = 0x00,
  IDENTITY_OPCODE_NONE = 0x20,
  IDENTITY_OPCODE_RSDS = 0x24,
  IDENTITY_OPCODE_RSDS_NATIVE = 0x25,
  IDENTITY_OPCODE_PORTABLE_PDB = 0x26,
  IDENTITY_OPCODE_DETERMINISTIC = 0x28,
  IDENTITY_OPCODE_VERSION = 0x40,
};

/* {b3e675d7-2554-4f18-830b-2762732560de} */
static const guint8 identity_provider[16]
    = { 0xd7, 0x75, 0xe6, 0xb3, 0x54, 0x25, 0x18, 0x4f, 0x83, 0x0b, 0x27, 0x62, 0x73, 0x25, 0x60, 0xde };

gboolean
image_event_is_one (const EtlEvent *event)
{
  return event->hook == HOOK_LOAD || (event->hook >= HOOK_UNLOAD && event->hook <= HOOK_RUNDOWN_END);
}

static LifeKind
hook_get_life_kind (guint16 hook)
{
  switch (hook)
    {
    case HOOK_UNLOAD:
      return LIFE_END;
    case HOOK_RUNDOWN_START:
      return LIFE_RUNDOWN_START;
    case HOOK_RUNDOWN_END:
      return LIFE_RUNDOWN_END;
    default:
      return LIFE_START;
    }
}

/* Decodes @event, for which image_event_is_one() must hold.
 *
 * Returns: FALSE when its payload is too short. On TRUE @ret_image_event must be freed with
 * image_event_clear().
 */
gboolean
image_event_decode (const EtlEvent *event, ImageEvent *ret_image_event)
{
  const guint8 *bytes = event->payload.bytes;
  guint pointer_size = event->pointer_size;
  gsize fixed = event->version == 0   ? KERNEL_SIZE (image_v0, pointer_size)
                : event->version == 1 ? KERNEL_SIZE (image_v1, pointer_size)
                                      : KERNEL_SIZE (image_v2, pointer_size);
  if (event->payload.size < fixed)
    return FALSE;

  ImageEvent *self = ret_image_event;
  *self = (ImageEvent){ .kind = hook_get_life_kind (event->hook) };
  self->base_address = KERNEL_FIELD (image_v0, pointer_size, base_address, bytes);
  if (event->version == 0)
    {
      /* No process in the payload: kernel modules are recognised by their place. */
      self->size_bytes = KERNEL_FIELD (image_v0, pointer_size, size_bytes, bytes);
      if (!stack_address_is_kernel (self->base_address, pointer_size) && event->process_id != ETL_ID_UNKNOWN)
        self->process_id = event->process_id;
    }
  else
    {
      self->size_bytes = KERNEL_FIELD (image_v1, pointer_size, size_bytes, bytes);
      self->process_id = KERNEL_FIELD (image_v1, pointer_size, process_id, bytes);
    }
  if (event->version >= 2)
    {
      self->checksum = KERNEL_FIELD (image_v2, pointer_size, checksum, bytes);
      self->time_date_stamp = KERNEL_FIELD (image_v2, pointer_size, time_date_stamp, bytes);
    }
  self->path = byte_span_dup_utf16 (byte_span_tail (event->payload, fixed), NULL);
  return TRUE;
}

void
image_event_clear (ImageEvent *self)
{
  g_clear_pointer (&self->path, g_free);
}

/* Whether @event tells what an image file is; merging a trace adds these. */
gboolean
image_identity_event_is_one (const EtlEvent *event)
{
  return event->kind == ETL_HEADER_FULL && event->guid
         && memcmp (event->guid, identity_provider, sizeof identity_provider) == 0;
}

static gboolean
decode_file (const EtlEvent *event, ImageIdentityEvent *self)
{
  const guint8 *bytes = event->payload.bytes;
  guint pointer_size = event->pointer_size;
  gsize fixed = KERNEL_SIZE (identity_file, pointer_size);
  if (event->payload.size < fixed)
    return FALSE;
  self->kind = IMAGE_IDENTITY_FILE;
  self->base_address = KERNEL_FIELD (identity_file, pointer_size, base_address, bytes);
  self->size_bytes = KERNEL_FIELD (identity_file, pointer_size, size_bytes, bytes);
  self->process_id = KERNEL_FIELD (identity_file, pointer_size, process_id, bytes);
  self->time_date_stamp = KERNEL_FIELD (identity_file, pointer_size, time_date_stamp, bytes);
  self->name = byte_span_dup_utf16 (byte_span_tail (event->payload, fixed), NULL);
  return TRUE;
}

static gboolean
decode_rsds (const EtlEvent *event, ImageIdentityEvent *self)
{
  const guint8 *bytes = event->payload.bytes;
  guint pointer_size = event->pointer_size;
  gsize fixed = KERNEL_SIZE (identity_rsds, pointer_size);
  if (event->payload.size < fixed)
    return FALSE;
  self->kind = IMAGE_IDENTITY_RSDS;
  self->base_address = KERNEL_FIELD (identity_rsds, pointer_size, base_address, bytes);
  self->process_id = KERNEL_FIELD (identity_rsds, pointer_size, process_id, bytes);
  self->age = KERNEL_FIELD (identity_rsds, pointer_size, age, bytes);
  /* The GUID is the 16 bytes in front of the age. */
  memcpy (self->guid, bytes + fixed - sizeof (guint32) - sizeof self->guid, sizeof self->guid);
  self->name = byte_span_dup_string (byte_span_tail (event->payload, fixed), NULL);
  return TRUE;
}

/* Ten strings follow the numbers; the first is the original file name, the third the version. */
static gboolean
decode_version (const EtlEvent *event, ImageIdentityEvent *self)
{
  if (event->payload.size < identity_version_SIZE)
    return FALSE;
  ByteSpan strings = byte_span_tail (event->payload, identity_version_SIZE);
  gsize used;
  self->kind = IMAGE_IDENTITY_VERSION;
  self->size_bytes = identity_version_get_size_bytes (event->payload.bytes);
  self->time_date_stamp = identity_version_get_time_date_stamp (event->payload.bytes);
  self->name = byte_span_dup_utf16 (strings, &used);
  strings = byte_span_tail (strings, used);
  g_free (byte_span_dup_utf16 (strings, &used)); /* description */
  self->file_version = byte_span_dup_utf16 (byte_span_tail (strings, used), NULL);
  return TRUE;
}

static gboolean
decode_other (const EtlEvent *event, ImageIdentityEvent *self)
{
  guint pointer_size = event->pointer_size;
  if (event->payload.size < KERNEL_SIZE (identity_other, pointer_size))
    return FALSE;
  self->base_address = KERNEL_FIELD (identity_other, pointer_size, base_address, event->payload.bytes);
  self->process_id = KERNEL_FIELD (identity_other, pointer_size, process_id, event->payload.bytes);
  return TRUE;
}

/* Decodes @event, for which image_identity_event_is_one() must hold. Of kinds that are not known
 * only the kind is told.
 *
 * Returns: FALSE when its payload is too short. On TRUE @ret_identity_event must be freed with
 * image_identity_event_clear().
 */
gboolean
image_identity_event_decode (const EtlEvent *event, ImageIdentityEvent *ret_identity_event)
{
  *ret_identity_event = (ImageIdentityEvent){ .kind = IMAGE_IDENTITY_OTHER };
  switch (event->opcode)
    {
    case IDENTITY_OPCODE_FILE:
      return decode_file (event, ret_identity_event);
    case IDENTITY_OPCODE_RSDS:
      return decode_rsds (event, ret_identity_event);
    case IDENTITY_OPCODE_VERSION:
      return decode_version (event, ret_identity_event);
    case IDENTITY_OPCODE_NONE:
    case IDENTITY_OPCODE_RSDS_NATIVE:
    case IDENTITY_OPCODE_PORTABLE_PDB:
    case IDENTITY_OPCODE_DETERMINISTIC:
      return decode_other (event, ret_identity_event);
    default:
      return TRUE;
    }
}

void
image_identity_event_clear (ImageIdentityEvent *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->file_version, g_free);
}
