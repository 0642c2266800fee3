/* A row starts with what was carried into the range (AOFI and AOFO); its allocations and frees move it. Rows that hold
 * only what outlives the range do not move; a row that holds the same as the one before it, as an only child does, moves
 * as that one. The others are gone through in one sweep, or, where they have few intervals, each by its own.
 */
#include "analysis/pool_tree_movement.h"

#include "analysis/pool_tree_sweep.h"
#include "base/row_shares.h"

/* Putting the intervals of one row in order costs about as much as so many in the order that the trace has.
 */
#define COST_OF_ORDERING 16

/* A sweep takes more parts than there are threads, unless so many rows would need much memory in each. */
#define PARTS_PER_THREAD 4
#define MANY_ROWS (1 << 18)

/* A row that moves as another one, by their places in the movement. */
typedef struct
{
  guint32 place, original;
} SharedRow;

typedef struct
{
  PoolMovement *movement;
  const PoolTreeValues *values;
  const PoolTreeLayer *layer; /* the deepest of those that the rows are of */
  MovingRow *rows;            /* (array length=n_rows) (owned) */
  gsize n_rows;
  guint64 n_moving;           /* blocks that move, of all rows */
  GArray *shared;             /* of SharedRow (owned) */
} MovingRows;

static void
add_moving_row (MovingRows *self, const MovingRow *row, guint64 n_moving)
{
  const MovingRow *last = self->n_rows > 0 ? &self->rows[self->n_rows - 1] : NULL;
  if (last != NULL && last->first_leaf == row->first_leaf && last->end_leaf == row->end_leaf
      && last->types == row->types)
    {
      SharedRow shared = { row->place, last->place };
      g_array_append_val (self->shared, shared);
    }
  else
    {
      self->rows[self->n_rows++] = *row;
      self->n_moving += n_moving;
    }
}

static const PoolTreeLayer *
get_deepest_layer (const PoolTree *tree, const PoolRowSums *const *rows, gsize n_rows)
{
  const PoolTreeLayer *deepest = pool_tree_peek_layer (tree, 0);
  for (gsize i = 0; i < n_rows; i++)
    deepest = rows[i]->run.layer->number > deepest->number ? rows[i]->run.layer : deepest;
  return deepest;
}

/* Finds the rows that move, and sets of all what is carried into the range. */
static void
moving_rows_init (MovingRows *self, PoolMovement *movement, const PoolTreeValues *values, const PoolRowSums *const *rows,
                  gsize n_rows)
{
  *self = (MovingRows){ .movement = movement, .values = values };
  self->layer = get_deepest_layer (values->tree, rows, n_rows);
  self->rows = g_new (MovingRow, n_rows);
  self->shared = g_array_new (FALSE, FALSE, sizeof (SharedRow));
  for (gsize i = 0; i < n_rows; i++)
    {
      PoolLeafRun run = pool_tree_lower_leaf_run (values->tree, rows[i]->run, self->layer);
      const PoolLeafSums *by_type = rows[i]->by_type;
      guint64 carried_bytes = by_type[POOL_TYPE_AOFI].size_bytes + by_type[POOL_TYPE_AOFO].size_bytes;
      guint64 n_moving = by_type[POOL_TYPE_AIFO].count + by_type[POOL_TYPE_AIFI].count + by_type[POOL_TYPE_AOFI].count;
      movement->peak_bytes[i] = carried_bytes;
      for (guint bin = 0; bin < movement->n_bins; bin++)
        movement->bins[i * movement->n_bins + bin] = (MovementBin){ carried_bytes, carried_bytes };
      if (n_moving > 0)
        add_moving_row (self, &(MovingRow){ (guint32) i, run.first, run.end, rows[i]->types }, n_moving);
    }
}

static void
moving_rows_clear (MovingRows *self)
{
  g_free (self->rows);
  g_array_unref (self->shared);
}

static void
copy_to_shared_rows (const MovingRows *self)
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
close_bin (const MovingRows *self, const MovingRow *row, guint bin, MovementBin *open)
{
  self->movement->bins[(gsize) row->place * self->movement->n_bins + bin] = *open;
  open->minimum_bytes = open->last_bytes;
}

/* Closes the bins from @bin on that end at @time_ns or before. Returns: the open one, which is the last at the latest. */
static guint
close_bins (const MovingRows *self, const MovingRow *row, guint bin, gint64 time_ns, MovementBin *open)
{
  guint n_bins = self->movement->n_bins;
  for (; bin + 1 < n_bins && time_ns >= time_range_get_bin_start (self->values->span, n_bins, bin + 1); bin++)
    close_bin (self, row, bin, open);
  return bin;
}

