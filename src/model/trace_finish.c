#include "model/trace_finish.h"

#include "model/loss_list.h"

static guint8 *
find_used_stacks (const TraceBuilder *builder)
{
  const IntervalTable *intervals = &builder->intervals;
  guint8 *used = g_new0 (guint8, builder->stacks.stacks->len);
  for (gsize i = 0; i < intervals->stack.n; i++)
    {
      used[intervals->stack.values[i]] = 1;
      used[intervals->free_stack.values[i]] = 1;
    }
  return used;
}

static void
finish_stacks (TraceBuilder *builder, PoolTrace *trace)
{
  IntervalTable *intervals = &builder->intervals;
  ImageIndex *images = image_index_new (&builder->images);
  g_autofree guint8 *used = find_used_stacks (builder);
  g_autofree guint32 *map = g_new (guint32, builder->stacks.stacks->len);
  trace->counters.values[IMPORT_STACK_KEYS_UNDEFINED] +=
    stack_table_finish (&builder->stacks, builder->fragments, images, builder->file->header.pointer_size, used,
                        trace, map);
  image_index_free (images);
  PoolTraceInfo *info = &trace->info;
  for (gsize i = 0; i < intervals->stack.n; i++)
    {
      guint32 stack = intervals->stack.values[i] = map[intervals->stack.values[i]];
      guint32 free_stack = intervals->free_stack.values[i] = map[intervals->free_stack.values[i]];
      info->n_allocations_with_stack += stack >= POOL_N_SPECIAL_STACKS;
      info->n_stacks_missing += stack == POOL_STACK_NONE;
      info->n_frees_with_stack += free_stack >= POOL_N_SPECIAL_STACKS;
    }
}

/* Replaces the kind column by the site column, in place: a site is a kind and a stack. */
static void
finish_sites (TraceBuilder *builder, PoolTrace *trace)
{
  IntervalTable *intervals = &builder->intervals;
  GArray *sites = g_array_new (FALSE, FALSE, sizeof (PoolSite));
  IdMap site_of_pair = { 0 };
  /* Most stacks allocate one kind only: the site that a stack had last is nearly always the one. */
  g_autofree guint32 *last_kind = g_new (guint32, trace->n_stacks);
  g_autofree guint32 *last_site = g_new (guint32, trace->n_stacks);
  memset (last_kind, 0xFF, trace->n_stacks * sizeof *last_kind);
  for (gsize i = 0; i < intervals->kind.n; i++)
    {
      guint32 kind = intervals->kind.values[i], stack = intervals->stack.values[i], site;
      if (last_kind[stack] != kind)
        {
          guint64 key = (guint64) kind << 32 | stack;
          if (!id_map_get (&site_of_pair, key, &site))
            {
              const IntervalKind *what = &g_array_index (intervals->kinds, IntervalKind, kind);
              PoolSite new_site = { what->pool_type, what->tag, what->session, stack };
              site = sites->len;
              g_array_append_val (sites, new_site);
              id_map_set (&site_of_pair, key, site);
            }
          last_kind[stack] = kind;
          last_site[stack] = site;
        }
      intervals->kind.values[i] = last_site[stack];
    }
  id_map_clear (&site_of_pair);
  trace->n_sites = sites->len;
  trace->sites = (PoolSite *) g_array_free (sites, FALSE);
}

/* Takes the columns of the interval table over. */
static void
finish_intervals (TraceBuilder *builder, PoolTrace *trace)
{
  IntervalTable *from = &builder->intervals;
  PoolIntervals *to = &trace->intervals;
  u32_column_clear (&from->stack);
  i64_column_trim (&from->allocated_ns);
  i64_column_trim (&from->freed_ns);
  u64_column_trim (&from->address);
  u64_column_trim (&from->size_bytes);
  u32_column_trim (&from->kind);
  u32_column_trim (&from->context);
  u32_column_trim (&from->free_stack);
  u16_column_trim (&from->processor);
  u32_column_trim (&from->free_order);
  u32_column_trim (&from->unseen_frees);
  to->n = from->address.n;
  to->n_before = from->n_before;
  to->n_freed = from->free_order.n;
  to->n_unseen_frees = from->unseen_frees.n;
  to->allocated_ns = g_steal_pointer (&from->allocated_ns.values);
  to->freed_ns = g_steal_pointer (&from->freed_ns.values);
  to->address = g_steal_pointer (&from->address.values);
  to->size_bytes = g_steal_pointer (&from->size_bytes.values);
  to->site = g_steal_pointer (&from->kind.values);
  to->context = g_steal_pointer (&from->context.values);
  to->free_stack = g_steal_pointer (&from->free_stack.values);
  to->processor = g_steal_pointer (&from->processor.values);
  to->free_order = g_steal_pointer (&from->free_order.values);
  to->unseen_frees = g_steal_pointer (&from->unseen_frees.values);
}

/* Hands the elements of *@array over, without clearing them, and forgets the array. */
static gpointer
steal_array (GArray **array, gsize *ret_n)
{
  *ret_n = (*array)->len;
  GArray *stolen = g_steal_pointer (array);
  return g_array_free (stolen, FALSE);
}

static void
count_threads (TraceBuilder *builder, PoolTrace *trace)
{
  const IntervalTable *intervals = &builder->intervals;
  for (gsize i = 0; i < intervals->context.n; i++)
    {
      gboolean was_seen = intervals->stack.values[i] != POOL_STACK_BEFORE_TRACE
                          && intervals->stack.values[i] != POOL_STACK_ALLOCATION_LOST;
      trace->counters.values[IMPORT_POOL_THREADS_UNKNOWN] += was_seen && intervals->context.values[i] == 0;
    }
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
  info->losses = loss_list_new (file, &builder->loss_ns, info->last_event_ns, &info->n_losses);
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
  finish_stacks (builder, trace);
  count_threads (builder, trace);
  finish_sites (builder, trace);
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
