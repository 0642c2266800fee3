#include "export/stack_report_private.h"

#include "base/number_format.h"
#include "base/tick_clock.h"
#include "export/leak_report.h"
#include "export/metric_text.h"
#include "export/text_output.h"

#include <math.h>

/* A range is told so finely that its length has at least so many steps. */
#define STEPS_OF_RANGE 1000

/* Digits in groups with plain blanks, which every mail and bug tracker keeps. */
static char *
dup_count (guint64 count)
{
  g_autofree char *text = format_count ((gint64) MIN (count, (guint64) G_MAXINT64));
  g_auto (GStrv) groups = g_strsplit (text, "\u202f", -1);
  return g_strjoinv (" ", groups);
}

/* --- What ------------------------------------------------------------------------------------------------- */

static const char *
get_fate (PoolTypeMask types)
{
  switch (types)
    {
    case 1 << POOL_TYPE_AIFO:
      return " not freed";
    case 1 << POOL_TYPE_AIFI:
      return " freed again";
    case 1 << POOL_TYPE_AOFI:
      return " allocated before and freed";
    case 1 << POOL_TYPE_AOFO:
      return " held throughout";
    case 1 << POOL_TYPE_AIFO | 1 << POOL_TYPE_AOFI:
      return " not freed, or allocated before and freed";
    default:
      return "";
    }
}

/* The word before the text of a row of @dimension; NULL where the rest of the report tells the same. */
static const char *
get_word (Dimension dimension)
{
  switch (dimension)
    {
    case DIMENSION_POOL_TYPE:
      return "pool type";
    case DIMENSION_TAG:
      return "tag";
    case DIMENSION_MODULE:
      return "module";
    case DIMENSION_DRIVER:
      return "driver";
    case DIMENSION_DESCRIPTION:
      return "used for";
    case DIMENSION_SERVICE:
      return "service";
    case DIMENSION_THREAD:
      return "thread";
    case DIMENSION_CPU:
      return "CPU";
    case DIMENSION_SESSION:
      return "session";
    case DIMENSION_SIZE:
    case DIMENSION_SIZE_CLASS:
      return "size";
    case DIMENSION_AGE:
      return "age";
    case DIMENSION_DOUBT:
      return "trust";
    case DIMENSION_STACK_TAG:
      return "stack tag";
    default:
      return NULL;
    }
}

/* What the rows of the path are, and the tag where they do not tell. */
static void
append_key (const PoolTree *tree, const StackWay *way, const StackFacts *facts, GString *text)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  gboolean has_tag = FALSE;
  for (guint i = 0; i < way->n_above; i++)
    {
      PoolTreeRow row = g_array_index (way->rows, PoolTreeRow, i);
      const char *word = get_word (grouping[row.level - 1]);
      g_autofree char *row_text = pool_tree_dup_row_text (tree, row);
      if (word == NULL || *row_text == '\0')
        continue;
      has_tag |= grouping[row.level - 1] == DIMENSION_TAG;
      g_string_append_printf (text, " %s ", word);
      text_append_line_safe (text, row_text);
      g_string_append_c (text, ',');
    }
  if (has_tag || !facts->has_one_tag)
    return;
  g_autofree char *tag = pool_tag_dup_text (facts->tag);
  g_string_append (text, " tag ");
  text_append_line_safe (text, tag);
  g_string_append_c (text, ',');
}

/* How many of the row's allocations inside the range came back, whatever type it is of. FALSE when cancelled. */
static gboolean
append_freed (const PoolTreeValues *values, PoolTreeRow row, GString *text, GCancellable *cancellable)
{
  RowMetrics metrics;
  if (!(row.types >> POOL_TYPE_AIFO & 1))
    return TRUE;
  row.types = STACK_INSIDE_TYPES;
  if (!pool_tree_values_get_metrics (values, &row, 1, METRIC_BIT (METRIC_FREED), &metrics, NULL, cancellable))
    return FALSE;
  g_autofree char *n_freed = dup_count (metrics.n_freed);
  g_autofree char *n_allocs = dup_count (metrics.n_allocs);
  if (metrics.n_allocs > 0)
    g_string_append_printf (text, ", %s of %s freed", n_freed, n_allocs);
  return TRUE;
}

