/* Dense ids for 64-bit keys, in the order in which the keys first appear: an open-addressed hash table.
 *
 * The tree builder asks it once or more per interval, so the lookup is inline.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 *keys;      /* (array length=n) (owned): key by id */
  guint32 *slots;     /* (array length=n_slots) (owned): id + 1, or 0 */
  gsize n, capacity, n_slots; /* n_slots is a power of two */
} ValueIndex;

#define VALUE_INDEX_NONE G_MAXUINT32

void value_index_init (ValueIndex *self, gsize expected);
void value_index_clear (ValueIndex *self);
guint32 value_index_insert (ValueIndex *self, guint64 key, gsize slot);

static inline gsize
value_index_hash (const ValueIndex *self, guint64 key)
{
  guint64 mixed = (key ^ (key >> 32)) * 0x9e3779b97f4a7c15u;
  return (gsize) (mixed >> 29) & (self->n_slots - 1);
}

/* The id of @key, a new one when it has none yet. */
static inline guint32
value_index_add (ValueIndex *self, guint64 key)
{
  gsize slot = value_index_hash (self, key);
  while (self->slots[slot] != 0)
    {
      guint32 id = self->slots[slot] - 1;
      if (self->keys[id] == key)
        return id;
      slot = (slot + 1) & (self->n_slots - 1);
    }
  return value_index_insert (self, key, slot);
}

/* The id of @key or VALUE_INDEX_NONE. */
static inline guint32
value_index_find (const ValueIndex *self, guint64 key)
{
  for (gsize slot = value_index_hash (self, key); self->slots[slot] != 0;
       slot = (slot + 1) & (self->n_slots - 1))
    if (self->keys[self->slots[slot] - 1] == key)
      return self->slots[slot] - 1;
  return VALUE_INDEX_NONE;
}
