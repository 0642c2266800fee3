#include "app/allocations/allocation_text.h"

#include "app/session/range_text.h"
#include "app/settings/app_settings.h"
#include "app/table/value_meaning.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

/* More frames do not fit into a column. */
#define MAX_FRAMES_IN_CELL 6

static const struct
{
  const char *title, *meaning;
  gboolean is_number;
} columns[N_INTERVAL_COLUMNS] = {
  [INTERVAL_COLUMN_ADDRESS] = { N_ ("Address"), N_ ("Where the block was, on the recorded machine"), FALSE },
  [INTERVAL_COLUMN_SIZE] = { N_ ("Size"), N_ ("Bytes that were asked for"), TRUE },
  [INTERVAL_COLUMN_POOL_TYPE] = { N_ ("Pool Type"), N_ ("The pool and how it was asked for"), FALSE },
  [INTERVAL_COLUMN_TAG] = { N_ ("Pool Tag"), N_ ("The four characters that the allocator gave it"), FALSE },
  [INTERVAL_COLUMN_TYPE]
  = { N_ ("Type"), N_ ("Allocated (A) and freed (F) inside (I) or outside (O) of the range"), FALSE },
  [INTERVAL_COLUMN_ALLOCATED] = { N_ ("Allocated"), N_ ("When it was allocated"), FALSE },
  [INTERVAL_COLUMN_FREED] = { N_ ("Freed"), N_ ("When it was freed, if the trace shows it"), FALSE },
  [INTERVAL_COLUMN_AGE] = { N_ ("Age"), N_ ("How long it had lived when it was freed, or at the end of the range"), TRUE },
  [INTERVAL_COLUMN_PROCESS] = { N_ ("Process"), N_ ("Which process ran when it was allocated"), FALSE },
  [INTERVAL_COLUMN_THREAD] = { N_ ("Thread"), N_ ("Which thread ran when it was allocated"), TRUE },
  [INTERVAL_COLUMN_CPU] = { N_ ("CPU"), N_ ("On which processor it was allocated"), TRUE },
  [INTERVAL_COLUMN_STACK] = { N_ ("Stack"), N_ ("Who called the allocator, innermost first"), FALSE },
};

const char *
allocation_column_get_title (IntervalColumn column)
{
  return _ (columns[column].title);
}

const char *
allocation_column_get_meaning (IntervalColumn column)
{
  return _ (columns[column].meaning);
}

gboolean
allocation_column_is_number (IntervalColumn column)
{
  return columns[column].is_number;
}

/* Which dimension has the text of a column; FALSE for those that have their own. */
static gboolean
get_dimension (IntervalColumn column, Dimension *ret_dimension)
{
  static const Dimension dimensions[N_INTERVAL_COLUMNS] = {
    [INTERVAL_COLUMN_POOL_TYPE] = DIMENSION_POOL_TYPE, [INTERVAL_COLUMN_TAG] = DIMENSION_TAG,
    [INTERVAL_COLUMN_PROCESS] = DIMENSION_PROCESS,     [INTERVAL_COLUMN_THREAD] = DIMENSION_THREAD,
    [INTERVAL_COLUMN_CPU] = DIMENSION_CPU,             [INTERVAL_COLUMN_STACK] = DIMENSION_STACK,
  };
  *ret_dimension = dimensions[column];
  return dimensions[column] != DIMENSION_TYPE;
}

static char *
dup_event_time (const PoolTrace *trace, gint64 time_ns)
{
  return range_text_dup_event_time (trace, time_ns, app_settings_has_string (app_settings_get (), "time-axis", "clock"));
}

static char *
dup_age (const IntervalList *list, guint32 interval)
{
  DimensionSource source = interval_list_get_source (list);
  const PoolIntervals *intervals = &source.trace->intervals;
  gint64 age_ns = interval_get_age_ns (intervals, interval, source.end_ns);
  if (age_ns != G_MAXINT64)
    return format_duration (age_ns);
  g_autofree char *seen = format_duration (MIN (intervals->freed_ns[interval], source.end_ns));
  return g_strdup_printf ("> %s", seen);
}