static gboolean
append_what (const StackReport *self, const StackWay *way, const StackFacts *facts, GString *text,
             GCancellable *cancellable)
{
  PoolTreeSums sums = pool_tree_values_get_sums (self->values, self->row);
  g_autofree char *size = format_bytes ((gint64) sums.size_bytes);
  g_autofree char *count = dup_count (sums.count);
  const char *pool = facts->is_in_nonpaged == facts->is_in_paged ? "Pool"
                     : facts->is_in_paged                        ? "Paged pool"
                                                                 : "NonPaged pool";
  g_string_append_printf (text, "%s%s:", pool, get_fate (self->row.types));
  append_key (pool_tree_values_get_tree (self->values), way, facts, text);
  g_string_append_printf (text, " %s in %s %s", size, count, sums.count == 1 ? "block" : "blocks");
  if (sums.count > 1)
    {
      g_autofree char *average = format_bytes ((gint64) (sums.size_bytes / sums.count));
      g_autofree char *exact = dup_count (facts->smallest_bytes);
      if (facts->smallest_bytes == facts->largest_bytes)
        g_string_append_printf (text, " of %s B", exact);
      else
        g_string_append_printf (text, ", %s on average", average);
    }
  gboolean is_done = append_freed (self->values, self->row, text, cancellable);
  g_string_append_c (text, '\n');
  return is_done;
}

/* --- Growth and place --------------------------------------------------------------------------------------- */

static gboolean
append_growth (const StackReport *self, GString *text, GCancellable *cancellable)
{
  RowMetrics metrics;
  if (!pool_tree_values_get_metrics (self->values, &self->row, 1,
                                     METRIC_BIT (METRIC_GROWTH) | METRIC_BIT (METRIC_STEADY), &metrics, NULL,
                                     cancellable))
    return FALSE;
  double seconds = pool_tree_values_get_growth_seconds (self->values);
  g_autofree char *rate = leak_format_rate (ABS (metrics.growth_bytes), seconds);
  g_autofree char *steady = metric_format (METRIC_STEADY, metrics.n_steps_up);
  if (metrics.growth_bytes == 0 || seconds <= 0)
    g_string_append (text, "not growing");
  else
    g_string_append_printf (text, "%s %s", metrics.growth_bytes > 0 ? "growing" : "shrinking", rate);
  g_string_append_printf (text, ", steady %s", steady);
  return TRUE;
}

static void
append_process (const PoolTrace *trace, const StackFacts *facts, GString *text)
{
  if (facts->process == POOL_INDEX_NONE)
    return;
  g_autofree char *name = pool_process_dup_text (trace, facts->process);
  g_string_append (text, "; ");
  text_append_line_safe (text, name);
  guint n_others = facts->n_processes - 1;
  if (n_others > 0)
    g_string_append_printf (text, " and %u other%s", n_others, n_others == 1 ? "" : "s");
}

/* "0.4-31.0 s of pool.etl" */
static void
append_range (const PoolTreeValues *values, GString *text)
{
  const PoolTrace *trace = pool_tree_get_trace (pool_tree_values_get_tree (values));
  TimeRange span = pool_tree_values_get_span (values);
  gint64 resolution_ns = 1;
  while (resolution_ns * STEPS_OF_RANGE < span.end_ns - span.start_ns && resolution_ns < NS_PER_SECOND)
    resolution_ns *= 10;
  g_autofree char *start = format_time (span.start_ns, resolution_ns);
  g_autofree char *end = format_time (span.end_ns, resolution_ns);
  char *unit = strrchr (start, ' ');
  if (unit != NULL)
    *unit = '\0';
  g_string_append_printf (text, "; %s-%s of ", start, end);
  text_append_line_safe (text, trace->info.display_name != NULL ? trace->info.display_name : "a trace");
}

/* Whether the path has more behind it than type and pool. */
static gboolean
is_part_of_pool (const PoolTree *tree, PoolTreeRow row)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  for (guint i = 0; i < row.level; i++)
    if (grouping[i] != DIMENSION_TYPE && grouping[i] != DIMENSION_IMPACT && grouping[i] != DIMENSION_PAGED)
      return TRUE;
  return FALSE;
}

