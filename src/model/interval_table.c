#include "model/interval_table.h"

static guint
kind_hash (gconstpointer data)
{
  const IntervalKind *kind = data;
  return (kind->pool_type * 31 + kind->tag) * 31 + kind->session;
}

static gboolean
kind_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (IntervalKind)) == 0;
}

void
interval_table_init (IntervalTable *self, ImportCounters *counters, LoadPreview *preview)
{
  *self = (IntervalTable){ 0 };
  self->counters = counters;
  self->preview = preview;
  self->kinds = g_array_new (FALSE, FALSE, sizeof (IntervalKind));
  self->session_kind_rows = g_hash_table_new_full (kind_hash, kind_equal, g_free, NULL);
  address_table_init (&self->table);
}

void
interval_table_reserve (IntervalTable *self, gsize n_rows)
{
  i64_column_reserve (&self->allocated_ns, n_rows);
  i64_column_reserve (&self->freed_ns, n_rows);
  u64_column_reserve (&self->address, n_rows);
  u64_column_reserve (&self->size_bytes, n_rows);
  u32_column_reserve (&self->kind, n_rows);
  u32_column_reserve (&self->stack, n_rows);
  u32_column_reserve (&self->free_stack, n_rows);
  u32_column_reserve (&self->context, n_rows);
  u16_column_reserve (&self->processor, n_rows);
  u32_column_reserve (&self->free_order, n_rows);
}

void
interval_table_clear (IntervalTable *self)
{
  i64_column_clear (&self->allocated_ns);
  i64_column_clear (&self->freed_ns);
  u64_column_clear (&self->address);
  u64_column_clear (&self->size_bytes);
  u32_column_clear (&self->kind);
  u32_column_clear (&self->stack);
  u32_column_clear (&self->free_stack);
  u32_column_clear (&self->context);
  u16_column_clear (&self->processor);
  u32_column_clear (&self->free_order);
  u32_column_clear (&self->unseen_frees);
  g_clear_pointer (&self->kinds, g_array_unref);
  id_map_clear (&self->kind_rows);
  g_clear_pointer (&self->session_kind_rows, g_hash_table_unref);
  address_table_clear (&self->table);
}

static guint32
add_kind (IntervalTable *self, const Record *record)
{
  IntervalKind kind = { record->pool_type, record->tag, record->session };
  g_array_append_val (self->kinds, kind);
  return self->kinds->len - 1;
}

static guint32
intern_session_kind (IntervalTable *self, const Record *record)
{
  IntervalKind kind = { record->pool_type, record->tag, record->session };
  guint32 row_plus_one = GPOINTER_TO_UINT (g_hash_table_lookup (self->session_kind_rows, &kind));
  if (!row_plus_one)
    {
      row_plus_one = add_kind (self, record) + 1;
      g_hash_table_insert (self->session_kind_rows, g_memdup2 (&kind, sizeof kind),
                           GUINT_TO_POINTER (row_plus_one));
    }
  return row_plus_one - 1;
}

/* Session pool is rare; all else has a key of 64 bits. The one number that the map cannot hold, a tag and type
 * of ones alone, goes with the sessions. */
static guint32
intern_kind (IntervalTable *self, const Record *record)
{
  guint64 key = (guint64) record->pool_type << 32 | record->tag;
  guint32 row;
  if (G_UNLIKELY (record->session != POOL_SESSION_NONE || key == ID_MAP_EMPTY_KEY))
    return intern_session_kind (self, record);
  if (!id_map_get (&self->kind_rows, key, &row))
    {
      row = add_kind (self, record);
      id_map_set (&self->kind_rows, key, row);
    }
  return row;
}

static guint32
append_row (IntervalTable *self, const Record *record, gint64 allocated_ns, gint64 freed_ns, guint32 stack,
            guint16 processor)
{
  i64_column_append (&self->allocated_ns, allocated_ns);
  i64_column_append (&self->freed_ns, freed_ns);
  u64_column_append (&self->address, record->address);
  u64_column_append (&self->size_bytes, record->size_bytes);
  u32_column_append (&self->kind, intern_kind (self, record));
  u32_column_append (&self->stack, stack);
  u32_column_append (&self->free_stack, POOL_STACK_NONE);
  u32_column_append (&self->context, 0);
  u16_column_append (&self->processor, processor);
  return (guint32) (self->address.n - 1);
}

static gboolean
row_is_paged (const IntervalTable *self, guint32 row)
{
  return g_array_index (self->kinds, IntervalKind, self->kind.values[row]).pool_type & 1;
}

static void
end_row (IntervalTable *self, guint32 row, gint64 time_ns)
{
  self->freed_ns.values[row] = time_ns;
  u32_column_append (&self->free_order, row);
  if (self->preview)
    load_preview_add (self->preview, time_ns, row_is_paged (self, row), -(gint64) self->size_bytes.values[row]);
}

guint32
interval_table_allocate (IntervalTable *self, const Record *record, gint64 time_ns, guint16 processor)
{
  if (record->address == 0)
    {
      self->counters->values[IMPORT_POOL_FAILED_ALLOCATIONS]++;
      return ADDRESS_ROW_NONE;
    }
  AddressSlot *slot = address_table_get (&self->table, record->address, record->session);
  if (address_slot_is_live (slot))
    {
      self->counters->values[IMPORT_POOL_FREES_NOT_SEEN]++;
      u32_column_append (&self->unseen_frees, address_slot_get_row (slot));
      end_row (self, address_slot_get_row (slot), time_ns);
    }
  guint32 row = append_row (self, record, time_ns, POOL_TIME_NEVER, POOL_STACK_NONE, processor);
  address_slot_set (slot, row, TRUE);
  if (self->preview)
    load_preview_add (self->preview, time_ns, row_is_paged (self, row), (gint64) record->size_bytes);
  return row;
}

