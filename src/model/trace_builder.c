#include "model/trace_builder.h"

#include "base/large_block.h"
#include "base/prefetch.h"
#include "model/instant_order.h"
#include "model/trace_finish.h"

#define N_PROCESSORS 65536
#define SITE_CACHE_BYTES (SITE_CACHE_N_ENTRIES * sizeof (SiteCacheEntry))
/* An allocation with a stack of a dozen frames and its free take about twice this much of a file. */
#define EXPECTED_BYTES_PER_ALLOCATION 128
/* Enough for the time until each processor switches for the first time. */
#define MAX_ROWS_BEFORE_SWITCH (1 << 20)

static void
volume_clear (gpointer data)
{
  PoolVolume *volume = data;
  g_free (volume->nt_path);
  g_free (volume->dos_path);
}

TraceBuilder *
trace_builder_new (const EtlFile *file, StackFragmentTable *fragments, PoolColumns columns, LoadPreview *preview)
{
  TraceBuilder *self = g_new0 (TraceBuilder, 1);
  self->file = file;
  self->clock = file->header.clock;
  self->fragments = fragments;
  self->counters = file->counters;
  interval_table_init (&self->intervals, columns, &self->counters, preview);
  interval_table_reserve (&self->intervals,
                          (gsize) (byte_source_get_size (file->source) / EXPECTED_BYTES_PER_ALLOCATION));
  process_table_init (&self->processes);
  image_table_init (&self->images, file->header.pointer_size);
  stack_table_init (&self->stacks);
  stack_matcher_init (&self->matcher);
  self->matcher.intervals = &self->intervals;
  self->matcher.stacks = &self->stacks;
  self->matcher.processes = &self->processes;
  self->matcher.images = &self->images;
  self->matcher.counters = &self->counters;
  self->matcher.clock = self->clock;
  self->site_cache = (SiteCache){ large_block_new (SITE_CACHE_BYTES), 1 };
  self->instant_ns = G_MININT64;
  self->running_threads = g_new (guint32, N_PROCESSORS);
  memset (self->running_threads, 0xFF, N_PROCESSORS * sizeof (guint32));
  self->rows_before_switch = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  service_table_init (&self->services);
  self->volumes = g_array_new (FALSE, TRUE, sizeof (PoolVolume));
  g_array_set_clear_func (self->volumes, volume_clear);
  self->info.first_pool_event_ns = POOL_TIME_NEVER;
  self->first_rundown_ns = G_MAXINT64;
  return self;
}

void
trace_builder_free (TraceBuilder *self)
{
  interval_table_clear (&self->intervals);
  process_table_clear (&self->processes);
  image_table_clear (&self->images);
  stack_table_clear (&self->stacks);
  stack_matcher_clear (&self->matcher);
  large_block_free (self->site_cache.entries, SITE_CACHE_BYTES);
  g_free (self->instant);
  g_free (self->instant_processors);
  g_free (self->running_threads);
  g_hash_table_unref (self->rows_before_switch);
  service_table_clear (&self->services);
  g_clear_pointer (&self->volumes, g_array_unref);
  i64_column_clear (&self->loss_ns);
  g_free (self->info.build_lab);
  g_free (self->info.product_name);
  g_free (self->info.computer_name);
  g_free (self->info.processor_name);
  g_free (self);
}

static void
take_text (char **target, char **source)
{
  if (*source && **source && !*target)
    *target = g_steal_pointer (source);
}

