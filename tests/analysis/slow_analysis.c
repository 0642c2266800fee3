#include "slow_analysis.h"

#include <fnmatch.h>
#include <math.h>
#include <string.h>

static char *
frame_text (const PoolTrace *trace, guint32 row)
{
  const PoolFrame *frame = &trace->frames[row];
  const char *special[] = { "[No stack]", "[Before trace]", "[Allocation lost]" };
  if (frame->special < 3)
    return g_strdup (special[frame->special]);
  if (frame->image == POOL_INDEX_NONE)
    return g_strdup_printf ("0x%lx", (gulong) frame->address);
  return g_strdup_printf ("%s+0x%lx", trace->images[frame->image].file_name,
                          (gulong) (frame->address - trace->images[frame->image].base_address));
}

static char *
number_text (guint64 number, guint64 unknown)
{
  return number == unknown ? g_strdup ("[Unknown]") : g_strdup_printf ("%lu", (gulong) number);
}

static char *
pool_type_text (guint32 type, gboolean is_session)
{
  const char *base = type & 1 ? "Paged" : type & 0x200 ? "NonPagedNx" : "NonPaged";
  return g_strdup_printf ("%s%s%s", base, is_session || (type & 0x20) ? "Session" : "",
                          type & 4 ? "CacheAligned" : "");
}

static const char *
doubt_text (const PoolTrace *trace, gint64 allocated_ns)
{
  gint64 complete_from_ns = trace->info.complete_from_ns;
  if (complete_from_ns != 0 && allocated_ns < complete_from_ns)
    return "Before complete part";
  for (gsize i = 0; i < trace->info.n_losses; i++)
    if (trace->info.losses[i].end_ns > allocated_ns)
      return "Before a loss";
  return "Sure";
}

static char *
age_text (const PoolTrace *trace, gsize row, TimeRange range)
{
  const char *texts[] = { "<1 s", "1–10 s", "10–60 s", "1–10 min", ">10 min" };
  const double limits[] = { 1, 10, 60, 600 };
  double end = range.end_ns == G_MAXINT64 ? (double) (trace->info.last_event_ns + 1) : (double) range.end_ns;
  if (trace->intervals.allocated_ns[row] == POOL_TIME_BEFORE)
    return g_strdup ("[Before trace]");
  if (trace->intervals.freed_ns[row] != POOL_TIME_NEVER)
    end = fmin (end, (double) trace->intervals.freed_ns[row]);
  guint place = 0;
  while (place < 4 && (end - (double) trace->intervals.allocated_ns[row]) / 1e9 >= limits[place])
    place++;
  return g_strdup (texts[place]);
}

/* The random traces have one wrapper, the module NDIS.SYS. */
static char *
module_text (const PoolTrace *trace, guint32 stack)
{
  const PoolImage *found = NULL, *innermost = NULL;
  for (guint32 i = trace->stack_starts[stack]; i < trace->stack_starts[stack + 1]; i++)
    {
      guint32 row = trace->frames[trace->stack_frames[i]].image;
      innermost = row == POOL_INDEX_NONE ? NULL : &trace->images[row];
      if (innermost && innermost->process == POOL_INDEX_NONE && strcmp (innermost->file_name, "NDIS.SYS") != 0)
        found = innermost; /* the last one, going inward */
    }
  if (!found)
    found = innermost;
  return g_strdup (found ? found->file_name : "[Unknown]");
}

/* The names of services in random traces come in their order. */
static char *
service_text (const PoolTrace *trace, const PoolContext *context)
{
  GString *all = g_string_new (NULL);
  for (gsize i = 0; i < trace->n_services && context->process != POOL_INDEX_NONE; i++)
    {
      const PoolService *service = &trace->services[i];
      if (service->process != context->process)
        continue;
      if (context->thread != POOL_INDEX_NONE
          && trace->threads[context->thread].sub_process_tag == service->sub_process_tag)
        {
          g_string_assign (all, service->name);
          break;
        }
      g_string_append_printf (all, "%s%s", all->len ? ", " : "", service->name);
    }
  return g_string_free (all, FALSE);
}

