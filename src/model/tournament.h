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
  TournamentKey *winners; /* (array length=2 * n_places) (owned): by match, [1] the last; from n_places on each place's key */
  guint32 n_places;       /* a power of two */
} Tournament;

void tournament_init (Tournament *self);
void tournament_clear (Tournament *self);
/* Doubles the number of places; the new ones have no key. */
void tournament_grow (Tournament *self);

static inline TournamentKey
tournament_key_min (TournamentKey a, TournamentKey b)
{
  return a.number < b.number ? a : b;
}

/* The smallest key. */
static inline TournamentKey
tournament_get_winner (const Tournament *self)
{
  return self->winners[1];
}

static inline void
tournament_set_key (Tournament *self, guint32 place, TournamentKey key)
{
  guint32 match = self->n_places + place;
  self->winners[match] = key;
  for (; match > 1; match /= 2)
    {
      key = tournament_key_min (key, self->winners[match ^ 1]);
      self->winners[match / 2] = key;
    }
}

/* The smallest key but that of @place, if @place has the smallest. */
static inline TournamentKey
tournament_get_second (const Tournament *self, guint32 place)
{
  TournamentKey second = TOURNAMENT_NO_KEY;
  for (guint32 match = self->n_places + place; match > 1; match /= 2)
    second = tournament_key_min (second, self->winners[match ^ 1]);
  return second;
}
