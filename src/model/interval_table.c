#include "model/interval_table.h"

#include "base/large_pages.h"

#define EXPECTED_ROWS_PER_ADDRESS 8

/* Memory of the columns is touched for so many rows at once, so far ahead. */
#define ROWS_TO_TOUCH (1 << 15)
#define ROWS_AHEAD (2 * ROWS_TO_TOUCH)
/* Half a cache line of the narrower columns, and how far ahead. */
#define ROWS_PER_PREFETCH 8
#define ROWS_TO_PREFETCH 64

void
interval_table_init (IntervalTable *self, PoolColumns columns, ImportCounters *counters, LoadPreview *preview)
{
  *self = (IntervalTable){ .columns = columns };
  self->counters = counters;
  self->preview = preview;
  site_table_init (&self->sites);
  address_table_init (&self->table, &self->sites);
}

/* Whether @column, 0 for one that is always there, is kept. */
static inline gboolean
has_column (const IntervalTable *self, PoolColumns column)
{
  return (self->columns & column) == column;
}

/* Nothing is touched any more that moves now. */
static void
set_capacity (IntervalTable *self, gsize capacity)
{
  g_clear_pointer (&self->toucher, page_toucher_free);
  self->capacity = capacity;
#define COLUMN(type, name, column)                                                                          \
  if (has_column (self, column))                                                                            \
    {                                                                                                       \
      self->name = g_renew (type, self->name, capacity);                                                    \
      (self->has_slow_pages ? large_pages_avoid : large_pages_prefer) (self->name, capacity * sizeof (type)); \
    }
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
}

/* From now on the columns grow by small pages. */
static void
avoid_slow_pages (IntervalTable *self)
{
  self->has_slow_pages = TRUE;
#define COLUMN(type, name, column) \
  if (has_column (self, column))   \
    large_pages_avoid (self->name, self->capacity * sizeof (type));
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
}

static PageToucher *
get_toucher (IntervalTable *self)
{
  if (!self->toucher)
    self->toucher = page_toucher_new ();
  return self->toucher;
}

static void
grow (IntervalTable *self, gsize n_rows)
{
  if (n_rows > self->capacity)
    set_capacity (self, MAX (n_rows, self->capacity + self->capacity / 2 + 16));
}

/* Has the memory of @n_rows rows from @first on touched, and of as many frees from @first_free on. */
static void
touch_rows (IntervalTable *self, gsize first, gsize first_free, gsize n_rows)
{
  PageToucher *toucher = get_toucher (self);
#define COLUMN(type, name, column) \
  if (has_column (self, column))   \
    page_toucher_add (toucher, &self->name[first], n_rows * sizeof (type));
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
  if (first_free + n_rows <= self->free_order.capacity)
    page_toucher_add (toucher, &self->free_order.values[first_free], n_rows * sizeof *self->free_order.values);
}

void
interval_table_reserve (IntervalTable *self, gsize n_rows)
{
  grow (self, n_rows);
  u32_column_reserve (&self->free_order, n_rows);
  address_table_reserve (&self->table, n_rows / EXPECTED_ROWS_PER_ADDRESS);
  gsize size_bytes = self->table.n_slots * sizeof *self->table.slots;
  if (size_bytes < LARGE_PAGES_MINIMUM_BYTES)
    return;
  /* All of a large table will be touched soon, and the first rows even sooner. */
  touch_rows (self, 0, 0, MIN (ROWS_AHEAD + ROWS_TO_TOUCH, self->capacity));
  page_toucher_add (get_toucher (self), self->table.slots, size_bytes);
}

void
interval_table_trim (IntervalTable *self)
{
  set_capacity (self, self->n);
  u32_column_trim (&self->free_order);
  u32_column_trim (&self->unseen_frees);
}

void
interval_table_clear (IntervalTable *self)
{
  g_clear_pointer (&self->toucher, page_toucher_free);
#define COLUMN(type, name, column) g_clear_pointer (&self->name, g_free);
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
  u32_column_clear (&self->free_order);
  u32_column_clear (&self->unseen_frees);
  site_table_clear (&self->sites);
  address_table_clear (&self->table);
}

guint32
interval_table_get_kind (IntervalTable *self, const Record *record)
{
  return site_table_get_kind (&self->sites, record->pool_type, record->tag, record_get_session (record));
}

