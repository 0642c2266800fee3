#include "model/trace_builder.h"

#include "model/instant_order.h"
#include "model/trace_finish.h"

#define N_PROCESSORS 65536
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
trace_builder_new (const EtlFile *file, StackFragmentTable *fragments, LoadPreview *preview)
{
  TraceBuilder *self = g_new0 (TraceBuilder, 1);
  self->file = file;
  self->clock = file->header.clock;
  self->fragments = fragments;
  self->counters = file->counters;
  interval_table_init (&self->intervals, &self->counters, preview);
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
    self->intervals.context.values[row] =
      process_table_get_context (&self->processes, ETL_ID_UNKNOWN, thread_id);
}

/* Adds the event to those that may get a stack, and gives a new row its context. */
static void
follow_pool_event (TraceBuilder *self, const Record *record, guint32 row, guint16 processor)
{
  gboolean is_free = record->kind == RECORD_FREE, knows_thread = record->thread_id != ETL_ID_UNKNOWN;
  StackTarget target = { .ticks = record->ticks, .row = row, .thread_id = record->thread_id,
                         .processor = processor,
                         .flags = (guint8) ((is_free ? STACK_TARGET_IS_FREE : 0)
                                            | (knows_thread ? STACK_TARGET_KNOWS_THREAD : 0)) };
  stack_matcher_add_target (&self->matcher, &target);
  if (is_free || row == ADDRESS_ROW_NONE)
    return;
  if (knows_thread || record->process_id != ETL_ID_UNKNOWN)
    self->intervals.context.values[row] =
      process_table_get_context (&self->processes, record->process_id, record->thread_id);
  else
    infer_thread (self, row, processor);
}

static guint32
apply_pool_event (gpointer data, const Record *record, guint16 processor)
{
  TraceBuilder *self = data;
  if (record->kind == RECORD_FREE)
    return interval_table_free_block (&self->intervals, record, self->instant_ns);
  return interval_table_allocate (&self->intervals, record, self->instant_ns, processor);
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
          if (self->intervals.context.values[row] == 0)
            self->intervals.context.values[row] = context;
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
  instant_order_apply (&self->intervals, records, n, processors, apply_pool_event, self, rows);
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
  if (n == 1)
    {
      const Record *record = &records[0];
      if (record->kind <= RECORD_FREE)
        follow_pool_event (self, record, apply_pool_event (self, record, processors[0]), processors[0]);
      else if (record->kind == RECORD_SWITCH)
        add_switch (self, record, processors[0]);
      else
        add_later_record (self, record, processors[0]);
    }
  else if (n > 1)
    {
      add_pool_events_of_instant (self);
      for (guint i = 0; i < n; i++)
        if (records[i].kind == RECORD_STACK || records[i].kind == RECORD_STACK_KEY)
          add_later_record (self, &records[i], processors[i]);
      for (guint i = 0; i < n; i++)
        if (records[i].kind == RECORD_KEY_DEFINITION)
          add_later_record (self, &records[i], processors[i]);
    }
  self->n_instant = 0;
}

/* The hash table of addresses is far larger than any cache; most of pairing
 * would be waiting for it. The same goes, less so, for stacks. */
static void
prefetch_coming_records (const TraceBuilder *self, const MergedRecord *merged)
{
  const gsize record_ahead = 64, far_ahead = 16, near_ahead = 6;
  if (merged->n_behind < record_ahead)
    return;
  __builtin_prefetch (&merged->record[record_ahead]); /* it still lies in another processor's cache */
  const Record *far_record = &merged->record[far_ahead], *near_record = &merged->record[near_ahead];
  if (far_record->kind <= RECORD_FREE)
    interval_table_prefetch (&self->intervals, far_record, TRUE);
  else if (far_record->kind == RECORD_STACK)
    stack_table_prefetch (&self->stacks, far_record->fragment, TRUE);
  if (near_record->kind <= RECORD_FREE)
    interval_table_prefetch (&self->intervals, near_record, FALSE);
  else if (near_record->kind == RECORD_STACK)
    stack_table_prefetch (&self->stacks, near_record->fragment, FALSE);
}

/* Takes the next record of the merged stream. */
void
trace_builder_add (TraceBuilder *self, const MergedRecord *merged)
{
  const Record *record = merged->record;
  prefetch_coming_records (self, merged);
  if (merged->time_ns != self->instant_ns)
    {
      end_instant (self);
      self->instant_ns = merged->time_ns;
    }
  if (G_UNLIKELY (record->ticks < self->clock.first_ticks))
    self->counters.values[IMPORT_EVENTS_BEFORE_START]++;
  if (record->kind == RECORD_RARE)
    {
      add_rare_event (self, &g_array_index (merged->buffer->rare_events, RareEvent, record->rare), merged->time_ns);
      return;
    }
  if (record->kind <= RECORD_FREE && self->info.first_pool_event_ns == POOL_TIME_NEVER)
    self->info.first_pool_event_ns = merged->time_ns;
  if (G_UNLIKELY (self->n_instant == self->instant_capacity))
    {
      self->instant_capacity = MAX (64, self->instant_capacity * 2);
      self->instant = g_renew (Record, self->instant, self->instant_capacity);
      self->instant_processors = g_renew (guint16, self->instant_processors, self->instant_capacity);
    }
  self->instant[self->n_instant] = *record;
  self->instant_processors[self->n_instant++] = merged->buffer->processor;
}

PoolTrace *
trace_builder_finish (TraceBuilder *self, const RecordMerger *merger, const ImportCounters *decoding)
{
  end_instant (self);
  return trace_finish (self, merger, decoding);
}
