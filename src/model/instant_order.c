#include "model/instant_order.h"

static gint
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const Record *records = data;
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;
  if (records[left].address != records[right].address)
    return records[left].address < records[right].address ? -1 : 1;
  if (records[left].session != records[right].session)
    return records[left].session < records[right].session ? -1 : 1;
  return left < right ? -1 : 1;
}

static gboolean
is_same_key (const Record *a, const Record *b)
{
  return a->address == b->address && a->session == b->session;
}

/* The next of the kind @kind among the events of one key, from @position on; @n when there is none. */
static guint
skip_to_kind (const Record *records, const guint32 *events, guint position, guint n, RecordKind kind)
{
  while (position < n && records[events[position]].kind != kind)
    position++;
  return position;
}

/* Applies all events of one key: the allocations and the frees each in their order, the two mixed as the
 * state of the block asks, and as the stream has them where both would do. */
static void
apply_key (const IntervalTable *intervals, const Record *records, const guint32 *events, guint n,
           const guint16 *processors, InstantApply apply, gpointer data, guint32 *ret_rows)
{
  guint allocation = skip_to_kind (records, events, 0, n, RECORD_ALLOCATION);
  guint block_free = skip_to_kind (records, events, 0, n, RECORD_FREE);
  while (allocation < n || block_free < n)
    {
      gboolean is_free_next = block_free < n;
      if (allocation < n && block_free < n)
        is_free_next = interval_table_is_live (intervals, &records[events[0]]);
      guint *next = is_free_next ? &block_free : &allocation;
      guint32 event = events[*next];
      ret_rows[event] = apply (data, &records[event], processors[event]);
      *next = skip_to_kind (records, events, *next + 1, n, is_free_next ? RECORD_FREE : RECORD_ALLOCATION);
    }
}

void
instant_order_apply (const IntervalTable *intervals, const Record *records, guint n_records,
                     const guint16 *processors, InstantApply apply, gpointer data, guint32 *ret_rows)
{
  guint n_pool = 0;
  guint32 *events = g_new (guint32, n_records);
  for (guint32 i = 0; i < n_records; i++)
    if (records[i].kind == RECORD_ALLOCATION || records[i].kind == RECORD_FREE)
      events[n_pool++] = i;
  g_autofree guint32 *sorted = g_memdup2 (events, n_pool * sizeof *events);
  if (n_pool > 1)
    g_qsort_with_data (sorted, (gint) n_pool, sizeof *sorted, compare_keys, (gpointer) records);
  /* Keys are taken in the order of the stream: each event that has no row yet brings its whole key. */
  g_autofree guint32 *first_of_key = g_new (guint32, n_records);
  for (guint32 i = 0; i < n_pool; i++)
    {
      gboolean is_first = i == 0 || !is_same_key (&records[sorted[i]], &records[sorted[i - 1]]);
      first_of_key[sorted[i]] = is_first ? i : G_MAXUINT32;
    }
  for (guint32 i = 0; i < n_pool; i++)
    {
      guint32 first = first_of_key[events[i]], end = first;
      if (first == G_MAXUINT32)
        continue;
      while (end < n_pool && is_same_key (&records[sorted[end]], &records[sorted[first]]))
        end++;
      apply_key (intervals, records, sorted + first, end - first, processors, apply, data, ret_rows);
    }
  g_free (events);
}