static char *
single_text (const PoolTrace *trace, Dimension dimension, gsize row, PoolIntervalType type, TimeRange range)
{
  const PoolIntervals *intervals = &trace->intervals;
  const PoolSite *site = &trace->sites[intervals->site[row]];
  const PoolContext *context = &trace->contexts[intervals->context[row]];
  const char *types[] = { "AIFO", "AIFI", "AOFI", "AOFO" };
  const char *impacts[] = { "Impacting", "Transient", "Impacting", "Persistent" };
  switch (dimension)
    {
    case DIMENSION_TYPE:
      return g_strdup (types[type]);
    case DIMENSION_IMPACT:
      return g_strdup (impacts[type]);
    case DIMENSION_PAGED:
      return g_strdup (site->pool_type % 2 ? "Paged" : "NonPaged");
    case DIMENSION_POOL_TYPE:
      return pool_type_text (site->pool_type, site->session != POOL_SESSION_NONE);
    case DIMENSION_TAG:
      return g_strndup ((const char *) &site->tag, 4); /* the traces tested have printable tags */
    case DIMENSION_PROCESS:
      if (context->process == POOL_INDEX_NONE)
        return g_strdup ("[Unknown]");
      return g_strdup_printf (trace->processes[context->process].instance > 1 ? "%s (%u) #%u" : "%s (%u)",
                              trace->processes[context->process].image_name,
                              trace->processes[context->process].process_id,
                              trace->processes[context->process].instance);
    case DIMENSION_THREAD:
      return number_text (context->thread_id, POOL_INDEX_NONE);
    case DIMENSION_CPU:
      return number_text (intervals->processor[row], G_MAXUINT16);
    case DIMENSION_SESSION:
      return number_text (site->session, POOL_SESSION_NONE);
    case DIMENSION_SIZE:
      return number_text (intervals->size_bytes[row], G_MAXUINT64);
    case DIMENSION_SIZE_CLASS:
      g_assert_true (intervals->size_bytes[row] >= 8 && intervals->size_bytes[row] < 16);
      return g_strdup ("8 B – 16 B");
    case DIMENSION_AGE:
      return age_text (trace, row, range);
    case DIMENSION_MODULE:
      return module_text (trace, site->stack);
    case DIMENSION_DRIVER:
      /* What the built-in list has of the tags of random traces. */
      return memcmp (&site->tag, "Irp ", 4) == 0   ? g_strdup ("nt!io")
             : memcmp (&site->tag, "Leak", 4) == 0 ? g_strdup ("myfault.sys")
                                                   : module_text (trace, site->stack);
    case DIMENSION_DESCRIPTION:
      return g_strdup (memcmp (&site->tag, "Irp ", 4) == 0   ? "I/O requests on their way through drivers"
                       : memcmp (&site->tag, "Leak", 4) == 0 ? "what the test program NotMyfault leaks on purpose"
                                                             : "");
    case DIMENSION_SERVICE:
      return service_text (trace, context);
    case DIMENSION_DOUBT:
      return g_strdup (doubt_text (trace, intervals->allocated_ns[row]));
    default:
      g_assert_not_reached ();
    }
}

static const SlowReading *current_reading;

void
slow_set_reading (const SlowReading *reading)
{
  current_reading = reading;
}

/* The frames of the stack as recorded. */
static GPtrArray *
recorded_texts (const PoolTrace *trace, Dimension dimension, gsize row)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  guint32 stack = dimension == DIMENSION_FREE_STACK ? trace->intervals.free_stack[row]
                                                    : trace->sites[trace->intervals.site[row]].stack;
  for (guint32 i = trace->stack_starts[stack]; i < trace->stack_starts[stack + 1]; i++)
    g_ptr_array_add (texts, frame_text (trace, trace->stack_frames[i]));
  return texts;
}

static gboolean
is_of_stacks (Dimension dimension)
{
  return dimension == DIMENSION_STACK || dimension == DIMENSION_FREE_STACK || dimension == DIMENSION_FRAME_TAGS;
}

