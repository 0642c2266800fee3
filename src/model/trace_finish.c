#include "model/trace_finish.h"

#include "base/row_shares.h"
#include "model/loss_list.h"

/* What of the loader's tables the rows name. */
typedef struct
{
  guint8 *sites;  /* (array length=sites of the site table) (owned): whether it is used */
  guint8 *stacks; /* (array length=stacks of the stack table) (owned) */
} Used;

typedef struct
{
  const TraceBuilder *builder;
  Used of_shares[ROW_SHARES_MAXIMUM];
} UsedSearch;

static Used
used_new (const TraceBuilder *builder)
{
  return (Used){ g_new0 (guint8, builder->intervals.sites.sites->len), g_new0 (guint8, builder->stacks.stacks->len) };
}

static void
used_clear (Used *self)
{
  g_free (self->sites);
  g_free (self->stacks);
}

static void
find_used_of_rows (guint share, gsize begin, gsize end, gpointer data)
{
  UsedSearch *search = data;
  const IntervalTable *intervals = &search->builder->intervals;
  Used used = search->of_shares[share] = used_new (search->builder);
  for (gsize i = begin; i < end; i++)
    used.sites[intervals->site[i]] = 1;
  for (gsize i = begin; i < end && intervals->free_stack; i++)
    used.stacks[intervals->free_stack[i]] = 1;
}

static Used
find_used (const TraceBuilder *builder)
{
  const SiteTable *sites = &builder->intervals.sites;
  UsedSearch search = { .builder = builder };
  guint n_shares = row_shares_choose (builder->intervals.n, ROW_SHARES_MAXIMUM);
  row_shares_run (builder->intervals.n, n_shares, find_used_of_rows, &search);
  Used used = search.of_shares[0];
  for (guint share = 1; share < n_shares; share++)
    {
      Used *others = &search.of_shares[share];
      for (guint32 site = 0; site < sites->sites->len; site++)
        used.sites[site] |= others->sites[site];
      for (guint32 stack = 0; stack < builder->stacks.stacks->len; stack++)
        used.stacks[stack] |= others->stacks[stack];
      used_clear (others);
    }
  for (guint32 site = 0; site < sites->sites->len; site++)
    if (used.sites[site])
      used.stacks[site_table_peek_site (sites, site)->stack] = 1;
  return used;
}

/* The trace's sites, from those of the site table that are used, their stacks replaced by @stack_map: different
 * stacks can turn out the same. @ret_map receives the trace's site of each used one. */
static void
finish_sites (const SiteTable *sites, const guint8 *used, const guint32 *stack_map, PoolTrace *trace, guint32 *ret_map)
{
  GArray *finished = g_array_new (FALSE, FALSE, sizeof (PoolSite));
  IdMap site_of_pair = { 0 };
  for (guint32 row = 0; row < sites->sites->len; row++)
    {
      const KindSite *site = site_table_peek_site (sites, row);
      if (!used[row])
        continue;
      guint32 stack = stack_map[site->stack];
      guint64 key = (guint64) site->kind << 32 | stack;
      if (!id_map_get (&site_of_pair, key, &ret_map[row]))
        {
          const BlockKind *kind = site_table_peek_kind (sites, site->kind);
          PoolSite new_site = { kind->pool_type, kind->tag, kind->session, stack };
          ret_map[row] = finished->len;
          id_map_set (&site_of_pair, key, finished->len);
          g_array_append_val (finished, new_site);
        }
    }
  id_map_clear (&site_of_pair);
  trace->n_sites = finished->len;
  trace->sites = (PoolSite *) g_array_free (finished, FALSE);
}

/* Gives rows the trace's own sites and stacks. */
typedef struct
{
  IntervalTable *intervals;
  const PoolTrace *trace;
  const guint32 *site_map, *stack_map;
  struct
  {
    guint64 *n_of_site; /* (array length=trace->n_sites) (owned) */
    guint64 n_frees_with_stack, n_threads_unknown;
  } of_shares[ROW_SHARES_MAXIMUM];
} Settling;

