#include "model/address_table.h"

void
address_table_init (AddressTable *self, const SiteTable *sites)
{
  self->sites = sites;
  self->n_slots = 1 << 12;
  self->n_used = 0;
  self->slots = g_new0 (AddressSlot, self->n_slots);
}

void
address_table_clear (AddressTable *self)
{
  g_clear_pointer (&self->slots, g_free);
}

/* The slot of the key, or the empty one where it would go. */
static AddressSlot *
find_slot (const AddressTable *self, guint64 address, guint32 session)
{
  gsize slot = address_table_get_first_slot (self, address);
  for (; self->slots[slot].state; slot = (slot + 1) & (self->n_slots - 1))
    if (self->slots[slot].address == address
        && site_table_peek_kind (self->sites, self->slots[slot].kind)->session == session)
      break;
  return &self->slots[slot];
}

static void
grow (AddressTable *self)
{
  AddressSlot *old = self->slots;
  gsize n_old = self->n_slots;
  self->n_slots *= 2;
  self->slots = g_new0 (AddressSlot, self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    {
      gsize slot = address_table_get_first_slot (self, old[i].address);
      if (old[i].state == 0)
        continue;
      while (self->slots[slot].state)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = old[i];
    }
  g_free (old);
}

AddressSlot *
address_table_get (AddressTable *self, guint64 address, guint32 session)
{
  AddressSlot *slot = find_slot (self, address, session);
  if (G_LIKELY (slot->state))
    return slot;
  if (G_UNLIKELY (self->n_used >= self->n_slots / 8 * 5))
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
  gsize slot = address_table_get_first_slot (self, address);
  for (; self->slots[slot].state; slot = (slot + 1) & (self->n_slots - 1))
    if (self->slots[slot].address == address && address_slot_is_live (&self->slots[slot]))
      return &self->slots[slot];
  return NULL;
}
