/* Sorting a list of intervals: every column becomes a number, and the numbers are sorted by radix, which is stable,
 * needs no comparisons, and can be stopped between its passes. */
#include "analysis/interval_list.h"

#include <string.h>

#include "analysis/value_index.h"

#define CANCEL_INTERVAL 65536
#define DIGIT_BITS 8
#define N_DIGITS (64 / DIGIT_BITS)
#define N_DIGIT_VALUES (1 << DIGIT_BITS)
/* Of a process, thread or CPU: behind all others in both directions. */
#define KEY_UNKNOWN G_MAXUINT64

/* Places of texts in their order */

typedef struct
{
  const char *text;
  gsize index;
} RankedText;

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (((const RankedText *) a)->text, ((const RankedText *) b)->text);
}

/* (array length=texts->len) (transfer full): a number for each of @texts that orders them, equal for equal ones. */
static guint64 *
rank_texts (const GPtrArray *texts)
{
  g_autofree RankedText *ranked = g_new (RankedText, texts->len);
  guint64 *ranks = g_new (guint64, texts->len);
  for (gsize i = 0; i < texts->len; i++)
    ranked[i] = (RankedText){ g_ptr_array_index (texts, i), i };
  qsort (ranked, texts->len, sizeof *ranked, compare_texts);
  for (gsize i = 0; i < texts->len; i++)
    {
      gboolean is_same = i > 0 && strcmp (ranked[i].text, ranked[i - 1].text) == 0;
      ranks[ranked[i].index] = is_same ? ranks[ranked[i - 1].index] : i;
    }
  return ranks;
}

/* By site: (transfer full) */
static guint64 *
rank_pool_types (const DimensionSource *source)
{
  const PoolTrace *trace = source->trace;
  ValueIndex values;
  value_index_init (&values, 0);
  guint64 *ranks_of_sites = g_new (guint64, trace->n_sites);
  for (guint32 site = 0; site < trace->n_sites; site++)
    ranks_of_sites[site] = value_index_add (&values, dimension_get_site_value (DIMENSION_POOL_TYPE, source, site));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < values.n; i++)
    g_ptr_array_add (texts, dimension_dup_text (DIMENSION_POOL_TYPE, trace, source->names, values.keys[i]));
  g_autofree guint64 *ranks = rank_texts (texts);
  for (guint32 site = 0; site < trace->n_sites; site++)
    ranks_of_sites[site] = ranks[ranks_of_sites[site]];
  value_index_clear (&values);
  return ranks_of_sites;
}

/* By process: (transfer full) */
static guint64 *
rank_processes (const PoolTrace *trace)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (guint32 process = 0; process < trace->n_processes; process++)
    g_ptr_array_add (texts, pool_process_dup_text (trace, process));
  return rank_texts (texts);
}

/* Stacks */

typedef struct
{
  const DimensionSource *source;
  GCancellable *cancellable; /* (nullable) */
  guint n_compared;
  gboolean is_cancelled;
} StackComparison;

/* Frames from the innermost on, by their texts; a stack that is the inner part of another comes before it. */
static int
compare_stacks (gconstpointer a, gconstpointer b, gpointer data)
{
  StackComparison *self = data;
  if (++self->n_compared % CANCEL_INTERVAL == 0)
    self->is_cancelled = self->is_cancelled || g_cancellable_is_cancelled (self->cancellable);
  if (self->is_cancelled)
    return 0;
  const FrameNames *names = self->source->names;
  gsize n_first, n_second;
  const guint32 *first = frame_names_get_stack (names, self->source->trace, STACK_VIEW_FRAMES, *(const guint32 *) a,
                                                &n_first);
  const guint32 *second = frame_names_get_stack (names, self->source->trace, STACK_VIEW_FRAMES, *(const guint32 *) b,
                                                 &n_second);
  for (gsize i = 1; i <= MIN (n_first, n_second); i++)
    {
      guint32 rank_of_first = frame_names_get_rank (names, frame_names_get_text_id (names, first[n_first - i]));
      guint32 rank_of_second = frame_names_get_rank (names, frame_names_get_text_id (names, second[n_second - i]));
      if (rank_of_first != rank_of_second)
        return rank_of_first < rank_of_second ? -1 : 1;
    }
  return n_first < n_second ? -1 : n_first > n_second;
}

/* By stack: (transfer full) (nullable): NULL when cancelled */
static guint64 *
rank_stacks (const DimensionSource *source, GCancellable *cancellable)
{
  gsize n = source->trace->n_stacks;
  StackComparison comparison = { .source = source, .cancellable = cancellable };
  g_autofree guint32 *stacks = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    stacks[i] = (guint32) i;
  g_qsort_with_data (stacks, (int) n, sizeof *stacks, compare_stacks, &comparison);
  if (comparison.is_cancelled)
    return NULL;
  guint64 *ranks = g_new (guint64, n);
  for (gsize i = 0; i < n; i++)
    {
      gboolean is_same = i > 0 && compare_stacks (&stacks[i], &stacks[i - 1], &comparison) == 0;
      ranks[stacks[i]] = is_same ? ranks[stacks[i - 1]] : i;
    }
  return ranks;
}

/* Keys */

/* What the key of an interval is told from. */
typedef struct
{
  DimensionSource source;
  TimeRange range;
  guint64 *ranks; /* (owned) (nullable): of sites, processes or stacks, as the column asks */
} KeySource;

/* Orders as the signed number does. */
static guint64
key_of_signed (gint64 value)
{
  return (guint64) value ^ (guint64) 1 << 63;
}

static guint64
key_of_index (guint64 value, guint64 unknown)
{
  return value == unknown ? KEY_UNKNOWN : value;
}