/* The frames of the stack from the innermost on, @separator between them; at most @max of them. */
static char *
dup_frames (const DimensionSource *source, guint32 interval, const char *separator, gsize max)
{
  const PoolTrace *trace = source->trace;
  gsize n_frames;
  const guint32 *frames = frame_names_get_stack (source->names, trace, STACK_VIEW_FRAMES,
                                                 trace->sites[trace->intervals.site[interval]].stack, &n_frames);
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < MIN (n_frames, max); i++)
    {
      guint32 text_id = frame_names_get_text_id (source->names, frames[n_frames - 1 - i]);
      g_string_append_printf (text, "%s%s", i > 0 ? separator : "", frame_names_get_text (source->names, text_id));
    }
  if (n_frames > max)
    g_string_append_printf (text, "%s…", separator);
  return g_string_free (text, FALSE);
}

static char *
dup_text (const IntervalList *list, IntervalColumn column, guint32 interval)
{
  DimensionSource source = interval_list_get_source (list);
  const PoolIntervals *intervals = &source.trace->intervals;
  gint64 allocated_ns = intervals->allocated_ns[interval], freed_ns = intervals->freed_ns[interval];
  Dimension dimension;
  if (get_dimension (column, &dimension))
    return dimension_dup_text (dimension, source.trace, source.names, dimension_get_value (dimension, &source, interval));
  switch (column)
    {
    case INTERVAL_COLUMN_ADDRESS:
      return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", intervals->address[interval]);
    case INTERVAL_COLUMN_TYPE:
      return g_strdup (pool_interval_type_get_text (
        time_range_classify (pool_tree_values_get_range (list->values), allocated_ns, freed_ns)));
    case INTERVAL_COLUMN_ALLOCATED:
      return allocated_ns == POOL_TIME_BEFORE ? g_strdup (_ ("before the trace"))
                                              : dup_event_time (source.trace, allocated_ns);
    case INTERVAL_COLUMN_FREED:
      return freed_ns == POOL_TIME_NEVER ? g_strdup (_ ("not freed")) : dup_event_time (source.trace, freed_ns);
    case INTERVAL_COLUMN_AGE:
      return dup_age (list, interval);
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
allocation_text_dup (const IntervalList *list, IntervalColumn column, guint32 interval)
{
  DimensionSource source = interval_list_get_source (list);
  if (column == INTERVAL_COLUMN_STACK)
    return dup_frames (&source, interval, " ← ", MAX_FRAMES_IN_CELL);
  if (column != INTERVAL_COLUMN_SIZE)
    return dup_text (list, column, interval);
  /* Whoever looks at single blocks knows their sizes by the byte. */
  g_autofree char *count = format_count ((gint64) MIN (source.trace->intervals.size_bytes[interval], (guint64) G_MAXINT64));
  return g_strdup_printf ("%s B", count);
}

char *
allocation_text_dup_exact (const IntervalList *list, IntervalColumn column, guint32 interval)
{
  if (column == INTERVAL_COLUMN_SIZE)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, interval_list_get_source (list).trace->intervals.size_bytes[interval]);
  return dup_text (list, column, interval);
}

char *
allocation_text_dup_tooltip (const IntervalList *list, IntervalColumn column, guint32 interval)
{
  DimensionSource source = interval_list_get_source (list);
  if (column == INTERVAL_COLUMN_STACK)
    return dup_frames (&source, interval, "\n", G_MAXSIZE);
  if (column == INTERVAL_COLUMN_SIZE)
    return format_bytes ((gint64) MIN (source.trace->intervals.size_bytes[interval], (guint64) G_MAXINT64));
  g_autofree char *text = dup_text (list, column, interval);
  Dimension dimension;
  if (column == INTERVAL_COLUMN_TYPE)
    return g_strdup (value_meaning_get (DIMENSION_TYPE, text));
  const char *meaning = get_dimension (column, &dimension) ? value_meaning_get (dimension, text) : NULL;
  if (meaning != NULL)
    return g_strdup (meaning);
  return column == INTERVAL_COLUMN_PROCESS ? g_steal_pointer (&text) : NULL;
}
