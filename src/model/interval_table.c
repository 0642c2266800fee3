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
  self->kind_rows = g_hash_table_new_full (kind_hash, kind_equal, g_free, NULL);
  self->last_kind_row = G_MAXUINT32;
  address_table_init (&self->table, &self->address, &self->kind, &self->kind_sessions);
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
  u32_column_clear (&self->kind_sessions);
  g_clear_pointer (&self->kinds, g_array_unref);
  g_clear_pointer (&self->kind_rows, g_hash_table_unref);
  address_table_clear (&self->table);
}

static guint32
intern_kind (IntervalTable *self, const Record *record)
{
  IntervalKind kind = { record->pool_type, record->tag, record->session };
  if (G_LIKELY (self->last_kind_row != G_MAXUINT32 && kind_equal (&kind, &self->last_kind)))
    return self->last_kind_row;
  guint32 row_plus_one = GPOINTER_TO_UINT (g_hash_table_lookup (self->kind_rows, &kind));
  if (!row_plus_one)
    {
      g_array_append_val (self->kinds, kind);
      u32_column_append (&self->kind_sessions, kind.session);
      row_plus_one = self->kinds->len;
      g_hash_table_insert (self->kind_rows, g_memdup2 (&kind, sizeof kind), GUINT_TO_POINTER (row_plus_one));
    }
  self->last_kind = kind;
  self->last_kind_row = row_plus_one - 1;
  return row_plus_one - 1;
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
  guint32 row = (guint32) (self->address.n - 1);
  address_table_set (&self->table, row);
  return row;
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
  guint32 older = address_table_get (&self->table, record->address, record->session);
  if (older != ADDRESS_ROW_NONE && self->freed_ns.values[older] == POOL_TIME_NEVER)
    {
      self->counters->values[IMPORT_POOL_FREES_NOT_SEEN]++;
      end_row (self, older, time_ns);
    }
  guint32 row = append_row (self, record, time_ns, POOL_TIME_NEVER, POOL_STACK_NONE, processor);
  if (self->preview)
    load_preview_add (self->preview, time_ns, row_is_paged (self, row), (gint64) record->size_bytes);
  return row;
}

static guint32
free_unknown_block (IntervalTable *self, const Record *record, gint64 time_ns, gboolean is_key_known)
{
  gint64 allocated_ns = is_key_known ? time_ns : POOL_TIME_BEFORE;
  guint32 stack = is_key_known ? POOL_STACK_ALLOCATION_LOST : POOL_STACK_BEFORE_TRACE;
  self->counters->values[is_key_known ? IMPORT_POOL_FREES_ALLOCATION_LOST : IMPORT_POOL_FREES_BEFORE_TRACE]++;
  guint32 row = append_row (self, record, allocated_ns, time_ns, stack, G_MAXUINT16);
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
  guint32 newest = address_table_get (&self->table, record->address, record->session);
  guint32 row = newest;
  if (row == ADDRESS_ROW_NONE || self->freed_ns.values[row] != POOL_TIME_NEVER)
    {
      row = address_table_find_live (&self->table, record->address, &self->freed_ns);
      if (row == ADDRESS_ROW_NONE)
        return free_unknown_block (self, record, time_ns, newest != ADDRESS_ROW_NONE);
      self->counters->values[IMPORT_POOL_FREES_SESSION_DIFFERS]++;
    }
  if (record->tag != 0 && record->tag != g_array_index (self->kinds, IntervalKind, self->kind.values[row]).tag)
    self->counters->values[IMPORT_POOL_FREES_TAG_DIFFERS]++;
  end_row (self, row, time_ns);
  return row;
}

gboolean
interval_table_is_live (const IntervalTable *self, const Record *record)
{
  guint32 row = address_table_get (&self->table, record->address, record->session);
  return row != ADDRESS_ROW_NONE && self->freed_ns.values[row] == POOL_TIME_NEVER;
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
