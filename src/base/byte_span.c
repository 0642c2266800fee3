#include "base/byte_span.h"

/* Copies the NUL-terminated UTF-16LE string at the start of @span.
 *
 * A string that runs to the end of the span without a NUL is taken as it is; unpaired
 * surrogates become U+FFFD. @ret_used (nullable) receives the bytes taken, NUL included.
 *
 * Returns: (transfer full): valid UTF-8, never NULL.
 */
char *
byte_span_dup_utf16 (ByteSpan span, gsize *ret_used)
{
  GString *text = g_string_new (NULL);
  gsize n_units = span.size / 2, used = 0;
  while (used < n_units)
    {
      gunichar unit = read_u16 (span.bytes + 2 * used++);
      if (unit == 0)
        break;
      if (unit >= 0xD800 && unit < 0xE000)
        {
          guint low = unit < 0xDC00 && used < n_units ? read_u16 (span.bytes + 2 * used) : 0;
          if (low >= 0xDC00 && low < 0xE000)
            {
              unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
              used++;
            }
          else
            unit = 0xFFFD;
        }
      g_string_append_unichar (text, unit);
    }
  if (ret_used)
    *ret_used = 2 * used;
  return g_string_free (text, FALSE);
}

/* Copies the NUL-terminated 8-bit string at the start of @span; see byte_span_dup_utf16() for
 * missing terminators and @ret_used. Bytes that are no UTF-8 are replaced.
 *
 * Returns: (transfer full): valid UTF-8, never NULL.
 */
char *
byte_span_dup_string (ByteSpan span, gsize *ret_used)
{
  const guint8 *end = span.size ? memchr (span.bytes, 0, span.size) : NULL;
  gsize length = end ? (gsize) (end - span.bytes) : span.size;
  if (ret_used)
    *ret_used = length + (end ? 1 : 0);
  return g_utf8_make_valid (length ? (const char *) span.bytes : "", (gssize) length);
}
