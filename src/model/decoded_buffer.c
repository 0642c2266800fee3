#include "model/decoded_buffer.h"

#include "base/prefetch.h"
#include "etl/etl_plain_event.h"
#include "kernel/pool_event.h"
#include "kernel/stack_event.h"

/* Fragments whose interning is under way, a ring: the record gets its fragment when the slot is needed again. */
#define N_UNDER_WAY 16
#define APPROACH_DISTANCE 8
#define PREFETCH_DISTANCE 8 /* records: another processor has read what stood there */

typedef struct
{
  DecodedBuffer *buffer;
  StackFragmentCache *fragments;
  guint pointer_size; /* of the trace */
  StackFragmentKey keys[N_UNDER_WAY];
  gsize records[N_UNDER_WAY];
  guint64 n_begun, n_done;
} Decoder;

DecodedBuffer *
decoded_buffer_new (void)
{
  DecodedBuffer *self = g_new0 (DecodedBuffer, 1);
  self->rare_events = g_ptr_array_new_with_free_func ((GDestroyNotify) rare_event_free);
  return self;
}

void
decoded_buffer_free (DecodedBuffer *self)
{
  g_ptr_array_unref (self->rare_events);
  g_free (self->records);
  g_free (self);
}

void
rare_event_free (RareEvent *self)
{
  if (!self)
    return;
  switch (self->kind)
    {
    case RARE_PROCESS:
      process_event_clear (&self->process);
      break;
    case RARE_IMAGE:
      image_event_clear (&self->image);
      break;
    case RARE_IMAGE_IDENTITY:
      image_identity_event_clear (&self->identity);
      break;
    case RARE_SYSTEM:
      system_event_clear (&self->system);
      break;
    case RARE_THREAD:
      break;
    }
  g_free (self);
}

/* Makes @self empty and keeps its memory for the next buffer. */
void
decoded_buffer_reset (DecodedBuffer *self)
{
  self->n_records = 0;
  g_ptr_array_set_size (self->rare_events, 0);
  self->first_ticks = G_MAXINT64;
  self->last_ticks = G_MININT64;
  self->n_events = 0;
  self->was_out_of_order = FALSE;
  memset (&self->counters, 0, sizeof self->counters);
}

static inline Record *
append_record (DecodedBuffer *self, const EtlEvent *event, RecordKind kind)
{
  if (G_UNLIKELY (self->n_records == self->capacity))
    {
      self->capacity = MAX (1024, self->capacity * 2);
      self->records = g_renew (Record, self->records, self->capacity);
    }
  Record *record = &self->records[self->n_records++];
  prefetch (record + PREFETCH_DISTANCE);
  record->ticks = event->ticks;
  record->kind = (guint8) kind;
  record->flags = 0;
  record->stack_delay_ticks = 0;
  record->process_id = event->process_id;
  record->thread_id = event->thread_id;
  return record;
}

static inline void
decode_pool (DecodedBuffer *self, const EtlEvent *event)
{
  PoolEvent pool;
  if (!pool_event_decode (event, &pool))
    {
      self->counters.values[IMPORT_POOL_EVENTS_MALFORMED]++;
      return;
    }
  self->counters.values[pool.is_free ? IMPORT_POOL_FREE_EVENTS : IMPORT_POOL_ALLOCATION_EVENTS]++;
  if (pool.tag_is_protected)
    self->counters.values[IMPORT_POOL_PROTECTED_TAGS]++;
  Record *record = append_record (self, event, pool.is_free ? RECORD_FREE : RECORD_ALLOCATION);
  record->session = pool.session;
  record->address = pool.address;
  record->size_bytes = pool.size_bytes;
  record->pool_type = pool.type;
  record->tag = pool.tag;
}

static void
finish_fragment (Decoder *decoder)
{
  guint slot = decoder->n_done++ % N_UNDER_WAY;
  decoder->buffer->records[decoder->records[slot]].fragment =
    stack_fragment_cache_intern (decoder->fragments, &decoder->keys[slot]);
}

