#include "analysis/dimension.h"
#include "base/number_format.h"
#include "base/tick_clock.h"
#include "export/trace_facts.h"
#include "export/trace_report.h"

#include <glib/gi18n-lib.h>

#define UNKNOWN "unknown"

static void
trace_fact_free (gpointer data)
{
  TraceFact *self = data;
  g_free (self->text);
  g_strfreev (self->list);
  g_free (self);
}

/* Takes @text. */
static TraceFact *
add_text (GPtrArray *facts, const char *name, const char *label, char *text)
{
  TraceFact *fact = g_new0 (TraceFact, 1);
  *fact = (TraceFact){ .name = name, .label = label, .kind = TRACE_FACT_TEXT, .text = text };
  g_ptr_array_add (facts, fact);
  return fact;
}

static void
add_known_text (GPtrArray *facts, const char *name, const char *label, const char *text)
{
  if (text && *text)
    add_text (facts, name, label, g_strdup (text));
}

/* Takes @text. */
static void
add_number (GPtrArray *facts, const char *name, const char *label, gint64 number, char *text)
{
  TraceFact *fact = add_text (facts, name, label, text);
  fact->kind = TRACE_FACT_NUMBER;
  fact->number = number;
}

static void
add_count (GPtrArray *facts, const char *name, const char *label, guint64 count)
{
  gint64 number = (gint64) MIN (count, (guint64) G_MAXINT64);
  add_number (facts, name, label, number, format_count (number));
}

static char *
dup_time_text (gint64 time_ns)
{
  return time_ns == POOL_TIME_NEVER ? g_strdup ("none") : format_time (time_ns, NS_PER_SECOND / 1000000);
}

static void
add_file (GPtrArray *facts, const PoolTraceInfo *info)
{
  gint64 size = (gint64) MIN (info->file_size_bytes, (guint64) G_MAXINT64);
  g_autofree char *short_size = format_bytes (size);
  add_text (facts, "file", N_ ("File"),
            info->path ? g_filename_display_name (info->path) : g_strdup (info->display_name));
  add_number (facts, "size_bytes", N_ ("Size"), size,
              g_strdup_printf ("%s (%" G_GINT64_FORMAT " bytes)", short_size, size));
}

static void
add_machine (GPtrArray *facts, const PoolTraceInfo *info)
{
  gboolean has_lab = info->build_lab && *info->build_lab;
  add_text (facts, "windows_build", N_ ("Windows build"),
            g_strdup_printf ("%u.%u.%u%s%s%s", info->os_major, info->os_minor, info->os_build,
                             has_lab ? " (" : "", has_lab ? info->build_lab : "", has_lab ? ")" : ""));
  add_known_text (facts, "product", N_ ("Product"), info->product_name);
  add_known_text (facts, "computer", N_ ("Computer"), info->computer_name);
  add_number (facts, "pointer_size_bytes", N_ ("Pointer size"), info->pointer_size,
              g_strdup_printf ("%u bytes (%u-bit)", info->pointer_size, info->pointer_size * 8));
  GString *processors = g_string_new (NULL);
  g_string_append_printf (processors, "%u", info->n_processors);
  if (info->processor_name && *info->processor_name)
    g_string_append_printf (processors, " × %s", info->processor_name);
  if (info->cpu_mhz > 0)
    g_string_append_printf (processors, ", %u MHz", info->cpu_mhz);
  add_number (facts, "processors", N_ ("Processors"), info->n_processors, g_string_free (processors, FALSE));
  if (info->memory_mib > 0)
    add_number (facts, "memory_mib", N_ ("Memory"), info->memory_mib,
                format_bytes ((gint64) info->memory_mib * 1024 * 1024));
}

/* By PoolTraceInfo.clock_type. */
static const char *const clock_names[]
    = { UNKNOWN, "performance counter", "system time", "processor cycles" };

static void
add_times (GPtrArray *facts, const PoolTraceInfo *info)
{
  add_text (
      facts, "clock", "Clock",
      g_strdup_printf ("%s, %" G_GUINT64_FORMAT " ticks per second",
                       clock_names[info->clock_type < G_N_ELEMENTS (clock_names) ? info->clock_type : 0],
                       info->frequency));
  int offset = (int) CLAMP (-(gint64) info->bias_minutes, -24 * 60, 24 * 60), size = ABS (offset);
  g_autofree char *local = format_filetime (info->start_filetime, info->bias_minutes);
  gboolean is_known = info->start_filetime > 0;
  add_text (facts, "start_local", N_ ("Start (local)"),
            is_known ? g_strdup_printf ("%s %c%02d:%02d", local, offset < 0 ? '-' : '+', size / 60, size % 60)
                     : g_strdup (UNKNOWN));
  add_text (facts, "start_utc", N_ ("Start (UTC)"),
            is_known ? format_filetime (info->start_filetime, 0) : g_strdup (UNKNOWN));
  add_number (facts, "length_ns", N_ ("Length"), info->last_event_ns, dup_time_text (info->last_event_ns));
}

