#include "sample/etl_writer.h"

#include "sample/etl_payload.h"

/* Type bytes of the 32-bit and the 64-bit form of each kind of header. */
static const guint8 header_types[][2] = {
  [ETL_HEADER_SYSTEM] = { 0x01, 0x02 },   [ETL_HEADER_COMPACT] = { 0x03, 0x04 },
  [ETL_HEADER_PERFINFO] = { 0x10, 0x11 }, [ETL_HEADER_FULL] = { 0x0A, 0x14 },
  [ETL_HEADER_INSTANCE] = { 0x0B, 0x15 }, [ETL_HEADER_EVENT] = { 0x12, 0x13 },
};

static void
store_guid (guint8 *at, const EtlGuid *guid)
{
  if (guid == NULL)
    {
      memset (at, 0, 16);
      return;
    }
  etl_store_u32 (at, guid->data1);
  etl_store_u16 (at + 4, guid->data2);
  etl_store_u16 (at + 6, guid->data3);
  memcpy (at + 8, guid->data4, 8);
}

static guint8
type_byte (const EtlEvent *event, guint pointer_size)
{
  if (event->kind == ETL_HEADER_OTHER)
    return event->other_type;
  return header_types[event->kind][pointer_size == 8];
}

/* SYSTEM, COMPACT and PERFINFO: the length at 4, the hook at 6, counters between header and payload. */
static gsize
encode_kernel_header (const EtlEvent *event, guint pointer_size, guint8 *at)
{
  guint16 version = (guint16)(event->version | (event->has_pebs ? 0x8000 : 0) | (event->n_counters & 7) << 8);
  etl_store_u16 (at, version);
  at[2] = type_byte (event, pointer_size);
  at[3] = 0xC0;
  etl_store_u16 (at + 6, event->hook);
  gsize length = 0x10;
  if (event->kind == ETL_HEADER_PERFINFO)
    etl_store_u64 (at + 8, (guint64)event->ticks);
  else
    {
      etl_store_u32 (at + 8, event->thread_id);
      etl_store_u32 (at + 0xC, event->process_id);
      etl_store_u64 (at + 0x10, (guint64)event->ticks);
      length = 0x18;
    }
  if (event->kind == ETL_HEADER_SYSTEM)
    {
      etl_store_u32 (at + 0x18, event->kernel_time);
      etl_store_u32 (at + 0x1C, event->user_time);
      length = 0x20;
    }
  guint n_counters = (event->n_counters & 7) + (event->has_pebs ? 1 : 0);
  for (guint i = 0; i < n_counters; i++, length += 8)
    etl_store_u64 (at + length, 0x1122334455667700u + i);
  return length;
}

/* What FULL, INSTANCE and EVENT headers have in common. */
static void
encode_guid_header (const EtlEvent *event, guint pointer_size, guint8 *at)
{
  at[2] = type_byte (event, pointer_size);
  at[3] = 0xC0;
  etl_store_u32 (at + 8, event->thread_id);
  etl_store_u32 (at + 0xC, event->process_id);
  etl_store_u64 (at + 0x10, (guint64)event->ticks);
  store_guid (at + 0x18, event->guid);
}

static gsize
encode_full_header (const EtlEvent *event, guint pointer_size, guint8 *at)
{
  encode_guid_header (event, pointer_size, at);
  at[4] = (guint8)event->hook;
  at[5] = event->level;
  etl_store_u16 (at + 6, event->version);
  etl_store_u32 (at + 0x28, event->kernel_time);
  etl_store_u32 (at + 0x2C, event->user_time);
  if (event->kind == ETL_HEADER_FULL)
    return 0x30;
  etl_store_u32 (at + 0x30, 1);
  etl_store_u32 (at + 0x34, 0);
  store_guid (at + 0x38, NULL);
  return 0x48;
}

