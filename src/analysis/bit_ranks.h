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

/* How many members are before @number, which is the limit at most. */
guint32 bit_ranks_get_rank (const BitRanks *self, gsize number);
/* The member that has @rank, of those there are, before it. */
gsize bit_ranks_get_member (const BitRanks *self, guint32 rank);

/* The first member from @number on, if there is one. */
static inline gsize
bit_ranks_find (const BitRanks *self, gsize number)
{
  gsize i = number / 64;
  guint64 word = self->words[i] & (G_MAXUINT64 << (number % 64));
  while (word == 0 && i + 1 < self->n_words)
    word = self->words[++i];
  return i * 64 + (word != 0 ? (gsize) __builtin_ctzll (word) : 0);
}

/* Puts in the place of each of @numbers (array length=n), which are members or G_MAXUINT32, how many members are before
 * it; G_MAXUINT32 stays. */
void bit_ranks_translate (const BitRanks *self, guint32 *numbers, gsize n);
