#include "sample/xpress_compressor.h"

#include "sample/etl_payload.h"

/* XPRESS plain LZ77, the form ETL files use. A 32-bit word of flags precedes what its bits, highest
 * first, announce: 0 a literal byte, 1 a match of 13 bits distance and 3 bits length, longer lengths
 * going on in half bytes, bytes and words. */

enum
{
  WINDOW_BYTES = 8192,
  MINIMUM_MATCH = 3,
  HASH_BITS = 13,
};

typedef struct
{
  GByteArray *output;
  guint flags_offset; /* where the current word of flags goes */
  guint32 flags;      /* those collected, the newest in bit 0 */
  guint n_flags;
  guint nibble_offset; /* a byte whose high half is still free; 0 for none */
} XpressCompressor;

static void
begin_flags (XpressCompressor *self)
{
  self->flags_offset = self->output->len;
  self->flags = 0;
  self->n_flags = 0;
  etl_payload_u32 (self->output, 0);
}

static void
add_flag (XpressCompressor *self, gboolean is_match)
{
  self->flags = self->flags << 1 | (is_match ? 1 : 0);
  self->n_flags++;
  if (self->n_flags < 32)
    return;
  etl_store_u32 (self->output->data + self->flags_offset, self->flags);
  begin_flags (self);
}

static void
add_nibble (XpressCompressor *self, guint8 nibble)
{
  if (self->nibble_offset != 0)
    {
      self->output->data[self->nibble_offset] |= (guint8)(nibble << 4);
      self->nibble_offset = 0;
      return;
    }
  self->nibble_offset = self->output->len;
  etl_payload_u8 (self->output, nibble);
}

static void
add_match (XpressCompressor *self, gsize distance, gsize length)
{
  gsize rest = length - MINIMUM_MATCH;
  etl_payload_u16 (self->output, (guint16)((distance - 1) << 3 | MIN (rest, 7)));
  if (rest < 7)
    return;
  add_nibble (self, (guint8)MIN (rest - 7, 15));
  if (rest < 22)
    return;
  if (rest - 22 < 255)
    {
      etl_payload_u8 (self->output, (guint8)(rest - 22));
      return;
    }
  etl_payload_u8 (self->output, 255);
  if (rest <= 0xFFFF)
    {
      etl_payload_u16 (self->output, (guint16)rest);
      return;
    }
  etl_payload_u16 (self->output, 0);
  etl_payload_u32 (self->output, (guint32)rest);
}

static guint
hash_three (const guint8 *bytes)
{
  guint32 value = (guint32)bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16;
  return (value * 2654435761u) >> (32 - HASH_BITS);
}

static gsize
match_length (const guint8 *input, gsize n_bytes, gsize older, gsize newer)
{
  gsize length = 0;
  while (newer + length < n_bytes && input[older + length] == input[newer + length])
    length++;
  return length;
}

/* Compresses @input greedily: the newest earlier place with the same three bytes is the only candidate.
 *
 * Returns: (transfer full): the stream, never longer than the input by more than an eighth and 8 bytes.
 */
GByteArray *
xpress_compress (const guint8 *input, gsize n_bytes)
{
  XpressCompressor self = { .output = g_byte_array_sized_new ((guint)n_bytes / 2 + 16) };
  g_autofree gsize *newest = g_new0 (gsize, 1u << HASH_BITS); /* position + 1; 0 for none */
  begin_flags (&self);
  gsize position = 0;
  while (position < n_bytes)
    {
      gsize length = 0, distance = 0;
      if (n_bytes - position >= MINIMUM_MATCH)
        {
          guint hash = hash_three (input + position);
          if (newest[hash] != 0 && position - (newest[hash] - 1) <= WINDOW_BYTES)
            {
              distance = position - (newest[hash] - 1);
              length = match_length (input, n_bytes, position - distance, position);
            }
          newest[hash] = position + 1;
        }
      /* The flag follows its item, so that a full word starts a new one after the item's bytes. */
      if (length >= MINIMUM_MATCH)
        {
          add_match (&self, distance, length);
          add_flag (&self, TRUE);
          position += length;
        }
      else
        {
          etl_payload_u8 (self.output, input[position++]);
          add_flag (&self, FALSE);
        }
    }
  guint32 unused = 32 - self.n_flags;
  guint32 flags = unused == 32 ? 0xFFFFFFFFu : self.flags << unused | ((1u << unused) - 1);
  etl_store_u32 (self.output->data + self.flags_offset, flags);
  return self.output;
}
