/* Finds the smallest of many keys over and over, each time with the smallest one replaced: a tree of
 * matches, in which replacing one key plays one match per level again. Which key wins is not to be guessed,
 * so the matches are written to need no branches.
 */
#pragma once

#include <glib.h>

/* Ordered by .high, then .low; all ones is a place without a key. */
typedef union
{
  struct
  {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
    guint64 low, high;
#else
    guint64 high, low;
#endif
  };
  unsigned __int128 number;
} TournamentKey;

#define TOURNAMENT_NO_KEY ((TournamentKey){ .number = ~(unsigned __int128) 0 })

typedef struct
{
  TournamentKey *keys; /* (array length=n_places) (owned) */
  guint32 *winners;    /* (array length=2 * n_places) (owned): by match, [1] the last; from n_places on each place */
  guint32 n_places;    /* a power of two */
} Tournament;

void tournament_init (Tournament *self);
void tournament_clear (Tournament *self);
/* Doubles the number of places; the new ones have no key. */
void tournament_grow (Tournament *self);

static inline guint32
tournament_get_winner (const Tournament *self)
{
  return self->winners[1];
}

static inline void
tournament_set_key (Tournament *self, guint32 place, TournamentKey key)
{
  guint32 winner = place;
  self->keys[place] = key;
  for (guint32 match = self->n_places + place; match > 1; match /= 2)
    {
      guint32 other = self->winners[match ^ 1];
      winner = self->keys[other].number < self->keys[winner].number ? other : winner;
      self->winners[match / 2] = winner;
    }
}

/* The smallest key but that of the winner. */
static inline TournamentKey
tournament_get_second (const Tournament *self)
{
  TournamentKey second = TOURNAMENT_NO_KEY;
  for (guint32 match = self->n_places + self->winners[1]; match > 1; match /= 2)
    {
      TournamentKey other = self->keys[self->winners[match ^ 1]];
      second = other.number < second.number ? other : second;
    }
  return second;
}