static void
add_recording (GPtrArray *facts, const PoolTrace *trace)
{
  const PoolTraceInfo *info = &trace->info;
  add_known_text (facts, "session", N_ ("Session"), info->session_name);
  add_number (
      facts, "buffers_read", "Buffers", (gint64) info->buffers_read,
      g_strdup_printf ("%" G_GSIZE_FORMAT " read of %u written", info->buffers_read, info->buffers_written));
  add_count (facts, "buffers_written", NULL, info->buffers_written);
  add_count (facts, "events", N_ ("Events"), trace->counters.values[IMPORT_EVENTS_READ]);
  add_count (facts, "events_lost", N_ ("Events lost"),
             MAX (info->events_lost, trace->counters.values[IMPORT_EVENTS_LOST]));
  add_count (facts, "buffers_lost", N_ ("Buffers lost"),
             MAX (info->buffers_lost, trace->counters.values[IMPORT_BUFFERS_LOST]));
}

static void
add_pool (GPtrArray *facts, const PoolTrace *trace)
{
  const PoolTraceInfo *info = &trace->info;
  const guint64 *counters = trace->counters.values;
  guint64 n_stacks = info->n_allocations_with_stack + info->n_frees_with_stack;
  guint64 n_events = info->n_allocations + info->n_frees;
  add_count (facts, "pool_events", N_ ("Pool events"), n_events);
  add_count (facts, "allocations", N_ ("Allocations"), info->n_allocations);
  add_count (facts, "frees", N_ ("Frees"), info->n_frees);
  guint64 n_before = counters[IMPORT_POOL_FREES_BEFORE_TRACE],
          n_lost = counters[IMPORT_POOL_FREES_ALLOCATION_LOST];
  g_autofree char *unmatched = format_count ((gint64) (n_before + n_lost));
  g_autofree char *before = format_count ((gint64) n_before), *lost = format_count ((gint64) n_lost);
  add_number (
      facts, "unmatched_frees", "Unmatched frees", (gint64) (n_before + n_lost),
      g_strdup_printf ("%s (%s allocated before the trace, %s allocation lost)", unmatched, before, lost));
  g_autofree char *attached = format_count ((gint64) n_stacks);
  g_autofree char *of_allocations = format_count ((gint64) info->n_allocations_with_stack);
  g_autofree char *of_frees = format_count ((gint64) info->n_frees_with_stack);
  add_number (facts, "stacks_attached", N_ ("Stacks attached"), (gint64) n_stacks,
              g_strdup_printf ("%s (%s of allocations, %s of frees)", attached, of_allocations, of_frees));
  g_autofree char *missing = format_count ((gint64) (n_events - n_stacks));
  g_autofree char *missing_allocations = format_count ((gint64) info->n_stacks_missing);
  add_number (facts, "stacks_missing", N_ ("Stacks missing"), (gint64) (n_events - n_stacks),
              g_strdup_printf ("%s (%s of allocations)", missing, missing_allocations));
}

static void
add_tags (GPtrArray *facts, const TraceFacts *sums)
{
  TraceFact *tags = add_text (facts, "tags", N_ ("Pool tags"),
                              sums->tags->len > 0 ? trace_facts_dup_tag_list (sums) : g_strdup ("none"));
  tags->kind = TRACE_FACT_LIST;
  tags->list = g_new0 (char *, sums->tags->len + 1);
  for (guint i = 0; i < sums->tags->len; i++)
    tags->list[i] = pool_tag_dup_text (g_array_index (sums->tags, guint32, i));
}

GPtrArray *
trace_report_list (const PoolTrace *trace)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (trace_fact_free);
  g_auto (TraceFacts) sums = trace_facts_collect (trace);
  const PoolTraceInfo *info = &trace->info;
  add_file (facts, info);
  add_machine (facts, info);
  add_times (facts, info);
  add_recording (facts, trace);
  add_pool (facts, trace);
  add_count (facts, "images", N_ ("Images"), trace->n_images);
  add_count (facts, "image_identities", N_ ("Image identities"), sums.n_images_with_identity);
  add_count (facts, "processes", N_ ("Processes"), trace->n_processes);
  add_tags (facts, &sums);
  add_number (facts, "data_start_ns", N_ ("Data start"), info->first_pool_event_ns,
              dup_time_text (info->first_pool_event_ns));
  add_number (facts, "complete_from_ns", N_ ("Complete from"), info->complete_from_ns,
              dup_time_text (info->complete_from_ns));
  return facts;
}
