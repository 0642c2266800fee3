#include "model/address_table.h"

#include "base/large_block.h"

#define MAX_RESERVED_SLOTS (1 << 20) /* soon all of them are touched, few addresses or many */

static AddressSlot *
allocate_slots (gsize n_slots)
{
  return large_block_new (n_slots * sizeof (AddressSlot));
}

static void
free_slots (AddressSlot *slots, gsize n_slots)
{
  large_block_free (slots, n_slots * sizeof (AddressSlot));
}

void
address_table_init (AddressTable *self, const SiteTable *sites)
{
  self->sites = sites;
  self->n_slots = 1 << 12;
  self->n_used = 0;
  self->slots = allocate_slots (self->n_slots);
}

void
address_table_clear (AddressTable *self)
{
  free_slots (self->slots, self->n_slots);
  self->slots = NULL;
}

/* Which slots of @bucket are empty: the last ones, for they are filled in their order. */
static inline guint
match_empty (const AddressSlot *bucket)
{
  guint matches = 0;
  for (guint i = 0; i < ADDRESS_BUCKET_SLOTS; i++)
    matches |= (guint) (bucket[i].state == 0) << i;
  return matches;
}

static AddressSlot *
get_next_bucket (const AddressTable *self, AddressSlot *bucket)
{
  bucket += ADDRESS_BUCKET_SLOTS;
  return bucket == self->slots + self->n_slots ? self->slots : bucket;
}

static inline gboolean
has_session (const AddressTable *self, const AddressSlot *slot, guint32 session)
{
  return slot->state == 0 || site_table_peek_kind (self->sites, slot->kind)->session == session;
}

/* The slot of the key, or the empty one where it would go. Whether a key is new is not to be guessed either. */
static AddressSlot *
find_slot (const AddressTable *self, guint64 address, guint32 session)
{
  AddressSlot *bucket = address_table_get_first_bucket (self, address);
  for (;; bucket = get_next_bucket (self, bucket))
    for (guint matches = address_bucket_match (bucket, address) | match_empty (bucket) << ADDRESS_BUCKET_SLOTS; matches;
         matches &= matches - 1)
      {
        AddressSlot *slot = &bucket[(guint) __builtin_ctz (matches) % ADDRESS_BUCKET_SLOTS];
        if (G_LIKELY (has_session (self, slot, session)))
          return slot;
      }
}

static void
grow (AddressTable *self)
{
  AddressSlot *old = self->slots;
  gsize n_old = self->n_slots;
  self->n_slots *= 2;
  self->slots = allocate_slots (self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    {
      AddressSlot *bucket = address_table_get_first_bucket (self, old[i].address);
      guint empty;
      if (old[i].state == 0)
        continue;
      while ((empty = match_empty (bucket)) == 0)
        bucket = get_next_bucket (self, bucket);
      bucket[__builtin_ctz (empty)] = old[i];
    }
  free_slots (old, n_old);
}

void
address_table_reserve (AddressTable *self, gsize n_slots)
{
  g_return_if_fail (self->n_used == 0);
  gsize n_old = self->n_slots;
  while (self->n_slots < MIN (n_slots, MAX_RESERVED_SLOTS))
    self->n_slots *= 2;
  if (self->n_slots == n_old)
    return;
  free_slots (self->slots, n_old);
  self->slots = allocate_slots (self->n_slots);
}

AddressSlot *
address_table_get (AddressTable *self, guint64 address, guint32 session)
{
  if (G_UNLIKELY (self->n_used >= self->n_slots / 4 * 3))
    grow (self);
  AddressSlot *slot = find_slot (self, address, session);
  self->n_used += slot->state == 0;
  slot->address = address;
  return slot;
}

AddressSlot *
address_table_find (const AddressTable *self, guint64 address, guint32 session)
{
  AddressSlot *slot = find_slot (self, address, session);
  return slot->state ? slot : NULL;
}

AddressSlot *
address_table_find_live (const AddressTable *self, guint64 address)
{
  AddressSlot *bucket = address_table_get_first_bucket (self, address);
  for (;; bucket = get_next_bucket (self, bucket))
    {
      for (guint i = 0; i < ADDRESS_BUCKET_SLOTS; i++)
        if (bucket[i].address == address && address_slot_is_live (&bucket[i]))
          return &bucket[i];
      if (match_empty (bucket))
        return NULL;
    }
}
