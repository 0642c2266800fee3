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
/* Adds all of @other, which has the same limit. */
void bit_ranks_unite (BitRanks *self, const BitRanks *other);
/* To be called when all are added. Returns: how many there are. */
gsize bit_ranks_count (BitRanks *self);

static inline void
bit_ranks_add (BitRanks *self, gsize number)
{
  self->words[number / 64] |= G_GUINT64_CONSTANT (1) << (number % 64);
}

/* How many bits of @word are set; without an instruction for it the compiler would call a function. */
static inline guint
bit_ranks_count_word (guint64 word)
{
  word -= word >> 1 & 0x5555555555555555u;
  word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
  word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return (guint) (word * 0x0101010101010101u >> 56);
}

/* How many members are below @number. */
static inline guint32
bit_ranks_get (const BitRanks *self, gsize number)
{
  guint64 below = self->words[number / 64] & ((G_GUINT64_CONSTANT (1) << (number % 64)) - 1);
  return self->before[number / 64] + bit_ranks_count_word (below);
}
