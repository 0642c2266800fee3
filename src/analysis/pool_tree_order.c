/* Rows are sorted by numbers: a metric, the size, and a rank that texts of one dimension have. Few are compared with
 * each other; many are dealt out by one byte of the numbers after the other, from the last one that tells any apart on.
 */
#include "analysis/pool_tree_order.h"

#include <stdlib.h>
#include <string.h>

/* Fewer than these are compared. */
#define MANY_ROWS 200
#define N_BYTE_VALUES 256

typedef struct
{
  /* The lower ones first, whichever way the order goes. */
  guint64 metric_key, size_key;
  guint32 rank_key;
  guint32 place; /* among the children */
} SortItem;

typedef struct
{
  const PoolTree *tree;
  PoolTreeChild *children;
  gsize n;
  PoolTreeOrder order;
  gboolean has_ranks; /* the texts of all children have ranks in one dimension */
  gboolean compares;  /* few: the items have ranks only for an order by text, for most are told apart without */
  SortItem *items;    /* (owned) */
} Sorting;

/* Rows without a value come last in either direction. */
static guint64
choose_metric_key (const RowMetrics *metrics, PoolTreeOrder order)
{
  gint64 value;
  if (!row_metrics_get (metrics, order.metric, &value))
    return G_MAXUINT64;
  /* An unsigned metric fits: no sum of sizes in one address space reaches 2^63. */
  guint64 key = (guint64) value ^ G_GUINT64_CONSTANT (1) << 63;
  return order.is_ascending ? key : ~key;
}

/* @events (nullable): metrics of the children, when the sums are not enough for the order. */
static void
make_items (Sorting *self, const RowMetrics *events)
{
  PoolTreeOrder order = self->order;
  self->items = g_new (SortItem, self->n);
  self->has_ranks = TRUE;
  for (gsize i = 0; i < self->n; i++)
    {
      const PoolTreeChild *child = &self->children[i];
      RowMetrics of_sums = { .sums = child->sums };
      SortItem item = { .place = (guint32) i };
      if (order.by_text || !self->compares)
        item.rank_key = pool_tree_get_row_rank (self->tree, child->row);
      if (order.by_text)
        item.rank_key = order.is_ascending ? item.rank_key : ~item.rank_key;
      else
        {
          item.metric_key = choose_metric_key (events ? &events[i] : &of_sums, order);
          item.size_key = ~child->sums.size_bytes;
        }
      self->items[i] = item;
      /* Frames that continue a stack and values of the next dimension stand under one parent. */
      self->has_ranks = self->has_ranks && child->row.level == self->children[0].row.level;
    }
}

/* --- Comparing ------------------------------------------------------------------------------------------- */

static int
compare_texts (const Sorting *self, const SortItem *a, const SortItem *b)
{
  const PoolTreeRow *row_a = &self->children[a->place].row, *row_b = &self->children[b->place].row;
  int by_text = strcmp (pool_tree_get_row_text (self->tree, *row_a), pool_tree_get_row_text (self->tree, *row_b));
  if (by_text == 0)
    by_text = (row_a->level > row_b->level) - (row_a->level < row_b->level);
  return self->order.by_text && !self->order.is_ascending ? -by_text : by_text;
}

static guint32
get_rank (const Sorting *self, const SortItem *item)
{
  return self->order.by_text ? item->rank_key : pool_tree_get_row_rank (self->tree, self->children[item->place].row);
}

static int
compare_items (gconstpointer first, gconstpointer second, gpointer data)
{
  const SortItem *a = first, *b = second;
  const Sorting *self = data;
  if (a->metric_key != b->metric_key)
    return a->metric_key < b->metric_key ? -1 : 1;
  if (a->size_key != b->size_key)
    return a->size_key < b->size_key ? -1 : 1;
  if (!self->has_ranks)
    return compare_texts (self, a, b);
  guint32 rank_a = get_rank (self, a), rank_b = get_rank (self, b);
  return (rank_a > rank_b) - (rank_a < rank_b);
}

/* --- Dealing out ----------------------------------------------------------------------------------------- */

/* Byte @number of the keys, 0 for the one that says least. */
static inline guint
get_byte (const SortItem *item, guint number)
{
  if (number < 4)
    return item->rank_key >> (8 * number) & 0xff;
  return (guint) ((number < 12 ? item->size_key >> (8 * (number - 4)) : item->metric_key >> (8 * (number - 12))) & 0xff);
}

static void
deal_by_byte (const SortItem *items, SortItem *ret_items, gsize n, guint number)
{
  guint32 places[N_BYTE_VALUES + 1] = { 0 };
  for (gsize i = 0; i < n; i++)
    places[get_byte (&items[i], number) + 1]++;
  for (guint i = 1; i < N_BYTE_VALUES; i++)
    places[i] += places[i - 1];
  for (gsize i = 0; i < n; i++)
    ret_items[places[get_byte (&items[i], number)]++] = items[i];
}

static void
deal_items (Sorting *self)
{
  SortItem different = { 0 }, *other = g_new (SortItem, self->n);
  for (gsize i = 1; i < self->n; i++)
    {
      different.metric_key |= self->items[i].metric_key ^ self->items[0].metric_key;
      different.size_key |= self->items[i].size_key ^ self->items[0].size_key;
      different.rank_key |= self->items[i].rank_key ^ self->items[0].rank_key;
    }
  for (guint number = 0; number < 20; number++)
    if (get_byte (&different, number) != 0)
      {
        SortItem *dealt = other;
        deal_by_byte (self->items, dealt, self->n, number);
        other = self->items;
        self->items = dealt;
      }
  g_free (other);
}

void
pool_tree_order_children (const PoolTreeValues *values, PoolTreeChild *children, gsize n, PoolTreeOrder order)
{
  Sorting sorting = { .tree = values->tree, .children = children, .n = n, .order = order, .compares = n < MANY_ROWS };
  g_autofree RowMetrics *events = NULL;
  if (n < 2)
    return;
  if (metric_needs_events (order.metric) && !order.by_text)
    {
      g_autofree PoolTreeRow *rows = g_new (PoolTreeRow, n);
      for (gsize i = 0; i < n; i++)
        rows[i] = children[i].row;
      events = g_new (RowMetrics, n);
      pool_tree_values_get_metrics (values, rows, n, METRIC_BIT (order.metric), events, NULL, NULL);
    }
  make_items (&sorting, events);
  if (sorting.compares || !sorting.has_ranks)
    qsort_r (sorting.items, n, sizeof *sorting.items, compare_items, &sorting);
  else
    deal_items (&sorting);
  g_autofree PoolTreeChild *sorted = g_new (PoolTreeChild, n);
  for (gsize i = 0; i < n; i++)
    sorted[i] = children[sorting.items[i].place];
  memcpy (children, sorted, n * sizeof *children);
  g_free (sorting.items);
}