/* Begins to intern the frames of @stack for the record made last. */
static void
begin_fragment (Decoder *decoder, const StackEvent *stack)
{
  if (decoder->n_begun - decoder->n_done == N_UNDER_WAY)
    finish_fragment (decoder);
  guint slot = decoder->n_begun++ % N_UNDER_WAY;
  decoder->records[slot] = decoder->buffer->n_records - 1;
  decoder->keys[slot] = (StackFragmentKey){ stack->frames, stack->n_frames, stack->pointer_size, 0 };
  stack_fragment_cache_prepare (decoder->fragments, &decoder->keys[slot]);
  if (decoder->n_begun - decoder->n_done > APPROACH_DISTANCE)
    stack_fragment_cache_approach (decoder->fragments,
                                   &decoder->keys[(decoder->n_begun - APPROACH_DISTANCE - 1) % N_UNDER_WAY]);
}

static inline Record *
append_stack_record (DecodedBuffer *self, const EtlEvent *event, const StackEvent *stack, RecordKind kind)
{
  Record *record = append_record (self, event, kind);
  record->event_ticks = stack->event_ticks;
  record->process_id = stack->process_id;
  record->thread_id = stack->thread_id;
  return record;
}

/* The record made last, when it is the pool event that @stack belongs to and can take it in. Session pool
 * is left out because its records have no room. */
static inline Record *
find_event_before (DecodedBuffer *self, const EtlEvent *event, const StackEvent *stack)
{
  if (self->n_records == 0)
    return NULL;
  Record *last = &self->records[self->n_records - 1];
  gboolean is_own = record_is_pool (last) && last->flags == 0 && last->session == POOL_SESSION_NONE
                    && last->ticks == stack->event_ticks && last->thread_id != ETL_ID_UNKNOWN
                    && last->thread_id == stack->thread_id && last->process_id == stack->process_id
                    && event->ticks >= last->ticks
                    && (guint64) event->ticks - (guint64) last->ticks <= G_MAXUINT16;
  return is_own ? last : NULL;
}

static inline void
decode_frames (Decoder *decoder, const EtlEvent *event)
{
  DecodedBuffer *self = decoder->buffer;
  StackEvent stack;
  if (!stack_event_decode_frames (event, decoder->pointer_size, &stack))
    {
      self->counters.values[IMPORT_STACK_EVENTS_MALFORMED]++;
      return;
    }
  self->counters.values[IMPORT_STACK_FRAGMENTS]++;
  if (stack.n_frames == 0)
    {
      self->counters.values[IMPORT_STACK_FRAGMENTS_UNMATCHED]++;
      return;
    }
  /* The last frame decides; a fragment that goes on from kernel into user mode is both. */
  guint8 flags = RECORD_FLAG_KERNEL;
  if (stack.ends_in_user)
    flags = (guint8) (RECORD_FLAG_USER | (stack.begins_in_kernel ? RECORD_FLAG_KERNEL : 0));
  Record *record = flags & RECORD_FLAG_KERNEL ? find_event_before (self, event, &stack) : NULL;
  if (record)
    record->stack_delay_ticks = (guint16) (event->ticks - record->ticks);
  else
    record = append_stack_record (self, event, &stack, RECORD_STACK);
  record->flags = flags;
  begin_fragment (decoder, &stack);
}

/* Keys, their definitions, and whatever else is no plain frames. */
static void
decode_stack_key (Decoder *decoder, const EtlEvent *event)
{
  DecodedBuffer *self = decoder->buffer;
  StackEvent stack;
  if (!stack_event_decode (event, decoder->pointer_size, &stack))
    {
      self->counters.values[IMPORT_STACK_EVENTS_MALFORMED]++;
      return;
    }
  if (stack.kind == STACK_EVENT_KEY_DEFINITION)
    {
      Record *record = append_record (self, event, RECORD_KEY_DEFINITION);
      record->key = stack.key;
      begin_fragment (decoder, &stack);
      record->flags = (guint8) (stack.ends_in_user ? RECORD_FLAG_USER : RECORD_FLAG_KERNEL);
      self->counters.values[IMPORT_STACK_KEYS_DEFINED]++;
      return;
    }
  self->counters.values[IMPORT_STACK_FRAGMENTS]++;
  Record *record = append_stack_record (self, event, &stack, RECORD_STACK_KEY);
  record->flags = stack.kind == STACK_EVENT_KEY_USER ? RECORD_FLAG_USER : RECORD_FLAG_KERNEL;
  record->key = stack.key;
}

