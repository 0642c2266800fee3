/* A row starts with what was carried into the range (AOFI and AOFO); allocations and frees are then gone through in
 * time order, frees first within an instant: once for all rows together, or, where the rows have few intervals, only
 * those of each row. Rows that hold only what outlives the range do not move; a row that holds the same as the one
 * before it, as an only child does, moves as that one.
 */
#include "analysis/pool_tree_movement.h"

#include "base/prefetch.h"

#define CANCEL_INTERVAL 65536
#define PREFETCH_DISTANCE 32 /* frees */
/* Putting the intervals of one row in order costs about as much as so many in the order that the trace has.
 */
#define COST_OF_ORDERING 16

typedef struct
{
  guint64 current_bytes, lowest_bytes, peak_bytes; /* the lowest of the open bin */
  PoolTypeMask types;
  guint32 place; /* in the movement: of the row itself */
} MovingRow;

/* A row that moves as another one, by their places in the movement. */
typedef struct
{
  guint32 place, original;
} SharedRow;

typedef struct
{
  PoolMovement *movement;
  const PoolTreeValues *values;
  MovingRow *rows;     /* (array length=n_rows) (owned) */
  gsize n_rows;
  GArray *shared;      /* of SharedRow (owned) */
  guint bin;           /* the open one */
  gint64 bin_end_ns;
  const PoolTreeLayer *layer; /* the deepest of those that the rows are of */
  guint32 *first_of_leaf; /* (array length=n_leaves * POOL_N_TYPES + 1) (owned) (nullable): into rows_of_leaf */
  guint32 *rows_of_leaf;  /* (owned) (nullable): indices of the rows that hold each leaf and type */
} MovementSweep;

static PoolLeafRun
get_run (const MovementSweep *self, PoolTreeRow row)
{
  return pool_tree_get_leaf_run_in (self->values->tree, row, self->layer);
}

/* Whether the two hold the same intervals. */
static gboolean
holds_same (const MovementSweep *self, PoolTreeRow a, PoolTreeRow b)
{
  const PoolTree *tree = self->values->tree;
  PoolLeafRun left = get_run (self, a), right = get_run (self, b);
  return left.first == right.first && left.end == right.end
         && pool_tree_get_row_types (tree, a) == pool_tree_get_row_types (tree, b);
}

static void
add_moving_row (MovementSweep *self, const PoolTreeRow *rows, gsize place, guint64 carried_bytes)
{
  const PoolTree *tree = self->values->tree;
  if (self->n_rows > 0 && holds_same (self, rows[self->rows[self->n_rows - 1].place], rows[place]))
    {
      SharedRow shared = { (guint32) place, self->rows[self->n_rows - 1].place };
      g_array_append_val (self->shared, shared);
      return;
    }
  self->rows[self->n_rows++] = (MovingRow){ .current_bytes = carried_bytes,
                                            .lowest_bytes = carried_bytes,
                                            .peak_bytes = carried_bytes,
                                            .types = pool_tree_get_row_types (tree, rows[place]),
                                            .place = (guint32) place };
}

