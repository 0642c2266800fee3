/* Every pool address ever seen, with the newest interval there: pairs frees with allocations.
 *
 * Open addressing in buckets of one cache line, with the whole key in the slot, so that a look-up costs one line.
 * Keys are never removed: whether a key had an earlier event decides what an unmatched free means.
 */
#pragma once

#include "model/site_table.h"

#define ADDRESS_ROW_NONE G_MAXUINT32

typedef struct
{
  guint64 address;
  guint32 kind;  /* of the newest block there; tells the session, a part of the key */
  guint32 state; /* 0: empty slot; else row + 1 in the lower 31 bits, and ADDRESS_IS_LIVE */
} AddressSlot;

#define ADDRESS_IS_LIVE 0x80000000u
#define ADDRESS_BUCKET_SLOTS 4

typedef struct
{
  AddressSlot *slots; /* (array length=n_slots) (owned) */
  gsize n_slots, n_used;
  const SiteTable *sites; /* not owned: has the kinds */
} AddressTable;

void address_table_init (AddressTable *self, const SiteTable *sites);
void address_table_clear (AddressTable *self);
/* Makes room for about @n_slots slots, within limits, so that the table need not be made anew so often; @self must be empty. */
void address_table_reserve (AddressTable *self, gsize n_slots);

/* The slot of the key, made when the key is new: the caller then sets it. Valid until the next call of this function. */
AddressSlot *address_table_get (AddressTable *self, guint64 address, guint32 session);
/* The slot of the key, or NULL. */
AddressSlot *address_table_find (const AddressTable *self, guint64 address, guint32 session);
/* A live slot at @address in any session, or NULL. */
AddressSlot *address_table_find_live (const AddressTable *self, guint64 address);

/* The session is no part of the hash, so that all keys of an address stand in one run of buckets. */
static inline AddressSlot *
address_table_get_first_bucket (const AddressTable *self, guint64 address)
{
  address ^= address >> 32;
  address *= G_GUINT64_CONSTANT (0xFF51AFD7ED558CCD);
  return &self->slots[(gsize) (address >> 24) & (self->n_slots - ADDRESS_BUCKET_SLOTS)];
}

/* Which slots of @bucket have the address, a bit for each. All are looked at: guessing where it stands would be wrong
 * too often. */
static inline guint
address_bucket_match (const AddressSlot *bucket, guint64 address)
{
  guint matches = 0;
  for (guint i = 0; i < ADDRESS_BUCKET_SLOTS; i++)
    matches |= (guint) (bucket[i].address == address) << i;
  return matches;
}

static inline gboolean
address_slot_is_live (const AddressSlot *slot)
{
  return (slot->state & ADDRESS_IS_LIVE) != 0;
}

static inline guint32
address_slot_get_row (const AddressSlot *slot)
{
  return (slot->state & ~ADDRESS_IS_LIVE) - 1;
}

static inline void
address_slot_set (AddressSlot *slot, guint32 row, guint32 kind, gboolean is_live)
{
  slot->kind = kind;
  slot->state = (row + 1) | (is_live ? ADDRESS_IS_LIVE : 0);
}