/* Decodes processes, threads, images and the like; they are few. */
static void
decode_rare (DecodedBuffer *self, const EtlEvent *event)
{
  RareEvent rare;
  ImportCounter counter, malformed;
  gboolean is_good;
  if (process_event_is_one (event))
    {
      rare.kind = RARE_PROCESS;
      counter = IMPORT_PROCESS_EVENTS, malformed = IMPORT_PROCESS_EVENTS_MALFORMED;
      is_good = process_event_decode (event, &rare.process);
    }
  else if (thread_event_is_one (event))
    {
      rare.kind = RARE_THREAD;
      counter = IMPORT_THREAD_EVENTS, malformed = IMPORT_THREAD_EVENTS_MALFORMED;
      is_good = thread_event_decode (event, &rare.thread);
    }
  else if (image_event_is_one (event))
    {
      rare.kind = RARE_IMAGE;
      counter = IMPORT_IMAGE_EVENTS, malformed = IMPORT_IMAGE_EVENTS_MALFORMED;
      is_good = image_event_decode (event, &rare.image);
    }
  else if (image_identity_event_is_one (event))
    {
      rare.kind = RARE_IMAGE_IDENTITY;
      counter = IMPORT_IMAGE_IDENTITIES, malformed = IMPORT_IMAGE_EVENTS_MALFORMED;
      is_good = image_identity_event_decode (event, &rare.identity);
      if (is_good && rare.identity.kind != IMAGE_IDENTITY_RSDS)
        counter = IMPORT_N_COUNTERS; /* only identities that find symbols are counted */
    }
  else if (system_event_is_one (event))
    {
      rare.kind = RARE_SYSTEM;
      counter = IMPORT_N_COUNTERS, malformed = IMPORT_SYSTEM_EVENTS_MALFORMED;
      is_good = system_event_decode (event, &rare.system);
    }
  else
    return;
  if (!is_good)
    {
      self->counters.values[malformed]++;
      return;
    }
  if (counter != IMPORT_N_COUNTERS)
    self->counters.values[counter]++;
  Record *record = append_record (self, event, RECORD_RARE);
  record->rare = self->rare_events->len;
  g_ptr_array_add (self->rare_events, g_memdup2 (&rare, sizeof rare));
}

/* Pool events and their stacks. FALSE for others. */
static inline gboolean
decode_frequent (Decoder *decoder, const EtlEvent *event)
{
  if (pool_event_is_one (event))
    decode_pool (decoder->buffer, event);
  else if (event->hook == STACK_HOOK_FRAMES)
    decode_frames (decoder, event);
  else
    return FALSE;
  return TRUE;
}

static void
decode_event (Decoder *decoder, const EtlEvent *event)
{
  DecodedBuffer *self = decoder->buffer;
  ContextSwitchEvent context_switch;
  if (decode_frequent (decoder, event))
    return;
  switch (event->hook >> 8)
    {
    case 0x0E:
      self->counters.values[IMPORT_POOL_OTHER_EVENTS]++;
      break;
    case 0x18:
      if (stack_event_is_one (event))
        decode_stack_key (decoder, event);
      break;
    case 0x05:
      if (context_switch_event_is_one (event))
        {
          if (!context_switch_event_decode (event, &context_switch))
            {
              self->counters.values[IMPORT_THREAD_EVENTS_MALFORMED]++;
              break;
            }
          Record *record = append_record (self, event, RECORD_SWITCH);
          record->thread_id = context_switch.new_thread_id;
          record->old_thread_id = context_switch.old_thread_id;
          break;
        }
      decode_rare (self, event);
      break;
    case 0x0F: /* profile interrupts: many, and of no use here */
      break;
    default:
      decode_rare (self, event);
      break;
    }
}