GPtrArray *
slow_texts (const PoolTrace *trace, Dimension dimension, gsize row, PoolIntervalType type, TimeRange range)
{
  static const SlowReading plain;
  const SlowReading *reading = current_reading != NULL ? current_reading : &plain;
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  if (is_of_stacks (dimension) || dimension == DIMENSION_STACK_TAG)
    {
      g_autoptr (GPtrArray) recorded = recorded_texts (trace, dimension, row);
      if (dimension == DIMENSION_STACK_TAG)
        g_ptr_array_add (texts, slow_reading_tag (reading, recorded));
      else
        g_ptr_array_extend_and_steal (texts,
                                      slow_reading_rows (reading, recorded, dimension == DIMENSION_FRAME_TAGS));
    }
  else
    g_ptr_array_add (texts, single_text (trace, dimension, row, type, range));
  return texts;
}

gboolean
slow_type (TimeRange range, gint64 allocated_ns, gint64 freed_ns, PoolIntervalType *ret_type)
{
  if (!(allocated_ns < range.end_ns && freed_ns >= range.start_ns))
    return FALSE;
  if (allocated_ns >= range.start_ns)
    *ret_type = freed_ns < range.end_ns ? POOL_TYPE_AIFI : POOL_TYPE_AIFO;
  else
    *ret_type = freed_ns < range.end_ns ? POOL_TYPE_AOFI : POOL_TYPE_AOFO;
  return TRUE;
}

/* Conditions such as "size>=10B" and "age<3ns": numbers as doubles, what has no beginning or end infinite. */
static gboolean
passes_number (const PoolTrace *trace, const char *condition, gsize row, TimeRange range)
{
  const PoolIntervals *intervals = &trace->intervals;
  gsize name_length = strcspn (condition, "<>");
  const char *at = condition + name_length + 1;
  gboolean is_above = condition[name_length] == '>', takes_equal = *at == '=';
  double limit = g_ascii_strtod (at + (takes_equal ? 1 : 0), NULL); /* the random ones are in B and ns */
  double allocated = intervals->allocated_ns[row] == POOL_TIME_BEFORE ? -INFINITY : (double) intervals->allocated_ns[row];
  double freed = intervals->freed_ns[row] == POOL_TIME_NEVER ? INFINITY : (double) intervals->freed_ns[row];
  double end = range.end_ns == G_MAXINT64 ? (double) (trace->info.last_event_ns + 1) : (double) range.end_ns;
  double value = 0;
  if (g_str_has_prefix (condition, "size"))
    value = (double) intervals->size_bytes[row];
  else if (g_str_has_prefix (condition, "allocated"))
    value = allocated;
  else if (g_str_has_prefix (condition, "freed"))
    value = freed;
  else if (g_str_has_prefix (condition, "lifetime"))
    value = freed - allocated;
  else
    value = fmin (freed, end) - allocated;
  return (is_above ? value > limit : value < limit) || (takes_equal && !(value < limit) && !(value > limit));
}

gboolean
slow_passes (const PoolTrace *trace, const char *const *conditions, gsize row, PoolIntervalType type,
             TimeRange range)
{
  for (; conditions && *conditions; conditions++)
    {
      if (strcspn (*conditions, "<>") < strcspn (*conditions, "="))
        {
          if (!passes_number (trace, *conditions, row, range))
            return FALSE;
          continue;
        }
      const char *equals = strchr (*conditions, '=');
      gboolean is_negated = equals[-1] == '!';
      g_autofree char *name
          = g_strndup (*conditions, (gsize) (equals - *conditions) - (is_negated ? 1u : 0u));
      g_autofree char *pattern = g_strdup (equals + 1);
      Dimension dimension = 0;
      while (strcmp (dimension_get_name (dimension), name) != 0)
        dimension++;
      while (dimension == DIMENSION_TAG && strchr (pattern, '*') == NULL && strlen (pattern) < 4)
        {
          char *longer = g_strconcat (pattern, " ", NULL);
          g_free (pattern);
          pattern = longer;
        }
      g_autoptr (GPtrArray) texts = slow_texts (trace, dimension, row, type, range);
      if (is_of_stacks (dimension))
        g_ptr_array_extend_and_steal (texts, recorded_texts (trace, dimension, row));
      gboolean matches = FALSE;
      for (guint i = 0; i < texts->len; i++)
        matches = matches || fnmatch (pattern, texts->pdata[i], 0) == 0;
      if (matches == is_negated)
        return FALSE;
    }
  return TRUE;
}

