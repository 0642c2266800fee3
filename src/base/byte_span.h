/* A bounded view of bytes, and little-endian reads from it.
 *
 * All Windows trace and symbol formats are little-endian; the readers assume nothing about
 * alignment. Bounds are checked once, where a view is made (byte_span_slice); the raw readers
 * trust their caller.
 */
#pragma once

#include <glib.h>
#include <string.h>

typedef struct
{
  const guint8 *bytes;
  gsize size; /* bytes */
} ByteSpan;

static inline guint16
read_u16 (const guint8 *bytes)
{
  guint16 value;
  memcpy (&value, bytes, sizeof value);
  return GUINT16_FROM_LE (value);
}

static inline guint32
read_u32 (const guint8 *bytes)
{
  guint32 value;
  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static inline guint64
read_u64 (const guint8 *bytes)
{
  guint64 value;
  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

/* Reads a pointer of @pointer_size bytes, 4 or 8. */
static inline guint64
read_pointer (const guint8 *bytes, guint pointer_size)
{
  return pointer_size == 8 ? read_u64 (bytes) : read_u32 (bytes);
}

/* The part of @span from @offset, @size bytes long. Returns FALSE, and leaves @ret_slice alone,
 * when that part is not wholly inside. */
static inline gboolean
byte_span_slice (ByteSpan span, gsize offset, gsize size, ByteSpan *ret_slice)
{
  if (offset > span.size || size > span.size - offset)
    return FALSE;
  ret_slice->bytes = span.bytes + offset;
  ret_slice->size = size;
  return TRUE;
}

/* The part of @span from @offset to its end; empty when @offset lies behind the end. */
static inline ByteSpan
byte_span_tail (ByteSpan span, gsize offset)
{
  if (offset > span.size)
    offset = span.size;
  return (ByteSpan){ span.bytes + offset, span.size - offset };
}

char *byte_span_dup_utf16 (ByteSpan span, gsize *ret_used);
char *byte_span_dup_string (ByteSpan span, gsize *ret_used);