static void
settle_share (guint share, gsize begin, gsize end, gpointer data)
{
  Settling *self = data;
  IntervalTable *intervals = self->intervals;
  guint64 *n_of_site = self->of_shares[share].n_of_site = g_new0 (guint64, self->trace->n_sites);
  guint64 n_frees_with_stack = 0, n_threads_unknown = 0;
  for (gsize i = begin; i < end; i++)
    {
      guint32 site = intervals->site[i] = self->site_map[intervals->site[i]];
      guint32 free_stack = intervals->free_stack ? intervals->free_stack[i] : POOL_STACK_NONE;
      n_of_site[site]++;
      if (free_stack != POOL_STACK_NONE)
        {
          free_stack = intervals->free_stack[i] = self->stack_map[free_stack];
          n_frees_with_stack += free_stack >= POOL_N_SPECIAL_STACKS;
        }
      if (intervals->context && G_UNLIKELY (intervals->context[i] == 0))
        {
          guint32 stack = self->trace->sites[site].stack;
          n_threads_unknown += stack != POOL_STACK_BEFORE_TRACE && stack != POOL_STACK_ALLOCATION_LOST;
        }
    }
  self->of_shares[share].n_frees_with_stack = n_frees_with_stack;
  self->of_shares[share].n_threads_unknown = n_threads_unknown;
}

/* Settles all rows, and counts what has no stack or thread. */
static void
settle_rows (TraceBuilder *builder, PoolTrace *trace, const guint32 *site_map, const guint32 *stack_map)
{
  Settling settling = { .intervals = &builder->intervals, .trace = trace, .site_map = site_map,
                        .stack_map = stack_map };
  guint n_shares = row_shares_choose (builder->intervals.n, ROW_SHARES_MAXIMUM);
  row_shares_run (builder->intervals.n, n_shares, settle_share, &settling);
  for (guint share = 0; share < n_shares; share++)
    {
      const guint64 *n_of_site = settling.of_shares[share].n_of_site;
      trace->counters.values[IMPORT_POOL_THREADS_UNKNOWN] += settling.of_shares[share].n_threads_unknown;
      trace->info.n_frees_with_stack += settling.of_shares[share].n_frees_with_stack;
      for (guint32 site = 0; site < trace->n_sites; site++)
        if (trace->sites[site].stack == POOL_STACK_NONE)
          trace->info.n_stacks_missing += n_of_site[site];
        else if (trace->sites[site].stack >= POOL_N_SPECIAL_STACKS)
          trace->info.n_allocations_with_stack += n_of_site[site];
      g_free (settling.of_shares[share].n_of_site);
    }
}

static void
finish_stacks_and_sites (TraceBuilder *builder, PoolTrace *trace)
{
  const SiteTable *sites = &builder->intervals.sites;
  ImageIndex *images = image_index_new (&builder->images);
  Used used = find_used (builder);
  g_autofree guint32 *stack_map = g_new (guint32, builder->stacks.stacks->len);
  g_autofree guint32 *site_map = g_new (guint32, sites->sites->len);
  trace->counters.values[IMPORT_STACK_KEYS_UNDEFINED] +=
    stack_table_finish (&builder->stacks, builder->fragments, images, builder->file->header.pointer_size,
                        used.stacks, trace, stack_map);
  image_index_free (images);
  finish_sites (sites, used.sites, stack_map, trace, site_map);
  settle_rows (builder, trace, site_map, stack_map);
  used_clear (&used);
}

/* Takes the columns of the interval table over. */
static void
finish_intervals (TraceBuilder *builder, PoolTrace *trace)
{
  IntervalTable *from = &builder->intervals;
  PoolIntervals *to = &trace->intervals;
  interval_table_trim (from);
  to->n = from->n;
  to->n_before = from->n_before;
  to->n_freed = from->free_order.n;
  to->free_order = g_steal_pointer (&from->free_order.values);
  to->n_unseen_frees = from->unseen_frees.n;
  to->unseen_frees = g_steal_pointer (&from->unseen_frees.values);
#define COLUMN(type, name, column) to->name = g_steal_pointer (&from->name);
  INTERVAL_COLUMNS (COLUMN)
#undef COLUMN
}

/* Hands the elements of *@array over, without clearing them, and forgets the array. */
static gpointer
steal_array (GArray **array, gsize *ret_n)
{
  *ret_n = (*array)->len;
  GArray *stolen = g_steal_pointer (array);
  return g_array_free (stolen, FALSE);
}

/* The latest, over the processors, of the first event in the oldest buffer that is left; 0 when the log cannot
 * have lost its beginning, or the rundown of the beginning is there. */
