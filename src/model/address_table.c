#include "model/address_table.h"

#include "model/pool_trace.h"

void
address_table_init (AddressTable *self, const U64Column *addresses, const U32Column *kinds,
                    const U32Column *kind_sessions)
{
  self->n_slots = 1 << 12;
  self->n_used = 0;
  self->rows = g_new0 (guint32, self->n_slots);
  self->hashes = g_new (guint32, self->n_slots);
  self->addresses = addresses;
  self->kinds = kinds;
  self->kind_sessions = kind_sessions;
}

void
address_table_clear (AddressTable *self)
{
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->hashes, g_free);
}

/* The session is no part of the hash, so that all keys of an address stand in one run of slots. */
static guint32
hash_address (guint64 address)
{
  address ^= address >> 33;
  address *= G_GUINT64_CONSTANT (0xFF51AFD7ED558CCD);
  address ^= address >> 33;
  return (guint32) address;
}

static guint32
session_of_row (const AddressTable *self, guint32 row)
{
  return self->kind_sessions->values[self->kinds->values[row]];
}

/* The slot of the key, or the empty one where it would go. */
static guint32
find_slot (const AddressTable *self, guint64 address, guint32 session)
{
  guint32 hash = hash_address (address), mask = self->n_slots - 1, slot = hash & mask;
  for (; self->rows[slot]; slot = (slot + 1) & mask)
    {
      guint32 row = self->rows[slot] - 1;
      if (self->hashes[slot] == hash && self->addresses->values[row] == address
          && session_of_row (self, row) == session)
        break;
    }
  return slot;
}

guint32
address_table_get (const AddressTable *self, guint64 address, guint32 session)
{
  return self->rows[find_slot (self, address, session)] - 1; /* 0 - 1 is ADDRESS_ROW_NONE */
}

guint32
address_table_find_live (const AddressTable *self, guint64 address, const I64Column *freed_ns)
{
  guint32 hash = hash_address (address), mask = self->n_slots - 1;
  for (guint32 slot = hash & mask; self->rows[slot]; slot = (slot + 1) & mask)
    {
      guint32 row = self->rows[slot] - 1;
      if (self->hashes[slot] == hash && self->addresses->values[row] == address
          && freed_ns->values[row] == POOL_TIME_NEVER)
        return row;
    }
  return ADDRESS_ROW_NONE;
}

static void
grow (AddressTable *self)
{
  guint32 *old_rows = self->rows, *old_hashes = self->hashes, n_old = self->n_slots;
  self->n_slots *= 2;
  self->rows = g_new0 (guint32, self->n_slots);
  self->hashes = g_new (guint32, self->n_slots);
  for (guint32 i = 0; i < n_old; i++)
    {
      if (!old_rows[i])
        continue;
      guint32 slot = old_hashes[i] & (self->n_slots - 1);
      while (self->rows[slot])
        slot = (slot + 1) & (self->n_slots - 1);
      self->rows[slot] = old_rows[i];
      self->hashes[slot] = old_hashes[i];
    }
  g_free (old_rows);
  g_free (old_hashes);
}

void
address_table_set (AddressTable *self, guint32 row)
{
  if (G_UNLIKELY (self->n_used >= self->n_slots / 4 * 3))
    grow (self);
  guint64 address = self->addresses->values[row];
  guint32 slot = find_slot (self, address, session_of_row (self, row));
  if (!self->rows[slot])
    {
      self->hashes[slot] = hash_address (address);
      self->n_used++;
    }
  self->rows[slot] = row + 1;
}