static void
add_system_event (TraceBuilder *self, SystemEvent *event, gint64 time_ns)
{
  switch (event->kind)
    {
    case SYSTEM_EVENT_BUILD:
      take_text (&self->info.build_lab, &event->text);
      take_text (&self->info.product_name, &event->text2);
      break;
    case SYSTEM_EVENT_VOLUME:
      if (event->text && event->text2)
        {
          PoolVolume volume = { g_steal_pointer (&event->text), g_steal_pointer (&event->text2) };
          g_array_append_val (self->volumes, volume);
        }
      break;
    case SYSTEM_EVENT_PROCESSORS:
      take_text (&self->info.computer_name, &event->text);
      self->info.n_processors = event->n_processors;
      self->info.memory_mib = event->memory_mib;
      self->info.cpu_mhz = event->mhz;
      break;
    case SYSTEM_EVENT_PROCESSOR_NAME:
      take_text (&self->info.processor_name, &event->text);
      break;
    case SYSTEM_EVENT_GROUP_MASKS:
      self->info.has_group_masks = TRUE;
      self->info.pool_was_on |= event->pool_was_on;
      break;
    case SYSTEM_EVENT_RUNDOWN_START:
      self->first_rundown_ns = MIN (self->first_rundown_ns, time_ns);
      break;
    case SYSTEM_EVENT_LOST:
      i64_column_append (&self->loss_ns, time_ns);
      break;
    case SYSTEM_EVENT_SERVICE:
      service_table_add (&self->services, event, &self->processes);
      break;
    }
}

static void
add_rare_event (TraceBuilder *self, RareEvent *rare, gint64 time_ns)
{
  gboolean is_rundown = FALSE;
  self->site_cache.epoch++;
  switch (rare->kind)
    {
    case RARE_PROCESS:
      is_rundown = rare->process.kind == LIFE_RUNDOWN_START;
      process_table_add_process_event (&self->processes, &rare->process, time_ns);
      break;
    case RARE_THREAD:
      process_table_add_thread_event (&self->processes, &rare->thread, time_ns);
      if (rare->thread.kind == LIFE_END)
        stack_matcher_end_thread (&self->matcher, rare->thread.thread_id);
      break;
    case RARE_IMAGE:
      is_rundown = rare->image.kind == LIFE_RUNDOWN_START;
      image_table_add_event (&self->images, &rare->image, time_ns, &self->processes);
      break;
    case RARE_IMAGE_IDENTITY:
      image_table_add_identity (&self->images, &rare->identity, time_ns);
      break;
    case RARE_SYSTEM:
      add_system_event (self, &rare->system, time_ns);
      break;
    }
  if (is_rundown)
    self->first_rundown_ns = MIN (self->first_rundown_ns, time_ns);
}

static void
wait_for_switch (TraceBuilder *self, guint32 row, guint16 processor)
{
  gpointer key = GUINT_TO_POINTER ((guint) processor);
  GArray *rows = g_hash_table_lookup (self->rows_before_switch, key);
  if (!rows)
    {
      rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (self->rows_before_switch, key, rows);
    }
  if (rows->len < MAX_ROWS_BEFORE_SWITCH)
    g_array_append_val (rows, row);
}

/* Sets the context of a row whose event's header names no thread: the thread that runs on the processor. */
static void
infer_thread (TraceBuilder *self, guint32 row, guint16 processor)
{
  guint32 thread_id = self->running_threads[processor];
  if (thread_id == ETL_ID_UNKNOWN)
    wait_for_switch (self, row, processor);
  else
    self->intervals.context[row] =
      process_table_get_context (&self->processes, ETL_ID_UNKNOWN, thread_id);
}

static void
set_context (TraceBuilder *self, const Record *record, guint32 row, guint16 processor)
{
  if (!self->intervals.context)
    return;
  if (G_LIKELY (record->thread_id != ETL_ID_UNKNOWN || record->process_id != ETL_ID_UNKNOWN))
    self->intervals.context[row] =
      process_table_get_context (&self->processes, record->process_id, record->thread_id);
  else
    infer_thread (self, row, processor);
}

/* Adds the event to those that may get a stack, and gives a new row its context. */
static void
follow_pool_event (TraceBuilder *self, const Record *record, guint32 row, guint16 processor)
{
  stack_matcher_add_target (&self->matcher, record, row, processor, 0);
  if (record->kind != RECORD_FREE && row != ADDRESS_ROW_NONE)
    set_context (self, record, row, processor);
}

