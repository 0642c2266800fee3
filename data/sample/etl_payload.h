#pragma once

#include <glib.h>
#include <string.h>

/* Little-endian bytes of an event's payload, appended one field after another to a GByteArray.
 * Trace files are little-endian whatever machine writes them. */

static inline void
etl_store_u16 (guint8 *at, guint16 value)
{
  value = GUINT16_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static inline void
etl_store_u32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static inline void
etl_store_u64 (guint8 *at, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static inline void
etl_payload_u8 (GByteArray *payload, guint8 value)
{
  g_byte_array_append (payload, &value, 1);
}

static inline void
etl_payload_u16 (GByteArray *payload, guint16 value)
{
  guint8 bytes[2];
  etl_store_u16 (bytes, value);
  g_byte_array_append (payload, bytes, sizeof bytes);
}

static inline void
etl_payload_u32 (GByteArray *payload, guint32 value)
{
  guint8 bytes[4];
  etl_store_u32 (bytes, value);
  g_byte_array_append (payload, bytes, sizeof bytes);
}

static inline void
etl_payload_u64 (GByteArray *payload, guint64 value)
{
  guint8 bytes[8];
  etl_store_u64 (bytes, value);
  g_byte_array_append (payload, bytes, sizeof bytes);
}

/* A pointer or size_t of the traced machine: @pointer_size is 4 or 8 bytes. */
static inline void
etl_payload_pointer (GByteArray *payload, guint pointer_size, guint64 value)
{
  if (pointer_size == 4)
    etl_payload_u32 (payload, (guint32)value);
  else
    etl_payload_u64 (payload, value);
}

static inline void
etl_payload_zeros (GByteArray *payload, gsize n_bytes)
{
  guint old_length = payload->len;
  g_byte_array_set_size (payload, old_length + (guint)n_bytes);
  memset (payload->data + old_length, 0, n_bytes);
}

/* A NUL-terminated 8-bit string; NULL is the empty one. */
static inline void
etl_payload_string8 (GByteArray *payload, const char *text)
{
  const char *bytes = text != NULL ? text : "";
  g_byte_array_append (payload, (const guint8 *)bytes, (guint)strlen (bytes) + 1);
}

/* A NUL-terminated UTF-16LE string made from UTF-8; NULL is the empty one. */
static inline void
etl_payload_string16 (GByteArray *payload, const char *text)
{
  glong n_units = 0;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text != NULL ? text : "", -1, NULL, &n_units, NULL);
  for (glong i = 0; units != NULL && i < n_units; i++)
    etl_payload_u16 (payload, units[i]);
  etl_payload_u16 (payload, 0);
}

/* @text in a field of exactly @n_units UTF-16 units, cut or filled with NUL. */
static inline void
etl_payload_fixed16 (GByteArray *payload, const char *text, guint n_units)
{
  guint start = payload->len;
  etl_payload_string16 (payload, text);
  guint end = start + 2 * n_units;
  if (payload->len > end)
    g_byte_array_set_size (payload, end);
  else
    etl_payload_zeros (payload, end - payload->len);
}
