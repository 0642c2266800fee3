/* Every pool address ever seen, with the newest interval there: pairs frees with allocations.
 *
 * A slot holds a row of the intervals and its hash; addresses and sessions are compared in the
 * columns. Slots are never removed: whether a key had an
 * earlier event decides what an unmatched free means.
 */
#pragma once

#include "base/column.h"

#define ADDRESS_ROW_NONE G_MAXUINT32

typedef struct
{
  guint32 *rows;   /* (array length=n_slots) (owned): row + 1, 0 for an empty slot */
  guint32 *hashes; /* (array length=n_slots) (owned) */
  guint32 n_slots, n_used;
  const U64Column *addresses; /* of the intervals, not owned */
  const U32Column *kinds;         /* of the intervals, not owned */
  const U32Column *kind_sessions; /* the session of each kind, not owned */
} AddressTable;

void address_table_init (AddressTable *self, const U64Column *addresses, const U32Column *kinds,
                         const U32Column *kind_sessions);
void address_table_clear (AddressTable *self);

/* The newest row of the key (@address, @session), or ADDRESS_ROW_NONE. */
guint32 address_table_get (const AddressTable *self, guint64 address, guint32 session);
/* A row at @address in any session that @freed_ns says is live; ADDRESS_ROW_NONE without one. */
guint32 address_table_find_live (const AddressTable *self, guint64 address, const I64Column *freed_ns);
/* Makes @row, whose columns are filled, the newest of its key. */
void address_table_set (AddressTable *self, guint32 row);
