/* The allocations while a trace is being loaded: pairs frees with allocations (design rule 3) and
 * fills the columns that become PoolIntervals.
 */
#pragma once

#include "model/address_table.h"
#include "model/decoded_buffer.h"
#include "model/id_map.h"
#include "model/load_preview.h"
#include "model/pool_trace.h"

/* What is the same for many intervals and known at the event: type, tag, session. */
typedef struct
{
  guint32 pool_type, tag, session;
} IntervalKind;

typedef struct
{
  I64Column allocated_ns, freed_ns;
  U64Column address, size_bytes;
  U32Column kind;       /* row of kinds */
  U32Column stack;      /* of the stack table */
  U32Column free_stack; /* of the stack table */
  U32Column context;    /* of the context table */
  U16Column processor;
  U32Column free_order, unseen_frees; /* as in PoolIntervals */
  GArray *kinds;        /* of IntervalKind */
  IdMap kind_rows;      /* pool type << 32 | tag -> row of kinds, of those without a session */
  GHashTable *session_kind_rows; /* IntervalKind -> row + 1, of those with one */
  gsize n_before;          /* rows allocated before the trace */
  AddressTable table;
  ImportCounters *counters; /* not owned */
  LoadPreview *preview;     /* not owned (nullable) */
} IntervalTable;

void interval_table_init (IntervalTable *self, ImportCounters *counters, LoadPreview *preview);
/* Makes room for about @n_rows, so that columns need not move while they grow; untouched room costs nothing. */
void interval_table_reserve (IntervalTable *self, gsize n_rows);
void interval_table_clear (IntervalTable *self);

/* Applies one allocation. Returns: its row, ADDRESS_ROW_NONE for a failed one. */
guint32 interval_table_allocate (IntervalTable *self, const Record *record, gint64 time_ns, guint16 processor);
/* Applies one free. Returns: the row that it ended, or made; ADDRESS_ROW_NONE for one of address 0. */
guint32 interval_table_free_block (IntervalTable *self, const Record *record, gint64 time_ns);
void interval_table_prefetch (const IntervalTable *self, const Record *record, gboolean is_far_ahead);
/* Whether a block of the record's key is live, for the order of events of one instant. */
gboolean interval_table_is_live (const IntervalTable *self, const Record *record);
/* Moves the rows allocated before the trace to the front of all columns. */
void interval_table_order_rows (IntervalTable *self);
