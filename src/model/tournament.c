#include "model/tournament.h"

#define FIRST_N_PLACES 4

void
tournament_init (Tournament *self)
{
  self->n_places = FIRST_N_PLACES;
  self->winners = g_new (TournamentKey, 2 * FIRST_N_PLACES);
  for (guint32 match = 0; match < 2 * FIRST_N_PLACES; match++)
    self->winners[match] = TOURNAMENT_NO_KEY;
}

void
tournament_clear (Tournament *self)
{
  g_clear_pointer (&self->winners, g_free);
}

void
tournament_grow (Tournament *self)
{
  guint32 n_old = self->n_places, n_places = 2 * n_old;
  TournamentKey *winners = g_new (TournamentKey, 2 * (gsize) n_places);
  winners[0] = TOURNAMENT_NO_KEY;
  for (guint32 place = 0; place < n_places; place++)
    winners[n_places + place] = place < n_old ? self->winners[n_old + place] : TOURNAMENT_NO_KEY;
  for (guint32 match = n_places - 1; match >= 1; match--)
    winners[match] = tournament_key_min (winners[2 * match], winners[2 * match + 1]);
  g_free (self->winners);
  self->winners = winners;
  self->n_places = n_places;
}
