#include "analysis/bit_ranks.h"

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
      n += bit_ranks_count_word (self->words[i]);
    }
  return n;
}