static void
sweep_init (MovementSweep *self, PoolMovement *movement, const PoolTreeValues *values, const PoolTreeRow *rows,
            gsize n_rows)
{
  *self = (MovementSweep){ .movement = movement, .values = values };
  self->shared = g_array_new (FALSE, FALSE, sizeof (SharedRow));
  self->layer = pool_tree_get_deepest_layer (values->tree, rows, n_rows);
  self->rows = g_new (MovingRow, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    {
      PoolTreeRow carried = rows[i];
      carried.types &= 1 << POOL_TYPE_AOFI | 1 << POOL_TYPE_AOFO;
      guint64 size_bytes = pool_tree_values_get_sums (values, carried).size_bytes;
      movement->peak_bytes[i] = size_bytes;
      for (guint bin = 0; bin < movement->n_bins; bin++)
        movement->bins[i * movement->n_bins + bin] = (MovementBin){ size_bytes, size_bytes };
      PoolTreeRow moving = rows[i];
      moving.types &= (PoolTypeMask) ~(1 << POOL_TYPE_AOFO);
      if (pool_tree_values_get_sums (values, moving).count > 0)
        add_moving_row (self, rows, i, size_bytes);
    }
}

static void
sweep_clear (MovementSweep *self)
{
  g_free (self->rows);
  g_array_unref (self->shared);
  g_free (self->first_of_leaf);
  g_free (self->rows_of_leaf);
}

static void
sweep_rewind (MovementSweep *self)
{
  self->bin = 0;
  self->bin_end_ns = time_range_get_bin_start (self->values->span, self->movement->n_bins, 1);
}

static inline void
close_bin (const MovementSweep *self, MovingRow *row)
{
  self->movement->bins[(gsize) row->place * self->movement->n_bins + self->bin]
      = (MovementBin){ row->lowest_bytes, row->current_bytes };
  row->lowest_bytes = row->current_bytes;
}

/* Closes the bins of the @n_rows rows from @first on that end at @time_ns or before; the last one stays open. */
static inline void
sweep_advance (MovementSweep *self, gsize first, gsize n_rows, gint64 time_ns)
{
  while (time_ns >= self->bin_end_ns && self->bin + 1 < self->movement->n_bins)
    {
      for (gsize i = first; i < first + n_rows; i++)
        close_bin (self, &self->rows[i]);
      self->bin++;
      self->bin_end_ns = time_range_get_bin_start (self->values->span, self->movement->n_bins, self->bin + 1);
    }
}

static void
sweep_finish (MovementSweep *self, gsize first, gsize n_rows)
{
  sweep_advance (self, first, n_rows, G_MAXINT64);
  for (gsize i = first; i < first + n_rows; i++)
    {
      close_bin (self, &self->rows[i]);
      self->movement->peak_bytes[self->rows[i].place] = self->rows[i].peak_bytes;
    }
}

static inline void
moving_row_change (MovingRow *self, guint64 size_bytes, gboolean is_free)
{
  if (is_free)
    {
      self->current_bytes -= size_bytes;
      self->lowest_bytes = MIN (self->lowest_bytes, self->current_bytes);
    }
  else
    {
      self->current_bytes += size_bytes;
      self->peak_bytes = MAX (self->peak_bytes, self->current_bytes);
    }
}

static void
copy_to_shared_rows (const MovementSweep *self)
{
  PoolMovement *movement = self->movement;
  for (guint i = 0; i < self->shared->len; i++)
    {
      SharedRow row = g_array_index (self->shared, SharedRow, i);
      movement->peak_bytes[row.place] = movement->peak_bytes[row.original];
      for (guint bin = 0; bin < movement->n_bins; bin++)
        movement->bins[(gsize) row.place * movement->n_bins + bin]
            = movement->bins[(gsize) row.original * movement->n_bins + bin];
    }
}

/* --- All rows at once ------------------------------------------------------------------------------------ */

/* Where the rows of @leaf and @type are listed, in .first_of_leaf. */
static inline gsize
get_place (gsize leaf, guint type)
{
  return leaf * POOL_N_TYPES + type;
}

/* Counts the rows of each leaf and type in @counts; or, with @list, puts them there, where @counts says. */
static void
visit_rows_of_leaves (const MovementSweep *self, const PoolTreeRow *rows, guint32 *counts, guint32 *list)
{
  for (guint32 i = 0; i < self->n_rows; i++)
    {
      PoolLeafRun run = get_run (self, rows[self->rows[i].place]);
      for (gsize leaf = run.first; leaf < run.end; leaf++)
        for (guint type = 0; type < POOL_N_TYPES; type++)
          {
            if (!(self->rows[i].types >> type & 1))
              continue;
            guint32 number = counts[get_place (leaf, type)]++;
            if (list)
              list[number] = i;
          }
    }
}

/* Lists the rows of each leaf and type, by counting first. */
static void
list_rows_of_leaves (MovementSweep *self, const PoolTreeRow *rows)
{
  gsize n_places = get_place (self->layer->n_leaves, 0);
  self->first_of_leaf = g_new0 (guint32, n_places + 1);
  visit_rows_of_leaves (self, rows, self->first_of_leaf + 1, NULL);
  for (gsize place = 0; place < n_places; place++)
    self->first_of_leaf[place + 1] += self->first_of_leaf[place];
  self->rows_of_leaf = g_new (guint32, self->first_of_leaf[n_places]);
  g_autofree guint32 *fill = g_memdup2 (self->first_of_leaf, (n_places + 1) * sizeof *fill);
  visit_rows_of_leaves (self, rows, fill, self->rows_of_leaf);
}

static inline void
sweep_apply (MovementSweep *self, gsize interval, gboolean is_free)
{
  const PoolTree *tree = self->values->tree;
  const PoolIntervals *intervals = &tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  if (allocated_ns == freed_ns || !pool_selection_has_row (&tree->selection, interval))
    return;
  sweep_advance (self, 0, self->n_rows, is_free ? freed_ns : allocated_ns);
  gsize place = get_place (pool_tree_layer_get_leaf (self->layer, intervals, interval),
                           time_range_classify (self->values->range, allocated_ns, freed_ns));
  for (guint32 i = self->first_of_leaf[place]; i < self->first_of_leaf[place + 1]; i++)
    moving_row_change (&self->rows[self->rows_of_leaf[i]], intervals->size_bytes[interval], is_free);
}

/* Frees meet the intervals in no order: begins to fetch what a later one will touch. */
static inline void
prefetch_free (const PoolIntervals *intervals, gsize place, gsize end_place)
{
  if (place + PREFETCH_DISTANCE >= end_place)
    return;
  guint32 interval = intervals->free_order[place + PREFETCH_DISTANCE];
  prefetch (&intervals->allocated_ns[interval]);
  prefetch (&intervals->freed_ns[interval]);
  prefetch (&intervals->size_bytes[interval]);
  prefetch (&intervals->site[interval]);
}

static gboolean
sweep_run (MovementSweep *self, GCancellable *cancellable)
{
  const PoolTreeValues *values = self->values;
  const PoolIntervals *intervals = &values->tree->trace->intervals;
  gsize place = pool_frees_find (intervals, values->range.start_ns);
  gsize end_place = pool_frees_find (intervals, values->range.end_ns);
  sweep_rewind (self);
  for (gsize row = values->first_inside; row < values->end_interval; row++)
    {
      if (row % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      gint64 allocated_ns = intervals->allocated_ns[row];
      for (; place < end_place && intervals->freed_ns[intervals->free_order[place]] <= allocated_ns; place++)
        {
          prefetch_free (intervals, place, end_place);
          sweep_apply (self, intervals->free_order[place], TRUE);
        }
      sweep_apply (self, row, FALSE);
    }
  for (; place < end_place; place++)
    sweep_apply (self, intervals->free_order[place], TRUE);
  sweep_finish (self, 0, self->n_rows);
  return TRUE;
}

/* --- One row from its own intervals ---------------------------------------------------------------------- */

typedef struct
{
  gint64 time_ns;
  guint64 size_bytes;
  gboolean is_free;
} MovementEvent;

/* Frees before allocations within an instant. */
static int
compare_events (gconstpointer first, gconstpointer second)
{
  const MovementEvent *a = first, *b = second;
  if (a->time_ns != b->time_ns)
    return a->time_ns < b->time_ns ? -1 : 1;
  return b->is_free - a->is_free;
}

static void
append_events (const PoolTreeValues *values, PoolTypeMask types, gsize interval, GArray *events)
{
  const PoolIntervals *intervals = &values->tree->trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  if (allocated_ns == freed_ns || !time_range_touches (values->range, allocated_ns, freed_ns))
    return;
  PoolIntervalType type = time_range_classify (values->range, allocated_ns, freed_ns);
  if (!(types >> type & 1))
    return;
  MovementEvent allocation = { allocated_ns, intervals->size_bytes[interval], FALSE };
  MovementEvent freeing = { freed_ns, intervals->size_bytes[interval], TRUE };
  if (type == POOL_TYPE_AIFO || type == POOL_TYPE_AIFI)
    g_array_append_val (events, allocation);
  if (type == POOL_TYPE_AOFI || type == POOL_TYPE_AIFI)
    g_array_append_val (events, freeing);
}

static void
run_alone (MovementSweep *self, gsize index, const PoolTreeRow *rows, const PoolLeafIndex *leaf_index)
{
  MovingRow *row = &self->rows[index];
  PoolLeafRun run = get_run (self, rows[row->place]);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MovementEvent));
  for (guint32 i = leaf_index->starts[run.first]; i < leaf_index->starts[run.end]; i++)
    append_events (self->values, row->types, leaf_index->rows[i], events);
  g_array_sort (events, compare_events);
  sweep_rewind (self);
  for (guint i = 0; i < events->len; i++)
    {
      const MovementEvent *event = &g_array_index (events, MovementEvent, i);
      sweep_advance (self, index, 1, event->time_ns);
      moving_row_change (row, event->size_bytes, event->is_free);
    }
  sweep_finish (self, index, 1);
}