static guint32
apply_pool_event (TraceBuilder *self, const Record *record, gint64 time_ns, guint16 processor)
{
  IntervalTable *intervals = &self->intervals;
  if (record->kind == RECORD_FREE)
    return interval_table_free_block (intervals, record, time_ns);
  guint32 kind = interval_table_get_kind (intervals, record);
  guint32 site = site_table_peek_kind (&intervals->sites, kind)->bare_site;
  return interval_table_allocate (intervals, record, kind, site, time_ns, processor);
}

static guint32
apply_pool_event_of_instant (gpointer data, const Record *record, guint16 processor)
{
  TraceBuilder *self = data;
  return apply_pool_event (self, record, self->instant_ns, processor);
}

/* The cache's entry with the stack of @record, a pool event with one. */
static SiteCacheEntry *
look_stack_up (TraceBuilder *self, const Record *record, gint64 stack_ns)
{
  SiteCacheEntry *entry = site_cache_get_entry (&self->site_cache, record);
  if (G_UNLIKELY (!site_cache_entry_has_stack (entry, &self->site_cache, record)))
    {
      *entry = (SiteCacheEntry){ .epoch = self->site_cache.epoch, .fragment = record->fragment,
                                 .process_id = site_cache_get_process_id (record),
                                 .stack = stack_matcher_get_own_stack (&self->matcher, record, stack_ns) };
      for (guint i = 0; i < SITE_CACHE_N_KINDS; i++)
        entry->sites[i].kind = POOL_INDEX_NONE;
    }
  return entry;
}

/* The site of the allocation too. */
static const SiteCacheSite *
look_site_up (TraceBuilder *self, const Record *record, gint64 stack_ns)
{
  SiteCacheEntry *entry = look_stack_up (self, record, stack_ns);
  const SiteCacheSite *found = site_cache_entry_find (entry, record);
  if (G_LIKELY (found))
    return found;
  guint32 kind = interval_table_get_kind (&self->intervals, record);
  memmove (&entry->sites[1], &entry->sites[0], (SITE_CACHE_N_KINDS - 1) * sizeof *entry->sites);
  entry->sites[0] = (SiteCacheSite){ record->pool_type, record->tag, kind,
                                     site_table_get_site (&self->intervals.sites, kind, entry->stack) };
  return &entry->sites[0];
}

/* A pool event and its stack, with nothing between them. */
static void
add_event_with_stack (TraceBuilder *self, const MergedRecord *merged)
{
  IntervalTable *intervals = &self->intervals;
  const Record *record = merged->record;
  guint16 processor = merged->buffer->processor;
  gint64 stack_ns = merged->time_ns + merged->stack_delay_ns;
  guint32 row = ADDRESS_ROW_NONE;
  if (record->kind == RECORD_FREE)
    {
      row = interval_table_free_block (intervals, record, merged->time_ns);
      if (row != ADDRESS_ROW_NONE && intervals->free_stack)
        intervals->free_stack[row] = look_stack_up (self, record, stack_ns)->stack;
    }
  else if (record->address != 0)
    {
      const SiteCacheSite *site = look_site_up (self, record, stack_ns);
      row = interval_table_allocate (intervals, record, site->kind, site->site, merged->time_ns, processor);
      set_context (self, record, row, processor);
    }
  else
    intervals->counters->values[IMPORT_POOL_FAILED_ALLOCATIONS]++;
  stack_matcher_add_own_stack (&self->matcher, record, row, processor);
}

static void
add_switch (TraceBuilder *self, const Record *record, guint16 processor)
{
  gpointer key = GUINT_TO_POINTER ((guint) processor);
  GArray *rows = g_hash_table_lookup (self->rows_before_switch, key);
  if (G_UNLIKELY (rows))
    {
      /* Until its first switch the processor ran the thread that the switch takes off it. */
      guint32 context = process_table_get_context (&self->processes, ETL_ID_UNKNOWN, record->old_thread_id);
      for (guint i = 0; i < rows->len; i++)
        {
          guint32 row = g_array_index (rows, guint32, i);
          if (self->intervals.context[row] == 0)
            self->intervals.context[row] = context;
        }
      g_hash_table_remove (self->rows_before_switch, key);
    }
  self->running_threads[processor] = record->thread_id;
  self->info.n_context_switches++;
}

