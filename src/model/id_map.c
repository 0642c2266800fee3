#include "model/id_map.h"

static void
allocate_slots (IdMap *self, guint32 n_slots)
{
  self->n_slots = n_slots;
  self->n_used = 0;
  self->keys = g_new (guint64, n_slots);
  self->values = g_new (guint32, n_slots);
  for (guint32 i = 0; i < n_slots; i++)
    self->keys[i] = ID_MAP_EMPTY_KEY;
}

/* Adds the pair, or replaces the value of @key. */
void
id_map_set (IdMap *self, guint64 key, guint32 value)
{
  if (self->n_used >= self->n_slots / 2)
    {
      IdMap old = *self;
      allocate_slots (self, MAX (64, old.n_slots * 2));
      for (guint32 i = 0; i < old.n_slots; i++)
        if (old.keys[i] != ID_MAP_EMPTY_KEY)
          id_map_set (self, old.keys[i], old.values[i]);
      id_map_clear (&old);
    }
  guint32 slot = id_map_find_slot (self, key);
  if (self->keys[slot] != key)
    self->n_used++;
  self->keys[slot] = key;
  self->values[slot] = value;
}

void
id_map_clear (IdMap *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->values, g_free);
  self->n_slots = self->n_used = 0;
}