static void
run_alone (MovingRows *self, const MovingRow *row, const PoolLeafIndex *leaf_index)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MovementEvent));
  guint64 *peak_bytes = &self->movement->peak_bytes[row->place];
  MovementBin open = { *peak_bytes, *peak_bytes };
  guint bin = 0;
  for (guint32 i = leaf_index->starts[row->first_leaf]; i < leaf_index->starts[row->end_leaf]; i++)
    append_events (self->values, row->types, leaf_index->rows[i], events);
  g_array_sort (events, compare_events);
  for (guint i = 0; i < events->len; i++)
    {
      const MovementEvent *event = &g_array_index (events, MovementEvent, i);
      bin = close_bins (self, row, bin, event->time_ns, &open);
      open.last_bytes += event->is_free ? -event->size_bytes : event->size_bytes;
      open.minimum_bytes = MIN (open.minimum_bytes, open.last_bytes);
      *peak_bytes = MAX (*peak_bytes, open.last_bytes);
    }
  for (; bin < self->movement->n_bins; bin++)
    close_bin (self, row, bin, &open);
}

/* --- Movement -------------------------------------------------------------------------------------------- */

/* In how many parts the rows are best swept; 0 when it is better to take each alone. */
static guint
choose_n_parts (const MovingRows *self)
{
  const PoolTreeValues *values = self->values;
  gsize n_inside = values->end_interval - values->first_inside;
  guint n_parts = row_shares_choose (n_inside, G_MAXUINT);
  if (n_parts > 1 && self->n_rows < MANY_ROWS)
    n_parts *= PARTS_PER_THREAD;
  /* The blocks outside the range must be looked at too; but the index that tells how many they are takes its time. */
  if (self->n_moving * COST_OF_ORDERING >= n_inside)
    return n_parts;
  const PoolLeafIndex *leaf_index = pool_tree_get_leaf_index (values->tree, self->layer);
  guint64 n_in_rows = 0;
  for (gsize i = 0; i < self->n_rows; i++)
    n_in_rows += leaf_index->starts[self->rows[i].end_leaf] - leaf_index->starts[self->rows[i].first_leaf];
  return n_in_rows * COST_OF_ORDERING >= n_inside ? n_parts : 0;
}

/* @n_parts: G_MAXUINT for what is best. */
static gboolean
init (PoolMovement *self, const PoolTreeValues *values, const PoolRowSums *const *rows, gsize n_rows, guint n_bins,
      guint n_parts, GCancellable *cancellable)
{
  *self = (PoolMovement){ n_bins, g_new (guint64, n_rows), g_new (MovementBin, n_rows * n_bins) };
  MovingRows moving;
  gboolean is_done = TRUE;
  moving_rows_init (&moving, self, values, rows, n_rows);
  if (moving.n_rows > 0 && n_parts == G_MAXUINT)
    n_parts = choose_n_parts (&moving);
  if (moving.n_rows > 0 && n_parts > 0)
    is_done = pool_tree_sweep (self, values, moving.layer, moving.rows, moving.n_rows, n_parts, cancellable);
  else
    for (gsize i = 0; i < moving.n_rows && !g_cancellable_is_cancelled (cancellable); i++)
      run_alone (&moving, &moving.rows[i], pool_tree_get_leaf_index (values->tree, moving.layer));
  copy_to_shared_rows (&moving);
  moving_rows_clear (&moving);
  return is_done && !g_cancellable_is_cancelled (cancellable);
}

gboolean
pool_movement_init (PoolMovement *self, const PoolTreeValues *values, const PoolRowSums *const *rows, gsize n_rows,
                    guint n_bins, GCancellable *cancellable)
{
  return init (self, values, rows, n_rows, n_bins, G_MAXUINT, cancellable);
}

gboolean
pool_movement_init_in_parts (PoolMovement *self, const PoolTreeValues *values, const PoolRowSums *const *rows,
                             gsize n_rows, guint n_bins, guint n_parts, GCancellable *cancellable)
{
  return init (self, values, rows, n_rows, n_bins, n_parts, cancellable);
}

void
pool_movement_clear (PoolMovement *self)
{
  g_clear_pointer (&self->peak_bytes, g_free);
  g_clear_pointer (&self->bins, g_free);
}