guint32
interval_table_get_stack (const IntervalTable *self, guint32 row)
{
  return site_table_peek_site (&self->sites, self->site[row])->stack;
}

void
interval_table_set_stack (IntervalTable *self, guint32 row, guint32 stack)
{
  guint32 kind = site_table_peek_site (&self->sites, self->site[row])->kind;
  self->site[row] = site_table_get_site (&self->sites, kind, stack);
}

/* Has the columns' memory touched where the rows after the next ones will be. */
static void
touch_ahead (IntervalTable *self)
{
  gsize first = self->n + ROWS_AHEAD;
  if (first >= self->capacity)
    return;
  if (!self->has_slow_pages && page_toucher_is_slow (get_toucher (self)))
    avoid_slow_pages (self);
  touch_rows (self, first, self->free_order.n + ROWS_AHEAD, MIN (ROWS_TO_TOUCH, self->capacity - first));
}

/* Makes room for the next rows. */
static void
make_ready (IntervalTable *self)
{
  if (self->n == self->capacity)
    grow (self, self->n + 1);
  if (self->n > 0) /* a few rows are not worth a thread */
    touch_ahead (self);
  self->n_ready = MIN (self->n + ROWS_TO_TOUCH, self->capacity);
}

/* So many columns at once are more than a processor sees coming by itself. Behind the last row, this does nothing. */
static inline void
prefetch_columns (const IntervalTable *self, gsize row)
{
#define COLUMN(type, name, column) \
  if (has_column (self, column))   \
    prefetch (self->name + row);
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
}

static guint32
append_row (IntervalTable *self, const Record *record, gint64 allocated_ns, gint64 freed_ns, guint32 site,
            guint16 processor)
{
  if (G_UNLIKELY (self->n == self->n_ready))
    make_ready (self);
  gsize row = self->n++;
  if (row % ROWS_PER_PREFETCH == 0)
    prefetch_columns (self, row + ROWS_TO_PREFETCH);
  self->allocated_ns[row] = allocated_ns;
  self->freed_ns[row] = freed_ns;
  self->size_bytes[row] = record->size_bytes;
  self->site[row] = site;
  if (self->address)
    self->address[row] = record->address;
  if (self->context)
    self->context[row] = 0;
  if (self->free_stack)
    self->free_stack[row] = POOL_STACK_NONE;
  if (self->processor)
    self->processor[row] = processor;
  return (guint32) row;
}

static gboolean
kind_is_paged (const IntervalTable *self, guint32 kind)
{
  return site_table_peek_kind (&self->sites, kind)->pool_type & 1;
}

/* Ends the live block in @slot. */
static guint32
end_block (IntervalTable *self, AddressSlot *slot, gint64 time_ns)
{
  guint32 row = address_slot_get_row (slot);
  address_slot_set (slot, row, slot->kind, FALSE);
  self->freed_ns[row] = time_ns;
  u32_column_append (&self->free_order, row);
  if (self->preview)
    load_preview_add (self->preview, time_ns, kind_is_paged (self, slot->kind), (gint64) -self->size_bytes[row]);
  return row;
}

guint32
interval_table_allocate (IntervalTable *self, const Record *record, guint32 kind, guint32 site, gint64 time_ns,
                         guint16 processor)
{
  if (G_UNLIKELY (record->address == 0))
    {
      self->counters->values[IMPORT_POOL_FAILED_ALLOCATIONS]++;
      return ADDRESS_ROW_NONE;
    }
  AddressSlot *slot = address_table_get (&self->table, record->address, record_get_session (record));
  if (G_UNLIKELY (address_slot_is_live (slot)))
    {
      self->counters->values[IMPORT_POOL_FREES_NOT_SEEN]++;
      u32_column_append (&self->unseen_frees, address_slot_get_row (slot));
      end_block (self, slot, time_ns);
    }
  guint32 row = append_row (self, record, time_ns, POOL_TIME_NEVER, site, processor);
  address_slot_set (slot, row, kind, TRUE);
  if (self->preview)
    load_preview_add (self->preview, time_ns, kind_is_paged (self, kind), (gint64) record->size_bytes);
  return row;
}