static gint64
find_complete_from (const TraceBuilder *builder, const RecordMerger *merger)
{
  guint32 mode = builder->file->header.log_file_mode;
  if (!(mode & (ETL_MODE_CIRCULAR | ETL_MODE_BUFFERING)))
    return 0;
  const gint64 *first_ns = record_merger_get_first_ns_of_processors (merger);
  gint64 latest = 0;
  for (guint i = 0; i < 65536; i++)
    if (first_ns[i] != G_MAXINT64)
      latest = MAX (latest, first_ns[i]);
  return builder->first_rundown_ns <= latest ? 0 : latest;
}

static void
finish_info (TraceBuilder *builder, const RecordMerger *merger, PoolTrace *trace)
{
  const EtlFile *file = builder->file;
  const EtlLogHeader *header = &file->header;
  PoolTraceInfo *info = &trace->info;
  info->display_name = g_strdup (byte_source_get_display_name (file->source));
  info->path = g_strdup (byte_source_get_path (file->source));
  info->file_size_bytes = byte_source_get_size (file->source);
  info->pointer_size = header->pointer_size;
  info->os_build = header->os_build;
  info->os_major = header->os_major;
  info->os_minor = header->os_minor;
  if (info->n_processors == 0)
    info->n_processors = header->n_processors;
  if (info->cpu_mhz == 0)
    info->cpu_mhz = header->cpu_mhz;
  info->clock_type = header->clock_type;
  info->frequency = header->clock.frequency;
  info->start_filetime = header->start_filetime;
  info->end_filetime = header->end_filetime;
  info->bias_minutes = header->bias_minutes;
  info->session_name = g_strdup (header->session_name);
  info->log_file_name = g_strdup (header->log_file_name);
  info->time_zone_name = g_strdup (header->time_zone_name);
  info->log_file_mode = header->log_file_mode;
  info->buffers_written = header->buffers_written;
  info->buffers_in_file = file->n_buffers_in_file;
  info->buffers_read = (gsize) trace->counters.values[IMPORT_BUFFERS_READ];
  info->events_lost = header->events_lost;
  info->buffers_lost = header->buffers_lost;
  info->is_cut_short = file->is_cut_short;
  info->was_stopped_cleanly = header->end_filetime != 0;
  info->has_start_rundown = builder->first_rundown_ns != G_MAXINT64;
  info->is_merged = trace->counters.values[IMPORT_IMAGE_IDENTITIES] > 0;
  info->last_event_ns = record_merger_get_last_ns (merger);
  info->complete_from_ns = find_complete_from (builder, merger);
  info->n_allocations = trace->counters.values[IMPORT_POOL_ALLOCATION_EVENTS];
  info->n_frees = trace->counters.values[IMPORT_POOL_FREE_EVENTS];
  info->losses = loss_list_new (file, record_merger_get_last_ns_of_buffers (merger), &builder->loss_ns,
                                info->last_event_ns, &info->n_losses);
  /* An event that tells of a loss stands for at least one, should the trace header know of none. */
  guint64 *counters = trace->counters.values;
  if (counters[IMPORT_EVENTS_LOST] == 0 && counters[IMPORT_BUFFERS_LOST] == 0)
    counters[IMPORT_EVENTS_LOST] = builder->loss_ns.n;
}

PoolTrace *
trace_finish (TraceBuilder *builder, const RecordMerger *merger, const ImportCounters *decoding)
{
  PoolTrace *trace = g_new0 (PoolTrace, 1);
  g_atomic_ref_count_init (&trace->references);
  address_table_clear (&builder->intervals.table);
  trace->info = builder->info;
  builder->info = (PoolTraceInfo){ 0 };
  import_counters_add (&builder->counters, decoding);
  trace->counters = builder->counters;
  process_table_complete_contexts (&builder->processes);
  service_table_complete (&builder->services, &builder->processes);
  interval_table_order_rows (&builder->intervals);
  image_table_join_identities (&builder->images);
  finish_stacks_and_sites (builder, trace);
  finish_intervals (builder, trace);
  finish_info (builder, merger, trace);
  trace->contexts = steal_array (&builder->processes.contexts, &trace->n_contexts);
  trace->processes = steal_array (&builder->processes.processes, &trace->n_processes);
  trace->threads = steal_array (&builder->processes.threads, &trace->n_threads);
  trace->images = steal_array (&builder->images.images, &trace->n_images);
  trace->services = steal_array (&builder->services.services, &trace->n_services);
  trace->volumes = steal_array (&builder->volumes, &trace->n_volumes);
  for (gsize i = 0; i < trace->n_frames; i++)
    if (trace->frames[i].image != POOL_INDEX_NONE)
      trace->images[trace->frames[i].image].n_frames++;
  return trace;
}
