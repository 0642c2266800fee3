#include "sample/sample_log.h"

enum
{
  CACHE_SLOTS = 131,
  INLINE_FRAMES = 4, /* stacks shorter than this are never cached */
  MAXIMUM_PROCESSORS = 64,
};

/* An entry of the kernel's stack cache; its address is the key. */
typedef struct
{
  guint32 stack; /* index + 1; 0: empty */
  gint64 last_use;
} CacheSlot;

struct _SampleLog
{
  GArray *records;                 /* of SampleRecord */
  GArray *stacks;                  /* of SampleStack */
  GArray *losses;                  /* of SampleLoss */
  CacheSlot slots[2][CACHE_SLOTS]; /* of kernel and of user stacks */
  gint64 last_ticks[MAXIMUM_PROCESSORS];
};

SampleLog *
sample_log_new (void)
{
  SampleLog *self = g_new0 (SampleLog, 1);
  self->records = g_array_sized_new (FALSE, FALSE, sizeof (SampleRecord), 400000);
  self->stacks = g_array_new (FALSE, FALSE, sizeof (SampleStack));
  self->losses = g_array_new (FALSE, FALSE, sizeof (SampleLoss));
  return self;
}

void
sample_log_free (SampleLog *self)
{
  g_array_unref (self->records);
  g_array_unref (self->stacks);
  g_array_unref (self->losses);
  g_free (self);
}

/* Returns: the number by which records name the stack. */
guint32
sample_log_add_stack (SampleLog *self, const SampleStack *stack)
{
  g_array_append_val (self->stacks, *stack);
  return self->stacks->len - 1;
}

void
sample_log_add (SampleLog *self, const SampleRecord *record)
{
  g_array_append_val (self->records, *record);
  g_array_index (self->records, SampleRecord, self->records->len - 1).order = self->records->len;
}

void
sample_log_add_loss (SampleLog *self, const SampleLoss *loss)
{
  g_array_append_val (self->losses, *loss);
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const SampleRecord *left = a, *right = b;
  if (left->ticks != right->ticks)
    return left->ticks < right->ticks ? -1 : 1;
  return left->order < right->order ? -1 : left->order > right->order;
}

static EtlEvent
event_of (const SampleRecord *record)
{
  return (EtlEvent){ .processor = record->processor,
                     .ticks = record->ticks,
                     .process_id = record->process_id,
                     .thread_id = record->thread_id };
}

/* The same addresses serve for the kernel's and the user's stacks. */
static guint64
key_of_slot (guint slot)
{
  return 0xFFFFA304A2340010u + slot * 0x140u;
}

static void
write_definition (SampleLog *self, EtlWriter *writer, const EtlEvent *at, guint16 hook, gboolean is_user,
                  guint slot)
{
  const SampleStack *stack = &g_array_index (self->stacks, SampleStack, self->slots[is_user][slot].stack - 1);
  etl_writer_stack_definition (writer, at, hook, key_of_slot (slot), stack->frames, stack->n_frames);
}

/* Makes the slot stand for the stack. FALSE when the time since its last use is too short to tell what the
 * key stood for until now: it must lie strictly after that use and before @record, on any processor. */
static gboolean
take_slot (SampleLog *self, EtlWriter *writer, const SampleRecord *record, gboolean is_user, guint slot_index)
{
  CacheSlot *slot = &self->slots[is_user][slot_index];
  if (slot->stack != record->stack + 1)
    {
      gint64 ticks = record->ticks - 1;
      if (slot->stack != 0 && (slot->last_use >= ticks || self->last_ticks[record->processor] > ticks))
        return FALSE;
      if (slot->stack != 0)
        {
          EtlEvent at = { .processor = record->processor, .ticks = ticks };
          write_definition (self, writer, &at, ETL_STACK_KEY_DELETE, is_user, slot_index);
        }
      slot->stack = record->stack + 1;
    }
  slot->last_use = record->ticks;
  return TRUE;
}