/* How many intervals the moving rows have over the whole trace, counted once for each row. */
static guint64
count_intervals (const MovementSweep *self, const PoolTreeRow *rows, const PoolLeafIndex *leaf_index)
{
  guint64 count = 0;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      PoolLeafRun run = get_run (self, rows[self->rows[i].place]);
      count += leaf_index->starts[run.end] - leaf_index->starts[run.first];
    }
  return count;
}

gboolean
pool_movement_init (PoolMovement *self, const PoolTreeValues *values, const PoolTreeRow *rows, gsize n_rows,
                    guint n_bins, GCancellable *cancellable)
{
  *self = (PoolMovement){ n_bins, g_new (guint64, n_rows), g_new (MovementBin, n_rows * n_bins) };
  MovementSweep sweep;
  gboolean is_done = TRUE;
  sweep_init (&sweep, self, values, rows, n_rows);
  if (sweep.n_rows > 0)
    {
      const PoolLeafIndex *leaf_index = pool_tree_get_leaf_index (values->tree, sweep.layer);
      guint64 n_in_rows = count_intervals (&sweep, rows, leaf_index);
      if (n_in_rows * COST_OF_ORDERING >= values->end_interval - values->first_inside)
        {
          list_rows_of_leaves (&sweep, rows);
          is_done = sweep_run (&sweep, cancellable);
        }
      else
        for (gsize i = 0; i < sweep.n_rows; i++)
          run_alone (&sweep, i, rows, leaf_index);
      copy_to_shared_rows (&sweep);
    }
  sweep_clear (&sweep);
  return is_done && !g_cancellable_is_cancelled (cancellable);
}

void
pool_movement_clear (PoolMovement *self)
{
  g_clear_pointer (&self->peak_bytes, g_free);
  g_clear_pointer (&self->bins, g_free);
}