static void
add_later_record (TraceBuilder *self, const Record *record, guint16 processor)
{
  if (record->kind == RECORD_KEY_DEFINITION)
    stack_table_define_key (&self->stacks, record->key, (record->flags & RECORD_FLAG_USER) != 0, record->fragment);
  else
    stack_matcher_add_fragment (&self->matcher, record, processor, self->instant_ns);
}

/* Pool events and switches of the instant. The blocks change in an order that keeps every key consistent;
 * switches and stacks go by the stream's order. */
static void
add_pool_events_of_instant (TraceBuilder *self)
{
  guint n = self->n_instant;
  const Record *records = self->instant;
  const guint16 *processors = self->instant_processors;
  g_autofree guint32 *rows = g_new (guint32, n);
  instant_order_apply (&self->intervals, records, n, processors, apply_pool_event_of_instant, self,
                       rows);
  for (guint i = 0; i < n; i++)
    if (records[i].kind == RECORD_SWITCH)
      add_switch (self, &records[i], processors[i]);
    else if (records[i].kind <= RECORD_FREE)
      follow_pool_event (self, &records[i], rows[i], processors[i]);
}

static void
end_instant (TraceBuilder *self)
{
  guint n = self->n_instant;
  const Record *records = self->instant;
  const guint16 *processors = self->instant_processors;
  if (n == 0)
    return;
  add_pool_events_of_instant (self);
  for (guint i = 0; i < n; i++)
    if (records[i].kind == RECORD_STACK || records[i].kind == RECORD_STACK_KEY)
      add_later_record (self, &records[i], processors[i]);
  for (guint i = 0; i < n; i++)
    if (records[i].kind == RECORD_KEY_DEFINITION)
      add_later_record (self, &records[i], processors[i]);
  self->n_instant = 0;
}

static void
begin_instant (TraceBuilder *self, gint64 time_ns)
{
  if (time_ns == self->instant_ns)
    return;
  end_instant (self);
  self->instant_ns = time_ns;
}

static void
add_to_instant (TraceBuilder *self, const Record *record, guint16 processor)
{
  if (G_UNLIKELY (self->n_instant == self->instant_capacity))
    {
      self->instant_capacity = MAX (64, self->instant_capacity * 2);
      self->instant = g_renew (Record, self->instant, self->instant_capacity);
      self->instant_processors = g_renew (guint16, self->instant_processors, self->instant_capacity);
    }
  self->instant[self->n_instant] = *record;
  self->instant_processors[self->n_instant++] = processor;
}

/* A record that shares its instant with others. */
static void
add_among_others (TraceBuilder *self, const MergedRecord *merged)
{
  const Record *record = merged->record;
  guint16 processor = merged->buffer->processor;
  begin_instant (self, merged->time_ns);
  if (!record_has_own_stack (record))
    {
      add_to_instant (self, record, processor);
      return;
    }
  Record event = record_get_event (record), stack = record_get_stack (record);
  if (merged->part != MERGED_STACK)
    add_to_instant (self, &event, processor);
  if (merged->part == MERGED_WHOLE)
    begin_instant (self, merged->time_ns + merged->stack_delay_ns);
  if (merged->part != MERGED_EVENT)
    add_to_instant (self, &stack, processor);
}