static void
append_share (const StackReport *self, const StackFacts *facts, GString *text)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  const PoolSelection *selection = pool_tree_get_selection (tree);
  PoolTreeRow part = self->row;
  part.types = stack_facts_get_share_types (self->row);
  guint64 part_bytes = pool_tree_values_get_sums (self->values, part).size_bytes;
  if (facts->pool_bytes == 0 || !is_part_of_pool (tree, self->row))
    return;
  guint percent = stack_report_get_percent (part_bytes, facts->pool_bytes);
  if (part_bytes > 0 && percent == 0)
    g_string_append (text, "; under 1 % of ");
  else
    g_string_append_printf (text, "; %u %% of ", percent);
  if (facts->is_in_nonpaged != facts->is_in_paged)
    g_string_append (text, facts->is_in_paged ? "Paged " : "NonPaged ");
  const char *separator = "";
  for (PoolIntervalType type = 0; type < POOL_N_TYPES; type++)
    if (part.types >> type & 1)
      {
        g_string_append_printf (text, "%s%s", separator, pool_interval_type_get_text (type));
        separator = " and ";
      }
  if (selection->rows != NULL || selection->types != POOL_TYPE_MASK_ALL)
    g_string_append (text, " that the filter shows");
}

static gboolean
append_where (const StackReport *self, const StackFacts *facts, GString *text, GCancellable *cancellable)
{
  const PoolTrace *trace = pool_tree_get_trace (pool_tree_values_get_tree (self->values));
  if (!append_growth (self, text, cancellable))
    return FALSE;
  append_process (trace, facts, text);
  append_range (self->values, text);
  append_share (self, facts, text);
  g_string_append_c (text, '\n');
  return TRUE;
}

/* --- Machine ------------------------------------------------------------------------------------------------ */

static void
append_losses (const PoolTrace *trace, GString *text)
{
  guint64 n_events = pool_trace_get_n_events_lost (trace), n_buffers = pool_trace_get_n_buffers_lost (trace);
  g_autofree char *events = dup_count (n_events);
  g_autofree char *buffers = dup_count (n_buffers);
  if (n_events > 0)
    g_string_append_printf (text, "%s %s", events, n_events == 1 ? "event" : "events");
  if (n_buffers > 0)
    g_string_append_printf (text, "%s%s %s", n_events > 0 ? " and " : "", buffers, n_buffers == 1 ? "buffer" : "buffers");
  g_string_append (text, n_events > 0 || n_buffers > 0 ? " lost" : "no events lost");
}

static void
append_machine (const PoolTrace *trace, GString *text)
{
  const PoolTraceInfo *info = &trace->info;
  if (info->os_major != 0 || info->os_build != 0)
    g_string_append_printf (text, "Windows %u.%u.%u %s", info->os_major, info->os_minor, info->os_build,
                            info->pointer_size == 4 ? "x86" : "x64");
  else
    g_string_append (text, "Windows of unknown version");
  if (info->start_filetime != 0)
    {
      g_autofree char *start = format_filetime (info->start_filetime, info->bias_minutes);
      int offset = -info->bias_minutes;
      g_string_append_printf (text, ", recorded %.16s %c%02d:%02d", start, offset < 0 ? '-' : '+',
                              ABS (offset) / 60, ABS (offset) % 60);
    }
  g_string_append (text, "; ");
  append_losses (trace, text);
  g_string_append (text, "; Poolscope " POOLSCOPE_VERSION "\n");
}

char *
stack_report_dup_text (const StackReport *self, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  StackFacts facts;
  g_auto (StackWay) way;
  stack_way_init (&way, self->values, self->row);
  g_autoptr (GString) text = g_string_new (self->is_markdown ? "```\n" : NULL);
  if (!stack_facts_collect (&facts, self->values, &way, cancellable)
      || !append_what (self, &way, &facts, text, cancellable)
      || !append_where (self, &facts, text, cancellable))
    return NULL;
  append_machine (trace, text);
  if (!stack_report_append_frames (self, &way, text, cancellable))
    return NULL;
  stack_report_append_module (tree, facts.stack, text);
  if (self->is_markdown)
    g_string_append (text, "```\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
