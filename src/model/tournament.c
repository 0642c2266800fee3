#include "model/tournament.h"

#define FIRST_N_PLACES 4

static void
set_places (Tournament *self, guint32 n_places)
{
  guint32 n_old = self->n_places;
  self->n_places = n_places;
  self->keys = g_renew (TournamentKey, self->keys, n_places);
  self->winners = g_renew (guint32, self->winners, 2 * (gsize) n_places);
  for (guint32 place = n_old; place < n_places; place++)
    self->keys[place] = TOURNAMENT_NO_KEY;
  for (guint32 place = 0; place < n_places; place++)
    self->winners[n_places + place] = place;
  for (guint32 match = n_places - 1; match >= 1; match--)
    {
      guint32 left = self->winners[2 * match], right = self->winners[2 * match + 1];
      self->winners[match] = self->keys[right].number < self->keys[left].number ? right : left;
    }
}

void
tournament_init (Tournament *self)
{
  *self = (Tournament){ 0 };
  set_places (self, FIRST_N_PLACES);
}

void
tournament_clear (Tournament *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->winners, g_free);
}

void
tournament_grow (Tournament *self)
{
  set_places (self, 2 * self->n_places);
}