static guint64
get_key (const KeySource *self, IntervalColumn column, gsize interval)
{
  const PoolTrace *trace = self->source.trace;
  const PoolIntervals *intervals = &trace->intervals;
  guint32 site = intervals->site[interval];
  const PoolContext *context = &trace->contexts[intervals->context[interval]];
  switch (column)
    {
    case INTERVAL_COLUMN_ADDRESS:
      return intervals->address[interval];
    case INTERVAL_COLUMN_SIZE:
      return intervals->size_bytes[interval];
    case INTERVAL_COLUMN_POOL_TYPE:
      return self->ranks[site];
    case INTERVAL_COLUMN_TAG:
      return GUINT32_SWAP_LE_BE (trace->sites[site].tag);
    case INTERVAL_COLUMN_TYPE:
      return time_range_classify (self->range, intervals->allocated_ns[interval], intervals->freed_ns[interval]);
    case INTERVAL_COLUMN_ALLOCATED:
      return key_of_signed (intervals->allocated_ns[interval]);
    case INTERVAL_COLUMN_FREED:
      return key_of_signed (intervals->freed_ns[interval]);
    case INTERVAL_COLUMN_AGE:
      return key_of_signed (interval_get_age_ns (intervals, interval, self->source.end_ns));
    case INTERVAL_COLUMN_PROCESS:
      return context->process == POOL_INDEX_NONE ? KEY_UNKNOWN : self->ranks[context->process];
    case INTERVAL_COLUMN_THREAD:
      return key_of_index (context->thread_id, POOL_INDEX_NONE);
    case INTERVAL_COLUMN_CPU:
      return key_of_index (intervals->processor[interval], G_MAXUINT16);
    case INTERVAL_COLUMN_STACK:
      return self->ranks[trace->sites[site].stack];
    default:
      g_return_val_if_reached (0);
    }
}

/* The key that orders the other way round. */
static guint64
turn_key (IntervalColumn column, guint64 key)
{
  gboolean can_be_unknown = column == INTERVAL_COLUMN_PROCESS || column == INTERVAL_COLUMN_THREAD
                            || column == INTERVAL_COLUMN_CPU;
  if (!can_be_unknown)
    return ~key;
  return key == KEY_UNKNOWN ? KEY_UNKNOWN : KEY_UNKNOWN - 1 - key;
}

/* FALSE when cancelled. */
static gboolean
key_source_init (KeySource *self, const IntervalList *list, GCancellable *cancellable)
{
  *self = (KeySource){ interval_list_get_source (list), pool_tree_values_get_range (list->values), NULL };
  if (list->order.column == INTERVAL_COLUMN_POOL_TYPE)
    self->ranks = rank_pool_types (&self->source);
  else if (list->order.column == INTERVAL_COLUMN_PROCESS)
    self->ranks = rank_processes (self->source.trace);
  else if (list->order.column == INTERVAL_COLUMN_STACK)
    self->ranks = rank_stacks (&self->source, cancellable);
  else
    return TRUE;
  return self->ranks != NULL;
}

/* (transfer full) (array length=list->n) (nullable): NULL when cancelled */
static guint64 *
create_keys (const IntervalList *list, GCancellable *cancellable)
{
  KeySource source;
  if (!key_source_init (&source, list, cancellable))
    return NULL;
  g_autofree guint64 *ranks = source.ranks;
  g_autofree guint64 *keys = g_new (guint64, list->n);
  for (gsize i = 0; i < list->n; i++)
    {
      if (i % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      guint64 key = get_key (&source, list->order.column, list->intervals[i]);
      keys[i] = list->order.is_descending ? turn_key (list->order.column, key) : key;
    }
  return g_steal_pointer (&keys);
}

/* Radix */

typedef struct
{
  guint64 *keys;      /* (array length=n) */
  guint32 *intervals; /* (array length=n) */
} SortedPart;

static guint
get_digit (guint64 key, guint digit)
{
  return (guint) (key >> (digit * DIGIT_BITS)) & (N_DIGIT_VALUES - 1);
}

/* Puts @from into @to, by one digit of the keys. FALSE when all have the same and nothing was to be done. */
static gboolean
sort_by_digit (const SortedPart *from, const SortedPart *to, gsize n, guint digit)
{
  gsize places[N_DIGIT_VALUES] = { 0 };
  for (gsize i = 0; i < n; i++)
    places[get_digit (from->keys[i], digit)]++;
  if (places[get_digit (from->keys[0], digit)] == n)
    return FALSE;
  for (gsize value = 0, place = 0; value < N_DIGIT_VALUES; value++)
    {
      gsize n_with_value = places[value];
      places[value] = place;
      place += n_with_value;
    }
  for (gsize i = 0; i < n; i++)
    {
      gsize place = places[get_digit (from->keys[i], digit)]++;
      to->keys[place] = from->keys[i];
      to->intervals[place] = from->intervals[i];
    }
  return TRUE;
}

gboolean
interval_list_sort (IntervalList *self, GCancellable *cancellable, GError **error)
{
  if (self->n < 2)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  g_autofree guint64 *keys = create_keys (self, cancellable);
  if (keys == NULL)
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    }
  g_autofree guint64 *other_keys = g_new (guint64, self->n);
  g_autofree guint32 *other_intervals = g_new (guint32, self->n);
  SortedPart parts[2] = { { keys, self->intervals }, { other_keys, other_intervals } };
  guint current = 0;
  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (sort_by_digit (&parts[current], &parts[!current], self->n, digit))
        current = !current;
    }
  if (current == 1)
    memcpy (self->intervals, other_intervals, self->n * sizeof *self->intervals);
  return TRUE;
}