char *
slow_path_append (const char *path, guint level, const char *text)
{
  return g_strdup_printf ("%s%u\x1f%s\x1e", path, level, text);
}

GPtrArray *
slow_path (const PoolTrace *trace, const Dimension *grouping, gsize n_levels, gsize row,
           PoolIntervalType type, TimeRange range)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (paths, g_strdup (""));
  for (guint level = 0; level < n_levels; level++)
    {
      g_autoptr (GPtrArray) texts = slow_texts (trace, grouping[level], row, type, range);
      for (guint i = 0; i < texts->len; i++)
        g_ptr_array_add (paths, slow_path_append (paths->pdata[paths->len - 1], level, texts->pdata[i]));
    }
  return paths;
}

static void
slow_row_free (gpointer data)
{
  SlowRow *row = data;
  g_array_unref (row->members);
  g_free (row);
}

GHashTable *
slow_table (const PoolTrace *trace, const Dimension *grouping, gsize n_levels, const char *const *conditions,
            TimeRange range)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, slow_row_free);
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      PoolIntervalType type;
      if (!slow_type (range, trace->intervals.allocated_ns[row], trace->intervals.freed_ns[row], &type)
          || !slow_passes (trace, conditions, row, type, range))
        continue;
      g_autoptr (GPtrArray) paths = slow_path (trace, grouping, n_levels, row, type, range);
      for (guint i = 0; i < paths->len; i++)
        {
          SlowRow *record = g_hash_table_lookup (table, paths->pdata[i]);
          if (record == NULL)
            {
              record = g_new0 (SlowRow, 1);
              record->members = g_array_new (FALSE, FALSE, sizeof (gsize));
              g_hash_table_insert (table, g_strdup (paths->pdata[i]), record);
            }
          g_array_append_val (record->members, row);
          if (i + 1 == paths->len)
            {
              record->own_count++;
              record->own_size += trace->intervals.size_bytes[row];
            }
        }
    }
  return table;
}

PoolTreeSums
slow_sums (const PoolTrace *trace, TimeRange range, const GArray *members)
{
  PoolTreeSums sums = { 0, 0, 0 };
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      gint64 size = (gint64) trace->intervals.size_bytes[row];
      PoolIntervalType type;
      g_assert_true (
          slow_type (range, trace->intervals.allocated_ns[row], trace->intervals.freed_ns[row], &type));
      sums.count++;
      sums.size_bytes += (guint64) size;
      sums.impacting_bytes += type == POOL_TYPE_AIFO ? size : type == POOL_TYPE_AOFI ? -size : 0;
    }
  return sums;
}

gint64
slow_outstanding (const PoolTrace *trace, const GArray *members, gint64 time_ns)
{
  gint64 sum = 0;
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      if (trace->intervals.allocated_ns[row] <= time_ns && time_ns < trace->intervals.freed_ns[row])
        sum += (gint64) trace->intervals.size_bytes[row];
    }
  return sum;
}

gint64
slow_outstanding_before (const PoolTrace *trace, const GArray *members, gint64 time_ns)
{
  gint64 sum = 0;
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      if (trace->intervals.allocated_ns[row] < time_ns && time_ns <= trace->intervals.freed_ns[row]
          && trace->intervals.allocated_ns[row] != trace->intervals.freed_ns[row])
        sum += (gint64) trace->intervals.size_bytes[row];
    }
  return sum;
}

/* What remains at @time_ns when its frees have happened and its allocations have not. */
static gint64
outstanding_between (const PoolTrace *trace, const GArray *members, gint64 time_ns)
{
  gint64 sum = 0;
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      if (trace->intervals.allocated_ns[row] < time_ns && time_ns < trace->intervals.freed_ns[row])
        sum += (gint64) trace->intervals.size_bytes[row];
    }
  return sum;
}

guint64
slow_peak (const PoolTrace *trace, TimeRange range, const GArray *members)
{
  gint64 peak = slow_outstanding_before (trace, members, range.start_ns);
  for (guint i = 0; i < members->len; i++)
    {
      gint64 time_ns = trace->intervals.allocated_ns[g_array_index (members, gsize, i)];
      if (time_ns >= range.start_ns && time_ns < range.end_ns)
        peak = MAX (peak, slow_outstanding (trace, members, time_ns));
    }
  return (guint64) peak;
}