/* Makes the stack of each pool event a record of its own. */
static void
take_stacks_apart (DecodedBuffer *self)
{
  gsize n_stacks = 0;
  for (gsize i = 0; i < self->n_records; i++)
    n_stacks += record_has_own_stack (&self->records[i]);
  self->capacity = MAX (self->n_records + n_stacks, 1);
  self->records = g_renew (Record, self->records, self->capacity);
  gsize to = self->n_records + n_stacks;
  for (gsize i = self->n_records; i-- > 0;)
    {
      Record record = self->records[i];
      if (record_has_own_stack (&record))
        {
          self->records[--to] = record_get_stack (&record);
          record = record_get_event (&record);
        }
      self->records[--to] = record;
    }
  self->n_records += n_stacks;
}

/* A bottom-up merge sort by ticks: stable, and in linear time on what is nearly sorted already. */
static void
sort_records (DecodedBuffer *self)
{
  gsize n = self->n_records;
  Record *from = self->records, *to = g_new (Record, n);
  for (gsize width = 1; width < n; width *= 2)
    {
      for (gsize start = 0; start < n; start += 2 * width)
        {
          gsize middle = MIN (start + width, n), end = MIN (start + 2 * width, n);
          gsize left = start, right = middle, out = start;
          while (left < middle && right < end)
            to[out++] = from[right].ticks < from[left].ticks ? from[right++] : from[left++];
          while (left < middle)
            to[out++] = from[left++];
          while (right < end)
            to[out++] = from[right++];
        }
      Record *swap = from;
      from = to;
      to = swap;
    }
  self->records = from;
  self->capacity = n;
  g_free (to);
}

static void
count_records_before (DecodedBuffer *self, gint64 start_ticks)
{
  for (gsize i = 0; i < self->n_records; i++)
    {
      const Record *record = &self->records[i];
      self->counters.values[IMPORT_EVENTS_BEFORE_START]
        += (record->ticks < start_ticks)
           + (record_has_own_stack (record) && record->ticks + record->stack_delay_ticks < start_ticks);
    }
}

static inline void
note_time (DecodedBuffer *self, gint64 ticks)
{
  if (G_UNLIKELY (ticks < self->last_ticks))
    self->was_out_of_order = TRUE;
  else
    self->last_ticks = ticks;
  self->first_ticks = MIN (self->first_ticks, ticks);
}

/* FALSE at the end of the events. */
static gboolean
decode_next (Decoder *decoder, EtlEventCursor *cursor)
{
  EtlEvent event;
  if (!etl_event_cursor_next (cursor, &event))
    return FALSE;
  decoder->buffer->n_events++;
  if (event.has_time)
    {
      note_time (decoder->buffer, event.ticks);
      decode_event (decoder, &event);
    }
  return TRUE;
}

/* Goes on as long as events are of the kinds that nearly all are. This is where decoding spends its time: all of it is
 * inline, and no event is ever stored. */
static void
decode_plain (Decoder *decoder, EtlEventCursor *cursor)
{
  EtlEvent event;
  while (etl_event_cursor_next_plain (cursor, &event))
    {
      decoder->buffer->n_events++;
      note_time (decoder->buffer, event.ticks);
      if (!decode_frequent (decoder, &event))
        {
          EtlEvent other = event;
          decode_event (decoder, &other);
        }
    }
}

void
decoded_buffer_decode (DecodedBuffer *self, const EtlBuffer *buffer, gint64 start_ticks,
                       StackFragmentCache *fragments)
{
  Decoder decoder = { .buffer = self, .fragments = fragments, .pointer_size = buffer->pointer_size };
  EtlEventCursor cursor;
  self->processor = buffer->processor;
  etl_event_cursor_init (&cursor, buffer, &self->counters);
  do
    decode_plain (&decoder, &cursor);
  while (decode_next (&decoder, &cursor));
  while (decoder.n_done < decoder.n_begun)
    finish_fragment (&decoder);
  if (self->first_ticks < start_ticks)
    count_records_before (self, start_ticks);
  if (self->was_out_of_order)
    {
      self->counters.values[IMPORT_BUFFERS_OUT_OF_ORDER]++;
      take_stacks_apart (self);
      if (self->n_records > 1)
        sort_records (self);
    }
}