/* A record with an instant of its own. */
static void
add_alone (TraceBuilder *self, const MergedRecord *merged)
{
  const Record *record = merged->record;
  guint16 processor = merged->buffer->processor;
  if (G_UNLIKELY (self->n_instant))
    end_instant (self);
  self->instant_ns = merged->time_ns + merged->stack_delay_ns;
  if (merged->part == MERGED_STACK)
    {
      Record stack = record_get_stack (record);
      add_later_record (self, &stack, processor);
    }
  else if (record_has_own_stack (record) && merged->part == MERGED_WHOLE)
    add_event_with_stack (self, merged);
  else if (record_is_pool (record))
    follow_pool_event (self, record, apply_pool_event (self, record, merged->time_ns, processor), processor);
  else if (record->kind == RECORD_SWITCH)
    add_switch (self, record, processor);
  else
    add_later_record (self, record, processor);
}

static void
add_record (TraceBuilder *self, const MergedRecord *merged, gint64 following_ns)
{
  const Record *record = merged->record;
  if (record_is_pool (record) && G_UNLIKELY (self->info.first_pool_event_ns == POOL_TIME_NEVER))
    self->info.first_pool_event_ns = merged->time_ns;
  if (G_UNLIKELY (record->kind == RECORD_RARE))
    {
      begin_instant (self, merged->time_ns);
      add_rare_event (self, g_ptr_array_index (merged->buffer->rare_events, record->rare), merged->time_ns);
    }
  else if (G_LIKELY (merged->time_ns > self->instant_ns && merged->time_ns + merged->stack_delay_ns < following_ns))
    add_alone (self, merged);
  else
    add_among_others (self, merged);
}

/* The record at place @i of @batch and those that follow; NULL where none is known. */
static inline const Record *
look_ahead (const MergedBatch *batch, const MergedBatch *following, guint i)
{
  if (i < batch->n)
    return batch->records[i].record;
  return i - batch->n < following->n ? following->records[i - batch->n].record : NULL;
}

/* Begins to fetch what the records at the places [@first, @end) will touch: several at once, for a fetch from far away
 * keeps those behind it waiting, but not those beside it. */
static void
prefetch_slots (TraceBuilder *self, const MergedBatch *batch, const MergedBatch *following, guint first, guint end)
{
  const Record *record;
  for (guint i = first; i < end && (record = look_ahead (batch, following, i)) != NULL; i++)
    {
      /* Of any record: what kind it is is not to be guessed, and a needless fetch costs less than a wrong guess. */
      interval_table_prefetch_slot (&self->intervals, record);
      prefetch (site_cache_get_entry (&self->site_cache, record));
    }
}

/* The same for the rows that the slots name. */
static void
prefetch_rows (TraceBuilder *self, const MergedBatch *batch, const MergedBatch *following, guint first, guint end)
{
  const Record *record;
  for (guint i = first; i < end && (record = look_ahead (batch, following, i)) != NULL; i++)
    if (record->kind == RECORD_FREE)
      interval_table_prefetch_row (&self->intervals, record);
}

gboolean
trace_builder_has_room (const TraceBuilder *self, gsize n_records)
{
  /* A record makes one row at most. */
  return self->intervals.n + self->n_instant + n_records <= INTERVAL_TABLE_MAX_ROWS
         && !stack_fragment_table_is_full (self->fragments);
}

void
trace_builder_add_batch (TraceBuilder *self, const MergedBatch *batch, const MergedBatch *following)
{
  /* Records from the fetching of what a record points at to that of the row in there, and to its use. */
  const guint far = 64, near = 16, step = 16;
  gint64 end_ns = following->n ? following->records[0].time_ns : G_MAXINT64;
  for (guint first = 0; first < batch->n; first += step)
    {
      guint end = MIN (first + step, batch->n);
      prefetch_slots (self, batch, following, first + far, end + far);
      prefetch_rows (self, batch, following, first + near, end + near);
      for (guint i = first; i < end; i++)
        add_record (self, &batch->records[i], i + 1 == batch->n ? end_ns : batch->records[i + 1].time_ns);
    }
}

PoolTrace *
trace_builder_finish (TraceBuilder *self, const RecordMerger *merger, const ImportCounters *decoding)
{
  end_instant (self);
  return trace_finish (self, merger, decoding);
}