static void
write_stack (SampleLog *self, EtlWriter *writer, const SampleRecord *record)
{
  const SampleStack *stack = &g_array_index (self->stacks, SampleStack, record->stack);
  EtlEvent at = event_of (record);
  gboolean is_user = stack->frames[stack->n_frames - 1] < 0xFFFF800000000000u;
  guint slot = (record->stack * 2654435761u >> 8) % CACHE_SLOTS;
  if (!record->is_inline_stack && stack->n_frames >= INLINE_FRAMES
      && take_slot (self, writer, record, is_user, slot))
    etl_writer_stack_key (writer, &at, is_user ? ETL_STACK_KEY_USER : ETL_STACK_KEY_KERNEL,
                          record->event_ticks, key_of_slot (slot));
  else
    etl_writer_stack (writer, &at, record->event_ticks, stack->frames, stack->n_frames);
}

static void
write_image (EtlWriter *writer, const SampleRecord *record)
{
  EtlEvent at = event_of (record);
  const EtlImage *image = record->object;
  if (record->with_identity)
    etl_writer_image_identity (writer, &at, image);
  EtlImage shown = *image;
  /* Rundown events of user modules come without a time stamp. */
  if (image->process_id != 0 && (record->hook == ETL_IMAGE_DC_START || record->hook == ETL_IMAGE_DC_END))
    shown.time_date_stamp = 0;
  etl_writer_image (writer, &at, record->hook, &shown);
}

static void
write_record (SampleLog *self, EtlWriter *writer, const SampleRecord *record)
{
  EtlEvent at = event_of (record);
  switch (record->kind)
    {
    case SAMPLE_RECORD_POOL:
      etl_writer_pool (writer, &at, record->hook, &record->block);
      break;
    case SAMPLE_RECORD_STACK:
      write_stack (self, writer, record);
      break;
    case SAMPLE_RECORD_SWITCH:
      etl_writer_context_switch (writer, &at, record->new_thread_id, record->thread_id);
      break;
    case SAMPLE_RECORD_PROCESS:
      etl_writer_process (writer, &at, record->hook, record->object);
      break;
    case SAMPLE_RECORD_THREAD:
      etl_writer_thread (writer, &at, record->hook, record->object);
      break;
    case SAMPLE_RECORD_IMAGE:
      write_image (writer, record);
      break;
    case SAMPLE_RECORD_LOST:
      etl_writer_lost (writer, &at, (guint8)record->hook);
      break;
    default:
      g_assert_not_reached ();
    }
  self->last_ticks[record->processor] = record->ticks;
}

static const SampleLoss *
find_loss (SampleLog *self, const SampleRecord *record)
{
  for (guint i = 0; i < self->losses->len; i++)
    {
      const SampleLoss *loss = &g_array_index (self->losses, SampleLoss, i);
      if (loss->processor == record->processor && record->ticks >= loss->from && record->ticks < loss->to)
        return loss;
    }
  return NULL;
}

/* Counts what is lost in the header, and marks the buffer in which the next event will stand. */
static void
lose_record (EtlWriter *writer, const SampleRecord *record, const SampleLoss *loss)
{
  EtlWriterOptions *options = etl_writer_get_options (writer);
  if (!loss->is_buffer)
    options->events_lost++;
  else if (options->buffers_lost == 0)
    options->buffers_lost = 1;
  etl_writer_mark_buffer (writer, record->processor,
                          loss->is_buffer ? ETL_BUFFER_LOST : ETL_BUFFER_EVENTS_LOST);
}

/* Writes everything up to @end_ticks, then what the keys in use stand for; may be done once. */
void
sample_log_write (SampleLog *self, EtlWriter *writer, gint64 end_ticks)
{
  g_array_sort (self->records, compare_records);
  for (guint i = 0; i < self->records->len; i++)
    {
      const SampleRecord *record = &g_array_index (self->records, SampleRecord, i);
      if (record->ticks >= end_ticks)
        break;
      const SampleLoss *loss = find_loss (self, record);
      if (loss != NULL)
        lose_record (writer, record, loss);
      else
        write_record (self, writer, record);
    }
  EtlEvent at = { .ticks = end_ticks };
  for (guint is_user = 0; is_user < 2; is_user++)
    for (guint slot = 0; slot < CACHE_SLOTS; slot++)
      if (self->slots[is_user][slot].stack != 0)
        write_definition (self, writer, &at, ETL_STACK_KEY_RUNDOWN, is_user, slot);
}