static gsize
encode_event_header (const EtlEvent *event, guint pointer_size, guint8 *at)
{
  encode_guid_header (event, pointer_size, at);
  guint16 flags = (guint16)(event->flags | (event->n_items > 0 ? 1 : 0) | (pointer_size == 8 ? 0x40 : 0x20));
  etl_store_u16 (at + 4, flags);
  etl_store_u16 (at + 6, event->property);
  etl_store_u16 (at + 0x28, event->event_id);
  at[0x2A] = (guint8)event->version;
  at[0x2B] = event->channel;
  at[0x2C] = event->level;
  at[0x2D] = (guint8)event->hook;
  etl_store_u16 (at + 0x2E, event->task);
  etl_store_u64 (at + 0x30, event->keyword);
  etl_store_u32 (at + 0x38, event->kernel_time);
  etl_store_u32 (at + 0x3C, event->user_time);
  store_guid (at + 0x40, NULL);
  gsize length = 0x50;
  for (guint i = 0; i < event->n_items; i++)
    {
      const EtlExtendedItem *item = &event->items[i];
      gsize item_bytes = (8u + item->n_bytes + 7u) & ~(gsize)7;
      memset (at + length, 0, item_bytes);
      etl_store_u16 (at + length, (guint16)item_bytes);
      etl_store_u16 (at + length + 2, item->type);
      etl_store_u16 (at + length + 4, i + 1 < event->n_items);
      etl_store_u16 (at + length + 6, item->n_bytes);
      memcpy (at + length + 8, item->data, item->n_bytes);
      length += item_bytes;
    }
  return length;
}

/* WPP: the hook is the message number; sequence, GUID, time and ids stand there as the flags say. */
static gsize
encode_wpp_header (const EtlEvent *event, guint8 *at)
{
  guint16 flags = (guint16)(event->flags | (event->guid != NULL ? 0x2 : 0));
  at[2] = 0;
  at[3] = 0x90;
  etl_store_u16 (at + 4, event->hook);
  etl_store_u16 (at + 6, flags);
  gsize length = 8;
  if (flags & 0x1)
    {
      etl_store_u32 (at + length, 1);
      length += 4;
    }
  if (flags & 0x2)
    {
      store_guid (at + length, event->guid);
      length += 16;
    }
  if (flags & 0x8)
    {
      etl_store_u64 (at + length, (guint64)event->ticks);
      length += 8;
    }
  if (flags & 0x20)
    {
      etl_store_u32 (at + length, event->thread_id);
      etl_store_u32 (at + length + 4, event->process_id);
      length += 8;
    }
  return length;
}

/* The longest header of @event in bytes, what stands before the payload included. */
static gsize
header_bound (const EtlEvent *event)
{
  gsize bound = 0x50 + 8 * 8;
  for (guint i = 0; i < event->n_items; i++)
    bound += 16u + event->items[i].n_bytes;
  return bound;
}

static gsize
encode_header (const EtlEvent *event, guint pointer_size, guint8 *at)
{
  switch (event->kind)
    {
    case ETL_HEADER_FULL:
    case ETL_HEADER_INSTANCE:
      return encode_full_header (event, pointer_size, at);
    case ETL_HEADER_EVENT:
      return encode_event_header (event, pointer_size, at);
    case ETL_HEADER_WPP_MESSAGE:
      return encode_wpp_header (event, at);
    case ETL_HEADER_ULONG32_TIME:
      at[2] = (guint8)event->hook;
      at[3] = 0xB0;
      etl_store_u32 (at + 4, 0);
      etl_store_u64 (at + 8, (guint64)event->ticks);
      return 0x10;
    case ETL_HEADER_OTHER:
      at[2] = event->other_type;
      at[3] = 0xC0;
      etl_store_u32 (at + 4, 0);
      return 8;
    case ETL_HEADER_DEFAULT:
    case ETL_HEADER_SYSTEM:
    case ETL_HEADER_COMPACT:
    case ETL_HEADER_PERFINFO:
    default:
      return encode_kernel_header (event, pointer_size, at);
    }
}

/* Writes @event with @n_bytes of @payload to @output, which has @space bytes.
 *
 * Returns: the event's length in bytes, or 0 when @space is too small.
 */
gsize
etl_event_encode (const EtlEvent *event, guint pointer_size, const void *payload, gsize n_bytes,
                  guint8 *output, gsize space)
{
  EtlEvent known = *event;
  if (known.kind == ETL_HEADER_DEFAULT)
    known.kind = ETL_HEADER_SYSTEM;
  guint8 small_header[0x50 + 8 * 8];
  gsize bound = header_bound (&known);
  g_autofree guint8 *large_header = bound > sizeof small_header ? g_malloc (bound) : NULL;
  guint8 *header = large_header != NULL ? large_header : small_header;
  gsize header_bytes
      = encode_header (&known, event->pointer_size != 0 ? event->pointer_size : pointer_size, header);
  gsize total = header_bytes + n_bytes;
  if (total > space)
    return 0;
  g_assert (total <= G_MAXUINT16);
  gboolean is_kernel_header = known.kind <= ETL_HEADER_PERFINFO;
  etl_store_u16 (header + (is_kernel_header ? 4 : 0), (guint16)total);
  memcpy (output, header, header_bytes);
  if (n_bytes > 0)
    memcpy (output + header_bytes, payload, n_bytes);
  return total;
}