/* @slot is the key's, new unless the key is known. */
static guint32
free_unknown_block (IntervalTable *self, const Record *record, gint64 time_ns, AddressSlot *slot)
{
  gboolean is_key_known = slot->state != 0;
  gint64 allocated_ns = is_key_known ? time_ns : POOL_TIME_BEFORE;
  guint32 stack = is_key_known ? POOL_STACK_ALLOCATION_LOST : POOL_STACK_BEFORE_TRACE;
  guint32 kind = interval_table_get_kind (self, record), site = site_table_get_site (&self->sites, kind, stack);
  self->counters->values[is_key_known ? IMPORT_POOL_FREES_ALLOCATION_LOST : IMPORT_POOL_FREES_BEFORE_TRACE]++;
  guint32 row = append_row (self, record, allocated_ns, time_ns, site, G_MAXUINT16);
  address_slot_set (slot, row, kind, FALSE);
  u32_column_append (&self->free_order, row);
  if (is_key_known)
    return row;
  self->n_before++;
  if (self->preview)
    {
      load_preview_add_earlier (self->preview, record->pool_type & 1, (gint64) record->size_bytes);
      load_preview_add (self->preview, time_ns, record->pool_type & 1, (gint64) -record->size_bytes);
    }
  return row;
}

guint32
interval_table_free_block (IntervalTable *self, const Record *record, gint64 time_ns)
{
  if (G_UNLIKELY (record->address == 0))
    return ADDRESS_ROW_NONE;
  AddressSlot *slot = address_table_get (&self->table, record->address, record_get_session (record));
  if (G_UNLIKELY (!address_slot_is_live (slot)))
    {
      AddressSlot *other = address_table_find_live (&self->table, record->address);
      if (!other)
        return free_unknown_block (self, record, time_ns, slot);
      if (slot->state == 0) /* this free is the key's first event; no row is its own */
        address_slot_set (slot, 0, interval_table_get_kind (self, record), FALSE);
      slot = other;
      self->counters->values[IMPORT_POOL_FREES_SESSION_DIFFERS]++;
    }
  if (record->tag != 0 && record->tag != site_table_peek_kind (&self->sites, slot->kind)->tag)
    self->counters->values[IMPORT_POOL_FREES_TAG_DIFFERS]++;
  return end_block (self, slot, time_ns);
}

gboolean
interval_table_is_live (const IntervalTable *self, const Record *record)
{
  const AddressSlot *slot = address_table_find (&self->table, record->address, record_get_session (record));
  return slot && address_slot_is_live (slot);
}

/* Moves elements of rows with allocated_ns == POOL_TIME_BEFORE to the front, the order kept otherwise. */
#define ORDER_COLUMN(type, column)                                                                          \
  G_STMT_START                                                                                              \
  {                                                                                                         \
    type *before = g_new (type, n_before);                                                                  \
    gsize to = n, n_found = n_before;                                                                       \
    for (gsize i = n; i-- > 0;)                                                                             \
      if (is_before[i])                                                                                     \
        before[--n_found] = column[i];                                                                      \
      else                                                                                                  \
        column[--to] = column[i];                                                                           \
    memcpy (column, before, n_before * sizeof (type));                                                      \
    g_free (before);                                                                                        \
  }                                                                                                         \
  G_STMT_END;

void
interval_table_order_rows (IntervalTable *self)
{
  gsize n = self->n, n_before = self->n_before;
  if (n_before == 0)
    return;
  g_autofree guint8 *is_before = g_new (guint8, n);
  guint32 *new_rows = g_new (guint32, n), next_before = 0, next_other = (guint32) n_before;
  for (gsize i = 0; i < n; i++)
    {
      is_before[i] = self->allocated_ns[i] == POOL_TIME_BEFORE;
      new_rows[i] = is_before[i] ? next_before++ : next_other++;
    }
  for (gsize i = 0; i < self->free_order.n; i++)
    self->free_order.values[i] = new_rows[self->free_order.values[i]];
  for (gsize i = 0; i < self->unseen_frees.n; i++)
    self->unseen_frees.values[i] = new_rows[self->unseen_frees.values[i]];
  g_free (new_rows);
#define COLUMN(type, name, column) \
  if (has_column (self, column))   \
    ORDER_COLUMN (type, self->name)
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
}
