#include "analysis/bit_ranks.h"

/* How many bits of @word are set, where the compiler knows no instruction for it and would call a function. */
static inline guint
count_bits (guint64 word)
{
  word -= word >> 1 & 0x5555555555555555u;
  word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
  word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return (guint) (word * 0x0101010101010101u >> 56);
}

void
bit_ranks_init (BitRanks *self, gsize limit)
{
  *self = (BitRanks){ .n_words = limit / 64 + 1 };
  self->words = g_new0 (guint64, self->n_words);
}

void
bit_ranks_clear (BitRanks *self)
{
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->before, g_free);
}

void
bit_ranks_unite (BitRanks *self, const BitRanks *other)
{
  for (gsize i = 0; i < self->n_words; i++)
    self->words[i] |= other->words[i];
}

gsize
bit_ranks_count (BitRanks *self)
{
  gsize n = 0;
  self->before = g_new (guint32, self->n_words);
  for (gsize i = 0; i < self->n_words; i++)
    {
      self->before[i] = (guint32) n;
      n += count_bits (self->words[i]);
    }
  return n;
}

guint32
bit_ranks_get_rank (const BitRanks *self, gsize number)
{
  guint64 below = self->words[number / 64] & ((G_GUINT64_CONSTANT (1) << (number % 64)) - 1);
  return self->before[number / 64] + count_bits (below);
}

gsize
bit_ranks_get_member (const BitRanks *self, guint32 rank)
{
  gsize begin = 0, end = self->n_words;
  while (end - begin > 1)
    {
      gsize middle = begin + (end - begin) / 2;
      if (self->before[middle] <= rank)
        begin = middle;
      else
        end = middle;
    }
  guint64 word = self->words[begin];
  for (guint32 before = self->before[begin]; before < rank; before++)
    word &= word - 1;
  return begin * 64 + (gsize) __builtin_ctzll (word);
}

static inline __attribute__ ((always_inline)) void
translate (const BitRanks *self, guint32 *numbers, gsize n, gboolean has_instruction)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 number = numbers[i];
      if (number == G_MAXUINT32)
        continue;
      guint64 below = self->words[number / 64] & ((G_GUINT64_CONSTANT (1) << (number % 64)) - 1);
      guint n_below = has_instruction ? (guint) __builtin_popcountll (below) : count_bits (below);
      numbers[i] = self->before[number / 64] + n_below;
    }
}

#ifdef __x86_64__
/* Nearly all processors count bits by one instruction, but a program for all of them must not take it for granted. */
__attribute__ ((target ("popcnt"))) static void
translate_by_instruction (const BitRanks *self, guint32 *numbers, gsize n)
{
  translate (self, numbers, n, TRUE);
}
#endif

void
bit_ranks_translate (const BitRanks *self, guint32 *numbers, gsize n)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("popcnt"))
    translate_by_instruction (self, numbers, n);
  else
    translate (self, numbers, n, FALSE);
#else
  translate (self, numbers, n, TRUE);
#endif
}
