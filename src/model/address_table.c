#include "model/address_table.h"

#include <sys/mman.h>

/* Slots are met in no order: in large pages few of the look-ups have to ask for a page first. */
static AddressSlot *
allocate_slots (gsize n_slots)
{
  gsize size_bytes = n_slots * sizeof (AddressSlot);
  AddressSlot *slots = mmap (NULL, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (slots == MAP_FAILED)
    g_error ("no memory for the %" G_GSIZE_FORMAT " bytes of the table of pool addresses", size_bytes);
  madvise (slots, size_bytes, MADV_HUGEPAGE);
  return slots;
}

static void
free_slots (AddressSlot *slots, gsize n_slots)
{
  munmap (slots, n_slots * sizeof (AddressSlot));
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
  if (self->slots)
    free_slots (self->slots, self->n_slots);
  self->slots = NULL;
}

/* Which slots of @bucket have the address, a bit for each. All are looked at: guessing where it stands would be wrong
 * too often. */
static inline guint
match_bucket (const AddressSlot *bucket, guint64 address)
{
  guint matches = 0;
  for (guint i = 0; i < ADDRESS_BUCKET_SLOTS; i++)
    matches |= (guint) (bucket[i].address == address) << i;
  return matches;
}

/* The first empty slot of @bucket, or NULL: they are filled in their order. */
static inline AddressSlot *
get_empty_slot (AddressSlot *bucket)
{
  for (guint i = 0; i < ADDRESS_BUCKET_SLOTS; i++)
    if (bucket[i].state == 0)
      return &bucket[i];
  return NULL;
}

static AddressSlot *
get_next_bucket (const AddressTable *self, AddressSlot *bucket)
{
  bucket += ADDRESS_BUCKET_SLOTS;
  return bucket == self->slots + self->n_slots ? self->slots : bucket;
}

/* The slot of the key, or the empty one where it would go. */
static AddressSlot *
find_slot (const AddressTable *self, guint64 address, guint32 session)
{
  AddressSlot *bucket = address_table_get_first_bucket (self, address), *empty;
  for (;; bucket = get_next_bucket (self, bucket))
    {
      for (guint matches = match_bucket (bucket, address); matches; matches &= matches - 1)
        {
          AddressSlot *slot = &bucket[__builtin_ctz (matches)];
          if (G_LIKELY (slot->state && site_table_peek_kind (self->sites, slot->kind)->session == session))
            return slot;
        }
      if (G_LIKELY ((empty = get_empty_slot (bucket)) != NULL))
        return empty;
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
      AddressSlot *bucket = address_table_get_first_bucket (self, old[i].address), *empty;
      if (old[i].state == 0)
        continue;
      while ((empty = get_empty_slot (bucket)) == NULL)
        bucket = get_next_bucket (self, bucket);
      *empty = old[i];
    }
  free_slots (old, n_old);
}

AddressSlot *
address_table_get (AddressTable *self, guint64 address, guint32 session)
{
  AddressSlot *slot = find_slot (self, address, session);
  if (G_LIKELY (slot->state))
    return slot;
  if (G_UNLIKELY (self->n_used >= self->n_slots / 2))
    {
      grow (self);
      slot = find_slot (self, address, session);
    }
  self->n_used++;
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
      if (get_empty_slot (bucket))
        return NULL;
    }
}
