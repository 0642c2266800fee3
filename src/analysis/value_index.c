#include "analysis/value_index.h"

#include <string.h>

#define MINIMUM_SLOTS 64

/* An empty index with room for about @expected keys. */
void
value_index_init (ValueIndex *self, gsize expected)
{
  gsize n_slots = MINIMUM_SLOTS;
  while (n_slots / 2 < expected)
    n_slots *= 2;
  self->n = 0;
  self->capacity = n_slots / 2;
  self->n_slots = n_slots;
  self->keys = g_new (guint64, self->capacity);
  self->slots = g_new0 (guint32, n_slots);
}

void
value_index_clear (ValueIndex *self)
{
  g_free (self->keys);
  g_free (self->slots);
  memset (self, 0, sizeof *self);
}

static void
value_index_grow (ValueIndex *self)
{
  self->n_slots *= 2;
  self->capacity = self->n_slots / 2;
  self->keys = g_renew (guint64, self->keys, self->capacity);
  g_free (self->slots);
  self->slots = g_new0 (guint32, self->n_slots);
  for (gsize id = 0; id < self->n; id++)
    {
      gsize slot = value_index_hash (self, self->keys[id]);
      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = (guint32) id + 1;
    }
}

/* Puts @key, which has no id yet, into the free @slot that the search for it ended at. Returns its id. */
guint32
value_index_insert (ValueIndex *self, guint64 key, gsize slot)
{
  guint32 id = (guint32) self->n;
  self->slots[slot] = id + 1;
  self->keys[self->n++] = key;
  if (self->n == self->capacity)
    value_index_grow (self);
  return id;
}
