/* How far the numbers of a circular trace with losses can be off: what is reported as allocated and not freed (AIFO),
 * against the truth and what is missing of it in the file.
 *
 * Let T be the blocks that were allocated while recording and never freed, and for a block "its allocation" and "its
 * free" be the events. A block is reported as AIFO exactly if its allocation is in the file, and behind it neither its
 * free nor any later event on its address. Therefore
 *
 *   - a block of T whose allocation is missing is not reported: it only takes away;
 *   - a block of T whose allocation is in the file is reported: nothing ever happens on its address again;
 *   - a block that is not of T is reported only if its allocation is in the file and its free is missing: it only
 *     adds. It ends even so if a later event on its address is in the file.
 *
 * So, in bytes and in blocks, and for any kind of blocks that their allocation tells apart (stack, time):
 *
 *   T − (blocks of T whose allocation is missing) ≤ AIFO
 *                    ≤ T − (blocks of T whose allocation is missing) + (blocks with allocation in the file, free missing)
 *
 * and the part of the upper bound that is not ended by a later event is exact. A block allocated after the last loss
 * and within the complete part lost nothing: the AIFO of doubt Sure is the truth itself. */
#include "analysis/pool_tree.h"
#include "lossy_recording.h"
#include "model/pool_trace_loader.h"

#define N_SEEDS 150
#define N_DOUBTS 3

typedef struct
{
  gint64 n, bytes;
} Blocks;

/* Of blocks of one doubt and stack. */
typedef struct
{
  Blocks true_aifo;    /* all of T */
  Blocks missing;      /* of T, their allocation is missing */
  Blocks free_missing; /* allocation in the file, free missing */
  Blocks unended;      /* of these, no later event on the address is in the file */
  Blocks reported;
} Cell;

typedef struct
{
  const LossyRecording *recording;
  gint64 complete_from_ns, last_loss_ns;
  guint64 n_allocations_missing, n_frees_missing;
  Cell cells[N_DOUBTS][LOSSY_N_STACKS];
} Truth;

static void
add_block (Blocks *blocks, const LossyEvent *allocation)
{
  blocks->n++;
  blocks->bytes += (gint64) allocation->size_bytes;
}

/* Rule of the whole trace: the latest, over the processors, of the first event in its oldest buffer, unless the start
 * rundown is there. */
static gint64
get_complete_from (const LossyRecording *recording)
{
  gint64 latest_ns = 0;
  const LossyBuffer *buffers = (const LossyBuffer *) recording->buffers->data;
  if (buffers[0].is_in_file)
    return 0;
  for (guint processor = 0; processor < recording->n_processors; processor++)
    {
      guint oldest = 0;
      while (!buffers[oldest].is_in_file || buffers[oldest].processor != processor)
        oldest++;
      latest_ns = MAX (latest_ns, buffers[oldest].start_ns);
    }
  return latest_ns;
}

/* A lost buffer's events are older than the buffer that tells of it, those of a hole older than the next buffer. Losses
 * of which nothing is left in the file but their number can be anywhere. */
static gint64
get_last_loss (const LossyRecording *recording)
{
  gint64 last_ns = POOL_TIME_BEFORE;
  for (guint i = 0; i < recording->buffers->len; i++)
    {
      const LossyBuffer *buffer = &g_array_index (recording->buffers, LossyBuffer, i), *next = buffer;
      if (!buffer->is_in_file)
        continue;
      if (buffer->follows_loss)
        last_ns = MAX (last_ns, buffer->start_ns);
      if (buffer->fate != LOSSY_BUFFER_HOLED)
        continue;
      do
        next++;
      while (!next->is_in_file || next->processor != buffer->processor);
      last_ns = MAX (last_ns, next->start_ns);
    }
  gboolean has_lost = recording->n_buffers_lost + recording->n_events_lost > 0;
  return last_ns == POOL_TIME_BEFORE && has_lost ? recording->end_ns : last_ns;
}

static PoolDoubt
get_doubt (const Truth *truth, gint64 allocated_ns)
{
  if (allocated_ns < truth->complete_from_ns)
    return POOL_DOUBT_BEFORE_COMPLETE_PART;
  return allocated_ns < truth->last_loss_ns ? POOL_DOUBT_BEFORE_A_LOSS : POOL_DOUBT_SURE;
}

/* Follows the address of the allocation at @place through all later events. */
static void
add_allocation (Truth *truth, guint place)
{
  const LossyEvent *events = (const LossyEvent *) truth->recording->events->data, *allocation = &events[place];
  const LossyEvent *freeing = NULL;
  gboolean is_ended = FALSE;
  for (guint i = place + 1; i < truth->recording->events->len; i++)
    if (events[i].address == allocation->address)
      {
        is_ended |= events[i].is_in_file;
        if (!freeing)
          freeing = &events[i];
      }
  Cell *cell = &truth->cells[get_doubt (truth, allocation->time_ns)][allocation->stack];
  if (!freeing)
    add_block (&cell->true_aifo, allocation);
  if (!freeing && !allocation->is_in_file)
    add_block (&cell->missing, allocation);
  if (freeing && allocation->is_in_file && !freeing->is_in_file)
    add_block (&cell->free_missing, allocation);
  if (freeing && allocation->is_in_file && !is_ended)
    add_block (&cell->unended, allocation);
}

