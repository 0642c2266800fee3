#include "export/stack_report_private.h"

#define CANCEL_INTERVAL 65536

/* Counts of one pass over the intervals. */
typedef struct
{
  const PoolTreeValues *values;
  const PoolTree *tree;
  const PoolTrace *trace;
  PoolTreeRow row, end; /* of the report; where the heaviest path down ends */
  PoolTreeRow told;     /* the row with what was freed again, where that is told too */
  PoolTypeMask share_types;
  guint64 pool_bytes[2];       /* nonpaged, paged */
  guint64 *bytes_of_process;   /* (array length=n_processes + 1) (owned): the last is the unknown one */
  guint64 *bytes_of_stack;     /* (array length=n_stacks) (owned) */
  gboolean *is_process_seen;   /* (array length=n_processes + 1) (owned) */
  guint64 n_intervals, n_told;
} FactPass;

PoolTypeMask
stack_facts_get_share_types (PoolTreeRow row)
{
  const PoolTypeMask leaked = 1 << POOL_TYPE_AIFO;
  return row.types & leaked ? leaked : row.types;
}

/* Whether a pool's total has the interval: the rows of the table that the filter leaves. */
static gboolean
is_in_total (const FactPass *pass, gsize interval)
{
  const PoolIntervals *intervals = &pass->trace->intervals;
  const PoolSelection *selection = pool_tree_get_selection (pass->tree);
  TimeRange range = pool_tree_values_get_range (pass->values);
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  if (!time_range_touches (range, allocated_ns, freed_ns) || !pool_selection_has_row (selection, interval))
    return FALSE;
  return (pass->share_types & selection->types) >> time_range_classify (range, allocated_ns, freed_ns) & 1;
}

static void
add_told (FactPass *pass, guint32 tag, gboolean is_paged, StackFacts *facts)
{
  facts->has_one_tag = pass->n_told++ == 0 || (facts->has_one_tag && facts->tag == tag);
  facts->tag = tag;
  *(is_paged ? &facts->is_in_paged : &facts->is_in_nonpaged) = TRUE;
}

static void
add_interval (FactPass *pass, gsize interval, StackFacts *facts)
{
  const PoolTrace *trace = pass->trace;
  const PoolSite *site = &trace->sites[trace->intervals.site[interval]];
  guint64 size_bytes = trace->intervals.size_bytes[interval];
  facts->smallest_bytes = pass->n_intervals++ == 0 ? size_bytes : MIN (facts->smallest_bytes, size_bytes);
  facts->largest_bytes = MAX (facts->largest_bytes, size_bytes);
  guint32 context = trace->intervals.context[interval];
  guint32 process = context < trace->n_contexts ? trace->contexts[context].process : POOL_INDEX_NONE;
  gsize place = MIN (process, trace->n_processes);
  pass->bytes_of_process[place] += size_bytes;
  pass->is_process_seen[place] = TRUE;
  if (pool_tree_values_row_has_interval (pass->values, pass->end, interval))
    pass->bytes_of_stack[site->stack] += size_bytes;
}

/* The first of the largest; POOL_INDEX_NONE when all are 0. */
static guint32
find_largest (const guint64 *values, gsize n_values)
{
  guint32 largest = POOL_INDEX_NONE;
  for (guint32 i = 0; i < n_values; i++)
    if (values[i] > 0 && (largest == POOL_INDEX_NONE || values[i] > values[largest]))
      largest = i;
  return largest;
}

static void
conclude (const FactPass *pass, StackFacts *facts)
{
  const PoolTrace *trace = pass->trace;
  facts->pool_bytes = (facts->is_in_nonpaged ? pass->pool_bytes[0] : 0) + (facts->is_in_paged ? pass->pool_bytes[1] : 0);
  facts->process = find_largest (pass->bytes_of_process, trace->n_processes);
  for (gsize i = 0; i <= trace->n_processes; i++)
    facts->n_processes += pass->is_process_seen[i] ? 1 : 0;
  guint32 stack = find_largest (pass->bytes_of_stack, trace->n_stacks);
  facts->stack = stack != POOL_INDEX_NONE ? stack : POOL_STACK_NONE;
}

gboolean
stack_facts_collect (StackFacts *self, const PoolTreeValues *values, const StackWay *way, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  g_autofree guint64 *bytes_of_process = g_new0 (guint64, trace->n_processes + 1);
  g_autofree guint64 *bytes_of_stack = g_new0 (guint64, trace->n_stacks);
  g_autofree gboolean *is_process_seen = g_new0 (gboolean, trace->n_processes + 1);
  FactPass pass = { .values = values,
                    .tree = tree,
                    .trace = trace,
                    .row = stack_way_get_row (way),
                    .end = stack_way_get_end (way),
                    .share_types = stack_facts_get_share_types (stack_way_get_row (way)),
                    .bytes_of_process = bytes_of_process,
                    .bytes_of_stack = bytes_of_stack,
                    .is_process_seen = is_process_seen };
  DimensionSource source
      = dimension_source_at_range (trace, pool_tree_get_names (tree), pool_tree_values_get_range (values));
  pass.told = pass.row;
  if (pass.told.types & 1 << POOL_TYPE_AIFO)
    pass.told.types |= STACK_INSIDE_TYPES;
  *self = (StackFacts){ 0 };
  for (gsize i = 0; i < trace->intervals.n; i++)
    {
      if (i % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      gboolean is_paged = dimension_get_site_value (DIMENSION_PAGED, &source, trace->intervals.site[i]) != 0;
      if (is_in_total (&pass, i))
        pass.pool_bytes[is_paged ? 1 : 0] += trace->intervals.size_bytes[i];
      if (pool_tree_values_row_has_interval (values, pass.told, i))
        add_told (&pass, trace->sites[trace->intervals.site[i]].tag, is_paged, self);
      if (pool_tree_values_row_has_interval (values, pass.row, i))
        add_interval (&pass, i, self);
    }
  conclude (&pass, self);
  return TRUE;
}