static void
look_at (TimelineBin *bin, const PoolTrace *trace, const GArray *members, gint64 time_ns)
{
  bin->minimum = MIN (bin->minimum, outstanding_between (trace, members, time_ns));
  bin->maximum = MAX (bin->maximum, slow_outstanding (trace, members, time_ns));
}

TimelineBin
slow_bin (const PoolTrace *trace, const GArray *members, gint64 start_ns, gint64 end_ns)
{
  gint64 carried = slow_outstanding_before (trace, members, start_ns);
  TimelineBin bin = { carried, carried, carried };
  /* Between the events of its members nothing changes. */
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      gint64 times_ns[] = { trace->intervals.allocated_ns[row], trace->intervals.freed_ns[row] };
      for (guint j = 0; j < G_N_ELEMENTS (times_ns); j++)
        if (start_ns <= times_ns[j] && times_ns[j] < end_ns)
          look_at (&bin, trace, members, times_ns[j]);
    }
  if (start_ns < end_ns)
    bin.last = slow_outstanding (trace, members, end_ns - 1);
  return bin;
}

static gboolean
is_unseen_free (const PoolTrace *trace, gsize row)
{
  for (gsize i = 0; i < trace->intervals.n_unseen_frees; i++)
    if (trace->intervals.unseen_frees[i] == row)
      return TRUE;
  return FALSE;
}

TimeRange
slow_span (const PoolTrace *trace, TimeRange range)
{
  gint64 data_start_ns = trace->info.first_pool_event_ns == POOL_TIME_NEVER ? 0 : trace->info.first_pool_event_ns;
  TimeRange span = range;
  if (range.start_ns == 0)
    span.start_ns = data_start_ns;
  if (range.end_ns == G_MAXINT64)
    span.end_ns = trace->info.last_event_ns + 1;
  if (span.end_ns < span.start_ns)
    span.end_ns = span.start_ns;
  return span;
}

RowMetrics
slow_metrics (const PoolTrace *trace, TimeRange range, const GArray *members)
{
  RowMetrics metrics = { .sums = slow_sums (trace, range, members), .peak_bytes = slow_peak (trace, range, members) };
  for (guint i = 0; i < members->len; i++)
    {
      gsize row = g_array_index (members, gsize, i);
      gint64 allocated_ns = trace->intervals.allocated_ns[row], freed_ns = trace->intervals.freed_ns[row];
      gboolean is_lost = trace->sites[trace->intervals.site[row]].stack == POOL_STACK_ALLOCATION_LOST;
      gboolean is_inside = !is_lost && range.start_ns <= allocated_ns && allocated_ns < range.end_ns;
      gboolean is_freed_inside = range.start_ns <= freed_ns && freed_ns < range.end_ns;
      metrics.n_allocs += is_inside ? 1 : 0;
      metrics.n_freed += is_inside && is_freed_inside ? 1 : 0;
      metrics.n_frees += is_freed_inside && !is_unseen_free (trace, row) ? 1 : 0;
    }
  gint64 minima[8];
  TimeRange span = slow_span (trace, range);
  gint64 length_ns = span.end_ns - span.start_ns;
  for (gint64 i = 0; i < 8; i++)
    minima[i] = slow_bin (trace, members, span.start_ns + i * length_ns / 8, span.start_ns + (i + 1) * length_ns / 8)
                    .minimum;
  metrics.growth_bytes = minima[7] - minima[0];
  metrics.recent_bytes = minima[7] - minima[4];
  for (guint i = 1; i < 8; i++)
    metrics.n_steps_up += minima[i] > minima[i - 1] ? 1 : 0;
  return metrics;
}

const char *
slow_verdict (const RowMetrics *metrics)
{
  if (metrics->growth_bytes <= 0)
    return "churn";
  if ((double) metrics->recent_bytes <= 0.05 * (double) metrics->growth_bytes)
    return "levelled off";
  return metrics->n_steps_up >= 6 ? "growing" : "unclear";
}