static void
find_truth (Truth *truth, const LossyRecording *recording)
{
  *truth = (Truth){ .recording = recording, .complete_from_ns = get_complete_from (recording),
                    .last_loss_ns = get_last_loss (recording) };
  for (guint i = 0; i < recording->events->len; i++)
    {
      const LossyEvent *event = &g_array_index (recording->events, LossyEvent, i);
      if (!event->is_free)
        add_allocation (truth, i);
      if (!event->is_in_file)
        *(event->is_free ? &truth->n_frees_missing : &truth->n_allocations_missing) += 1;
    }
}

static void
add_reported (Truth *truth, char **key, PoolTreeSums sums)
{
  for (guint doubt = 0; doubt < N_DOUBTS; doubt++)
    for (guint stack = 0; stack < LOSSY_N_STACKS; stack++)
      {
        g_autofree char *text = lossy_stack_dup_text (stack);
        if (!g_str_equal (key[1], pool_doubt_get_text (doubt)) || !g_str_equal (key[2], text))
          continue;
        Blocks *reported = &truth->cells[doubt][stack].reported;
        reported->n += (gint64) sums.count;
        reported->bytes += (gint64) sums.size_bytes;
        g_assert_cmpint (sums.impacting_bytes, ==, sums.size_bytes);
        return;
      }
  g_error ("AIFO of no known kind: %s, %s", key[1], key[2]);
}

static void
read_reported (Truth *truth, PoolTrace *trace)
{
  const Dimension grouping[] = { DIMENSION_TYPE, DIMENSION_DOUBT, DIMENSION_STACK };
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  g_autoptr (GArray) leaves = pool_tree_values_dup_leaves (values, POOL_TREE_ORDER_DEFAULT, 0, NULL);
  for (guint i = 0; i < leaves->len; i++)
    {
      const PoolTreeLeaf *leaf = &g_array_index (leaves, PoolTreeLeaf, i);
      g_auto (GStrv) key = pool_tree_dup_row_key (tree, leaf->row);
      if (g_str_equal (key[0], "AIFO"))
        add_reported (truth, key, leaf->metrics.sums);
    }
}

/* The same of blocks and of bytes. */
static void
check_bounds (gint64 true_aifo, gint64 missing, gint64 free_missing, gint64 unended, gint64 reported)
{
  g_assert_cmpint (true_aifo - missing, <=, reported);
  g_assert_cmpint (reported, <=, true_aifo - missing + free_missing);
  g_assert_cmpint (reported, ==, true_aifo - missing + unended);
}

static void
check_cell (const Cell *cell, gboolean is_sure)
{
  check_bounds (cell->true_aifo.n, cell->missing.n, cell->free_missing.n, cell->unended.n, cell->reported.n);
  check_bounds (cell->true_aifo.bytes, cell->missing.bytes, cell->free_missing.bytes, cell->unended.bytes,
                cell->reported.bytes);
  if (is_sure)
    {
      g_assert_cmpint (cell->reported.n, ==, cell->true_aifo.n);
      g_assert_cmpint (cell->reported.bytes, ==, cell->true_aifo.bytes);
      g_assert_cmpint (cell->missing.n + cell->free_missing.n, ==, 0);
    }
}

/* What the seeds have covered together. */
typedef struct
{
  guint n_wrapped, n_whole, n_unlocated;
  gint64 n_missing, n_added, n_ended, n_of_doubt[N_DOUBTS];
} Coverage;

static void
check_recording (guint32 seed, Coverage *coverage)
{
  g_autoptr (LossyRecording) recording = lossy_recording_new (seed);
  g_autoptr (GBytes) bytes = lossy_recording_write (recording);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("lossy.etl", bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PoolTrace) trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  Truth truth;
  find_truth (&truth, recording);
  g_assert_cmpint (trace->info.complete_from_ns, ==, truth.complete_from_ns);
  g_assert_cmpint (pool_trace_get_last_loss_ns (trace), ==, truth.last_loss_ns);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_NOT_SEEN], <=, truth.n_frees_missing);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_ALLOCATION_LOST], <=, truth.n_allocations_missing);
  read_reported (&truth, trace);
  for (guint doubt = 0; doubt < N_DOUBTS; doubt++)
    for (guint stack = 0; stack < LOSSY_N_STACKS; stack++)
      {
        const Cell *cell = &truth.cells[doubt][stack];
        check_cell (cell, doubt == POOL_DOUBT_SURE);
        coverage->n_missing += cell->missing.n;
        coverage->n_added += cell->unended.n;
        coverage->n_ended += cell->free_missing.n - cell->unended.n;
        coverage->n_of_doubt[doubt] += cell->reported.n;
      }
  *(truth.complete_from_ns > 0 ? &coverage->n_wrapped : &coverage->n_whole) += 1;
  coverage->n_unlocated += pool_trace_has_untimed_loss (trace);
}

static void
test_bounds (void)
{
  Coverage coverage = { 0 };
  for (guint32 seed = 1; seed <= N_SEEDS; seed++)
    {
      g_test_message ("seed %u", seed);
      check_recording (seed, &coverage);
    }
  g_assert_cmpuint (coverage.n_wrapped, >, 20);
  g_assert_cmpuint (coverage.n_whole, >, 10);
  g_assert_cmpuint (coverage.n_unlocated, >, 10);
  g_assert_cmpint (coverage.n_missing, >, 100);
  g_assert_cmpint (coverage.n_added, >, 100);
  g_assert_cmpint (coverage.n_ended, >, 100);
  for (guint doubt = 0; doubt < N_DOUBTS; doubt++)
    g_assert_cmpint (coverage.n_of_doubt[doubt], >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/lossy-trace/bounds", test_bounds);
  return g_test_run ();
}
