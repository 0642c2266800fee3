/* The allocations while a trace is being loaded: pairs frees with allocations (design rule 3) and
 * fills the columns that become PoolIntervals.
 */
#pragma once

#include "base/page_toucher.h"
#include "base/prefetch.h"
#include "model/address_table.h"
#include "model/load_preview.h"
#include "model/record.h"

/* The columns by element type and name, as in PoolIntervals, and what they are in PoolColumns, 0 for those that are always
 * there; those of stacks and sites hold rows of the loader's own tables. */
#define INTERVAL_COLUMNS(COLUMN) \
  COLUMN (gint64, allocated_ns, 0) \
  COLUMN (gint64, freed_ns, 0) \
  COLUMN (guint64, address, POOL_COLUMN_ADDRESS) \
  COLUMN (guint64, size_bytes, 0) \
  COLUMN (guint32, site, 0) \
  COLUMN (guint32, context, POOL_COLUMN_CONTEXT) \
  COLUMN (guint32, free_stack, POOL_COLUMN_FREE_STACK) \
  COLUMN (guint16, processor, POOL_COLUMN_PROCESSOR)

/* A slot of the address table has 31 bits for a row, and 0 for none. */
#define INTERVAL_TABLE_MAX_ROWS 0x7FFFFFFFu

typedef struct
{
  gsize n, capacity; /* n: at most INTERVAL_TABLE_MAX_ROWS, which the loader sees to */
  gsize n_ready;     /* so many rows can be had without more ado */
  PoolColumns columns; /* that are kept; the others of them are NULL */
#define COLUMN(type, name, column) type *name; /* (array length=n) (owned) */
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
  U32Column free_order, unseen_frees; /* as in PoolIntervals */
  gsize n_before;           /* rows allocated before the trace */
  SiteTable sites;
  AddressTable table;
  ImportCounters *counters; /* not owned */
  LoadPreview *preview;     /* not owned (nullable) */
  PageToucher *toucher;     /* (owned) (nullable): of columns and table */
  gboolean has_slow_pages;  /* large ones take the system long */
} IntervalTable;

void interval_table_init (IntervalTable *self, PoolColumns columns, ImportCounters *counters, LoadPreview *preview);
/* Makes room for about @n_rows before the first one, so that columns need not move while they grow; untouched room costs
 * nothing. */
void interval_table_reserve (IntervalTable *self, gsize n_rows);
void interval_table_clear (IntervalTable *self);

/* Applies one allocation of @kind and @site. Returns: its row, ADDRESS_ROW_NONE for a failed one. */
guint32 interval_table_allocate (IntervalTable *self, const Record *record, guint32 kind, guint32 site,
                                 gint64 time_ns, guint16 processor);
/* Applies one free. Returns: the row that it ended, or made; ADDRESS_ROW_NONE for one of address 0. */
guint32 interval_table_free_block (IntervalTable *self, const Record *record, gint64 time_ns);
/* Whether a block of the record's key is live, for the order of events of one instant. */
gboolean interval_table_is_live (const IntervalTable *self, const Record *record);

/* The kind of the block that @record allocates, or says to free. */
guint32 interval_table_get_kind (IntervalTable *self, const Record *record);
/* The stack of the allocation in @row. */
guint32 interval_table_get_stack (const IntervalTable *self, guint32 row);
void interval_table_set_stack (IntervalTable *self, guint32 row, guint32 stack);

/* Gives the room that no row uses back, after the last event. */
void interval_table_trim (IntervalTable *self);
/* Moves the rows allocated before the trace to the front of all columns. */
void interval_table_order_rows (IntervalTable *self);

/* Begins to fetch what the coming pool event will touch: first its slot, some events later the row that a free
 * ends. The table of addresses is far larger than any cache; most of pairing would be waiting for it. */
static inline void
interval_table_prefetch_slot (const IntervalTable *self, const Record *record)
{
  prefetch (address_table_get_first_bucket (&self->table, record->address));
}

static inline void
interval_table_prefetch_row (const IntervalTable *self, const Record *record)
{
  const AddressSlot *bucket = address_table_get_first_bucket (&self->table, record->address);
  guint matches = address_bucket_match (bucket, record->address);
  if (G_UNLIKELY (!matches || record->address == 0)) /* 0 is what empty slots have */
    return;
  guint32 row = address_slot_get_row (&bucket[__builtin_ctz (matches)]);
  prefetch (&self->freed_ns[row]);
  if (self->free_stack && record_has_own_stack (record))
    prefetch (&self->free_stack[row]);
}
