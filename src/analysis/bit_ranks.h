/* A set of numbers below a limit, and for each the count of those before it: numbers what occurs, in its order,
 * without sorting. */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 *words;  /* (owned) */
  guint32 *before; /* (owned) (nullable): members in the words before each; there once it is counted */
  gsize n_words;
} BitRanks;

void bit_ranks_init (BitRanks *self, gsize limit);
void bit_ranks_clear (BitRanks *self);
/* To be called when all are added. Returns: how many there are. */
gsize bit_ranks_count (BitRanks *self);

/* Several threads may add at once. */
static inline void
bit_ranks_add (BitRanks *self, gsize number)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (number % 64);
  guint64 *word = &self->words[number / 64];
  if (!(__atomic_load_n (word, __ATOMIC_RELAXED) & bit))
    __atomic_fetch_or (word, bit, __ATOMIC_RELAXED);
}

/* How many members are below @number. */
static inline guint32
bit_ranks_get (const BitRanks *self, gsize number)
{
  guint64 below = self->words[number / 64] & ((G_GUINT64_CONSTANT (1) << (number % 64)) - 1);
  return self->before[number / 64] + (guint32) __builtin_popcountll (below);
}
