#include "kernel/system_event.h"

#include "kernel/kernel_layouts.h"

enum
{
  HOOK_GROUP_MASKS = 0x0005,
  HOOK_GROUP_MASKS_END = 0x0020,
  HOOK_RUNDOWN_BEGIN = 0x0030,
  HOOK_BUILD_LAB = 0x0042,
  HOOK_PROCESSORS = 0x0B0A,
  HOOK_SERVICE = 0x0B0F,
  HOOK_PROCESSOR_NAME = 0x0B23,
};

enum
{
  CONFIGURATION_OPCODE_BUILD = 0x20,
  CONFIGURATION_OPCODE_VOLUME = 0x23,
  LOST_OPCODE_EVENT = 32,
  LOST_OPCODE_FILE = 34,
};

/* The bit of pool tracing in the second of the eight group masks. */
#define GROUP_MASK_1_POOL 0x40u
/* Versions of the service event before Windows Vista have another layout and no tag. */
#define SERVICE_FIRST_VERSION 2

/* {9b79ee91-b5fd-41c0-a243-4248e266e9d0}: build and volumes, which merging adds */
static const guint8 configuration_provider[16]
    = { 0x91, 0xee, 0x79, 0x9b, 0xfd, 0xb5, 0xc0, 0x41, 0xa2, 0x43, 0x42, 0x48, 0xe2, 0x66, 0xe9, 0xd0 };
/* {6a399ae0-4bc6-4de9-870b-3657f8947e7e}: losses noticed while recording */
static const guint8 lost_provider[16]
    = { 0xe0, 0x9a, 0x39, 0x6a, 0xc6, 0x4b, 0xe9, 0x4d, 0x87, 0x0b, 0x36, 0x57, 0xf8, 0x94, 0x7e, 0x7e };

static gboolean
event_is_of (const EtlEvent *event, const guint8 *provider)
{
  return event->kind == ETL_HEADER_FULL && event->guid && memcmp (event->guid, provider, 16) == 0;
}

static gboolean
event_is_configuration (const EtlEvent *event)
{
  return (event->opcode == CONFIGURATION_OPCODE_BUILD || event->opcode == CONFIGURATION_OPCODE_VOLUME)
         && event_is_of (event, configuration_provider);
}

static gboolean
event_is_lost (const EtlEvent *event)
{
  return event->opcode >= LOST_OPCODE_EVENT && event->opcode <= LOST_OPCODE_FILE
         && event_is_of (event, lost_provider);
}

gboolean
system_event_is_one (const EtlEvent *event)
{
  switch (event->hook)
    {
    case HOOK_GROUP_MASKS:
    case HOOK_GROUP_MASKS_END:
    case HOOK_RUNDOWN_BEGIN:
    case HOOK_BUILD_LAB:
    case HOOK_PROCESSORS:
    case HOOK_PROCESSOR_NAME:
      return TRUE;
    case HOOK_SERVICE:
      return event->version >= SERVICE_FIRST_VERSION;
    default:
      return event_is_configuration (event) || event_is_lost (event);
    }
}

/* Copies two UTF-16 strings that follow each other from @offset on; the second is NULL when the
 * payload ends behind the first. */
static void
read_two_texts (const EtlEvent *event, gsize offset, SystemEvent *self)
{
  ByteSpan rest = byte_span_tail (event->payload, offset);
  gsize used;
  self->text = byte_span_dup_utf16 (rest, &used);
  rest = byte_span_tail (rest, used);
  if (rest.size >= 2)
    self->text2 = byte_span_dup_utf16 (rest, NULL);
}

/* Copies a text in a field of fixed length, from @start to the end of the character at @last. */
static char *
read_fixed_text (const EtlEvent *event, gsize start, gsize last)
{
  return byte_span_dup_utf16 ((ByteSpan){ event->payload.bytes + start, last + 2 - start }, NULL);
}

static gboolean
decode_configuration (const EtlEvent *event, SystemEvent *self)
{
  gsize fixed = 0;
  self->kind = SYSTEM_EVENT_VOLUME;
  if (event->opcode == CONFIGURATION_OPCODE_BUILD)
    {
      self->kind = SYSTEM_EVENT_BUILD;
      fixed = build_SIZE;
    }
  if (event->payload.size < fixed + 2)
    return FALSE;
  read_two_texts (event, fixed, self);
  return TRUE;
}

static gboolean
decode_processors (const EtlEvent *event, SystemEvent *self)
{
  const guint8 *bytes = event->payload.bytes;
  if (event->payload.size < processors_SIZE)
    return FALSE;
  self->kind = SYSTEM_EVENT_PROCESSORS;
  self->mhz = processors_get_mhz (bytes);
  self->n_processors = processors_get_n_processors (bytes);
  self->memory_mib = processors_get_memory_mib (bytes);
  self->page_size_bytes = processors_get_page_size_bytes (bytes);
  self->text = read_fixed_text (event, COMPUTER_NAME_FIRST, COMPUTER_NAME_LAST);
  return TRUE;
}

static gboolean
decode_service (const EtlEvent *event, SystemEvent *self)
{
  const guint8 *bytes = event->payload.bytes;
  if (event->payload.size < service_SIZE)
    return FALSE;
  self->kind = SYSTEM_EVENT_SERVICE;
  self->service_process_id = service_get_process_id (bytes);
  self->sub_process_tag = service_get_sub_process_tag (bytes);
  read_two_texts (event, service_SIZE, self);
  return TRUE;
}

/* Decodes @event, for which system_event_is_one() must hold.
 *
 * Returns: FALSE when its payload is too short. On TRUE @ret_system_event must be freed with
 * system_event_clear().
 */
gboolean
system_event_decode (const EtlEvent *event, SystemEvent *ret_system_event)
{
  SystemEvent *self = ret_system_event;
  *self = (SystemEvent){ .kind = SYSTEM_EVENT_LOST };
  switch (event->hook)
    {
    case HOOK_GROUP_MASKS:
    case HOOK_GROUP_MASKS_END:
      if (event->payload.size < group_masks_SIZE)
        return FALSE;
      self->kind = SYSTEM_EVENT_GROUP_MASKS;
      self->pool_was_on = (group_masks_get_mask_1 (event->payload.bytes) & GROUP_MASK_1_POOL) != 0;
      return TRUE;
    case HOOK_RUNDOWN_BEGIN:
      self->kind = SYSTEM_EVENT_RUNDOWN_START;
      return TRUE;
    case HOOK_BUILD_LAB:
      if (event->payload.size == 0)
        return FALSE;
      self->kind = SYSTEM_EVENT_BUILD;
      self->text = byte_span_dup_string (event->payload, NULL);
      return TRUE;
    case HOOK_PROCESSORS:
      return decode_processors (event, self);
    case HOOK_PROCESSOR_NAME:
      if (event->payload.size < processor_name_SIZE)
        return FALSE;
      self->kind = SYSTEM_EVENT_PROCESSOR_NAME;
      self->mhz = processor_name_get_mhz (event->payload.bytes);
      self->text = read_fixed_text (event, PROCESSOR_NAME_FIRST, PROCESSOR_NAME_LAST);
      return TRUE;
    case HOOK_SERVICE:
      return decode_service (event, self);
    default:
      if (event_is_configuration (event))
        return decode_configuration (event, self);
      self->lost_opcode = event->opcode;
      return TRUE;
    }
}

void
system_event_clear (SystemEvent *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->text2, g_free);
}
