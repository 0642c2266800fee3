#include "etl/xpress.h"

typedef struct
{
  const guint8 *in, *in_end;
  guint8 *out, *out_start, *out_end;
  const guint8 *half_used; /* a byte whose high nibble is the next 4-bit length, or NULL */
} XpressState;

#define MATCH_MINIMUM 3
#define WIDE_COPY 8 /* bytes */

/* Reads the rest of a match length whose first three bits, all set, were in the match itself. */
static gboolean
read_long_length (XpressState *self, gsize *length)
{
  guint nibble;
  if (self->half_used)
    {
      nibble = *self->half_used >> 4;
      self->half_used = NULL;
    }
  else
    {
      if (self->in == self->in_end)
        return FALSE;
      self->half_used = self->in;
      nibble = *self->in++ & 15;
    }
  *length = 7 + nibble;
  if (nibble < 15)
    return TRUE;
  if (self->in == self->in_end)
    return FALSE;
  guint8 byte = *self->in++;
  *length = 7 + 15 + (gsize)byte;
  if (byte < 255)
    return TRUE;
  if (self->in_end - self->in < 2)
    return FALSE;
  guint32 whole = read_u16 (self->in);
  self->in += 2;
  if (whole == 0)
    {
      if (self->in_end - self->in < 4)
        return FALSE;
      whole = read_u32 (self->in);
      self->in += 4;
    }
  /* The wide forms hold the whole length and not what exceeds the narrow ones. */
  if (whole < 7 + 15)
    return FALSE;
  *length = whole;
  return TRUE;
}

/* Copies @length bytes from @distance bytes back; the two may overlap, which repeats a pattern. */
static inline void
copy_match (XpressState *self, gsize distance, gsize length)
{
  gsize room = (gsize)(self->out_end - self->out);
  length = MIN (length, room);
  guint8 *out = self->out, *end = out + length;
  const guint8 *from = out - distance;
  self->out = end;
  if (G_LIKELY (distance >= WIDE_COPY && room - length >= WIDE_COPY))
    {
      do
        {
          memcpy (out, from, WIDE_COPY);
          out += WIDE_COPY;
          from += WIDE_COPY;
        }
      while (out < end);
      return;
    }
  if (distance == 1)
    {
      memset (out, *from, length);
      return;
    }
  while (out < end)
    *out++ = *from++;
}

static gboolean
copy_one_match (XpressState *self)
{
  if (self->in_end - self->in < 2)
    return FALSE;
  guint16 match = read_u16 (self->in);
  self->in += 2;
  gsize length = match & 7, distance = (gsize)(match >> 3) + 1;
  if (length == 7 && !read_long_length (self, &length))
    return FALSE;
  if (distance > (gsize)(self->out - self->out_start))
    return FALSE;
  copy_match (self, distance, length + MATCH_MINIMUM);
  return TRUE;
}

static gboolean
copy_literals (XpressState *self, gsize n)
{
  gsize in_left = (gsize)(self->in_end - self->in), out_left = (gsize)(self->out_end - self->out);
  if (G_LIKELY (in_left >= 32 && out_left >= 32))
    {
      /* More than asked for is harmless: what follows overwrites it. */
      memcpy (self->out, self->in, 32);
    }
  else
    {
      if (in_left < MIN (n, out_left))
        {
          memcpy (self->out, self->in, in_left);
          self->out += in_left;
          return FALSE;
        }
      n = MIN (n, out_left);
      memcpy (self->out, self->in, n);
    }
  self->in += n;
  self->out += n;
  return TRUE;
}

/* Decompresses the start of @input until @output is full, @input ends, or it turns out to be damaged.
 *
 * Asking for less than the whole output is cheap: the work done is that of the bytes asked for.
 * The input that no output needs any more is not looked at.
 *
 * Returns: the bytes written to @output; fewer than @output_size when @input is damaged or cut.
 */
gsize
xpress_decompress (ByteSpan input, guint8 *output, gsize output_size)
{
  XpressState state = { .in = input.bytes,
                        .in_end = input.bytes + input.size,
                        .out = output,
                        .out_start = output,
                        .out_end = output + output_size };
  guint32 flags = 0;
  guint n_flags = 0;
  while (state.out < state.out_end)
    {
      if (n_flags == 0)
        {
          if (state.in_end - state.in < 4)
            break;
          flags = read_u32 (state.in);
          state.in += 4;
          n_flags = 32;
        }
      guint n_literals = flags ? (guint)__builtin_clz (flags) : n_flags;
      if (n_literals > 0)
        {
          if (!copy_literals (&state, n_literals))
            break;
          n_flags -= n_literals;
          flags = n_literals < 32 ? flags << n_literals : 0;
        }
      else
        {
          if (!copy_one_match (&state))
            break;
          n_flags--;
          flags <<= 1;
        }
    }
  return (gsize)(state.out - output);
}
