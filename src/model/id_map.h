/* A small open-addressing map from 64-bit keys to 32-bit values, for keys looked up once per event.
 * The key G_MAXUINT64 must not be used.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 *keys;   /* (array length=n_slots) (owned) */
  guint32 *values; /* (array length=n_slots) (owned) */
  guint32 n_slots, n_used;
} IdMap;

#define ID_MAP_EMPTY_KEY G_MAXUINT64

static inline guint32
id_map_find_slot (const IdMap *self, guint64 key)
{
  guint64 hash = key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  guint32 mask = self->n_slots - 1, slot = (guint32) (hash >> 32) & mask;
  while (self->keys[slot] != key && self->keys[slot] != ID_MAP_EMPTY_KEY)
    slot = (slot + 1) & mask;
  return slot;
}

static inline gboolean
id_map_get (const IdMap *self, guint64 key, guint32 *ret_value)
{
  if (self->n_slots == 0)
    return FALSE;
  guint32 slot = id_map_find_slot (self, key);
  if (self->keys[slot] != key)
    return FALSE;
  *ret_value = self->values[slot];
  return TRUE;
}

void id_map_set (IdMap *self, guint64 key, guint32 value);
void id_map_clear (IdMap *self);