/* @slot is the key's, new unless the key is known. */
static guint32
free_unknown_block (IntervalTable *self, const Record *record, gint64 time_ns, AddressSlot *slot)
{
  gboolean is_key_known = slot->state != 0;
  gint64 allocated_ns = is_key_known ? time_ns : POOL_TIME_BEFORE;
  guint32 stack = is_key_known ? POOL_STACK_ALLOCATION_LOST : POOL_STACK_BEFORE_TRACE;
  self->counters->values[is_key_known ? IMPORT_POOL_FREES_ALLOCATION_LOST : IMPORT_POOL_FREES_BEFORE_TRACE]++;
  guint32 row = append_row (self, record, allocated_ns, time_ns, stack, G_MAXUINT16);
  address_slot_set (slot, row, FALSE);
  u32_column_append (&self->free_order, row);
  if (is_key_known)
    return row;
  self->n_before++;
  if (self->preview)
    {
      load_preview_add_earlier (self->preview, record->pool_type & 1, (gint64) record->size_bytes);
      load_preview_add (self->preview, time_ns, record->pool_type & 1, -(gint64) record->size_bytes);
    }
  return row;
}

guint32
interval_table_free_block (IntervalTable *self, const Record *record, gint64 time_ns)
{
  if (record->address == 0)
    return ADDRESS_ROW_NONE;
  AddressSlot *slot = address_table_get (&self->table, record->address, record->session);
  if (G_UNLIKELY (!address_slot_is_live (slot)))
    {
      AddressSlot *other = address_table_find_live (&self->table, record->address);
      if (!other)
        return free_unknown_block (self, record, time_ns, slot);
      if (slot->state == 0)
        address_slot_set (slot, 0, FALSE); /* this free is the key's first event; no row is its own */
      slot = other;
      self->counters->values[IMPORT_POOL_FREES_SESSION_DIFFERS]++;
    }
  guint32 row = address_slot_get_row (slot);
  address_slot_set (slot, row, FALSE);
  if (record->tag != 0 && record->tag != g_array_index (self->kinds, IntervalKind, self->kind.values[row]).tag)
    self->counters->values[IMPORT_POOL_FREES_TAG_DIFFERS]++;
  end_row (self, row, time_ns);
  return row;
}

/* Brings what the coming free or allocation will touch into the cache: @far_ahead its slot, later its row too. */
void
interval_table_prefetch (const IntervalTable *self, const Record *record, gboolean is_far_ahead)
{
  const AddressSlot *slot =
    &self->table.slots[address_table_get_first_slot (&self->table, record->address)];
  if (is_far_ahead)
    __builtin_prefetch (slot, 1);
  else if (record->kind == RECORD_FREE && slot->address == record->address && address_slot_is_live (slot))
    {
      guint32 row = address_slot_get_row (slot);
      __builtin_prefetch (&self->freed_ns.values[row], 1);
      __builtin_prefetch (&self->kind.values[row]);
      __builtin_prefetch (&self->size_bytes.values[row]);
    }
}

gboolean
interval_table_is_live (const IntervalTable *self, const Record *record)
{
  const AddressSlot *slot = address_table_find (&self->table, record->address, record->session);
  return slot && address_slot_is_live (slot);
}

/* Moves elements of rows with allocated_ns == POOL_TIME_BEFORE to the front, the order kept otherwise. */
#define ORDER_COLUMN(type, values)                                                                          \
  G_STMT_START                                                                                              \
  {                                                                                                         \
    type *before = g_new (type, n_before), *column = (values);                                              \
    gsize to = n, n_found = n_before;                                                                       \
    for (gsize i = n; i-- > 0;)                                                                             \
      if (is_before[i])                                                                                     \
        before[--n_found] = column[i];                                                                      \
      else                                                                                                  \
        column[--to] = column[i];                                                                           \
    memcpy (column, before, n_before * sizeof (type));                                                      \
    g_free (before);                                                                                        \
  }                                                                                                         \
  G_STMT_END

void
interval_table_order_rows (IntervalTable *self)
{
  gsize n = self->address.n, n_before = self->n_before;
  if (n_before == 0)
    return;
  g_autofree guint8 *is_before = g_new (guint8, n);
  guint32 *new_rows = g_new (guint32, n), next_before = 0, next_other = (guint32) n_before;
  for (gsize i = 0; i < n; i++)
    {
      is_before[i] = self->allocated_ns.values[i] == POOL_TIME_BEFORE;
      new_rows[i] = is_before[i] ? next_before++ : next_other++;
    }
  for (gsize i = 0; i < self->free_order.n; i++)
    self->free_order.values[i] = new_rows[self->free_order.values[i]];
  for (gsize i = 0; i < self->unseen_frees.n; i++)
    self->unseen_frees.values[i] = new_rows[self->unseen_frees.values[i]];
  g_free (new_rows);
  ORDER_COLUMN (gint64, self->allocated_ns.values);
  ORDER_COLUMN (gint64, self->freed_ns.values);
  ORDER_COLUMN (guint64, self->address.values);
  ORDER_COLUMN (guint64, self->size_bytes.values);
  ORDER_COLUMN (guint32, self->kind.values);
  ORDER_COLUMN (guint32, self->stack.values);
  ORDER_COLUMN (guint32, self->free_stack.values);
  ORDER_COLUMN (guint32, self->context.values);
  ORDER_COLUMN (guint16, self->processor.values);
}
