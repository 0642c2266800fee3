#include "model/merge_queue.h"

/* Room for the unevenness of both sides. */
#define N_BATCHES 32
/* Waking a thread takes about as long as filling a batch: one that had to wait goes on only when there is enough to do. */
#define N_BATCHES_TO_WAKE (N_BATCHES / 4)

struct _MergeQueue
{
  RecordMerger *merger;
  GThread *thread;

  GMutex mutex; /* guards all below */
  GCond changed;
  GQueue filled, empty; /* of MergedBatch (owned) */
  gboolean is_stopped;
};

/* Waits for one; NULL when stopped. */
static MergedBatch *
take_empty (MergeQueue *self)
{
  g_mutex_lock (&self->mutex);
  if (g_queue_is_empty (&self->empty))
    while (!self->is_stopped && self->empty.length < N_BATCHES_TO_WAKE)
      g_cond_wait (&self->changed, &self->mutex);
  MergedBatch *batch = self->is_stopped ? NULL : g_queue_pop_head (&self->empty);
  g_mutex_unlock (&self->mutex);
  return batch;
}

static gpointer
run (gpointer data)
{
  MergeQueue *self = data;
  gboolean is_last = FALSE;
  MergedBatch *batch;
  while (!is_last && (batch = take_empty (self)) != NULL)
    {
      record_merger_next_batch (self->merger, batch);
      is_last = batch->n == 0;
      g_mutex_lock (&self->mutex);
      g_queue_push_tail (&self->filled, batch);
      if (self->filled.length == 1)
        g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

MergeQueue *
merge_queue_new (RecordMerger *merger)
{
  MergeQueue *self = g_new0 (MergeQueue, 1);
  self->merger = merger;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  for (guint i = 0; i < N_BATCHES; i++)
    g_queue_push_tail (&self->empty, merged_batch_new ());
  self->thread = g_thread_new ("merge", run, self);
  return self;
}

void
merge_queue_free (MergeQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_queue_clear_full (&self->filled, (GDestroyNotify) merged_batch_free);
  g_queue_clear_full (&self->empty, (GDestroyNotify) merged_batch_free);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

MergedBatch *
merge_queue_take (MergeQueue *self)
{
  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->filled))
    g_cond_wait (&self->changed, &self->mutex);
  MergedBatch *batch = g_queue_pop_head (&self->filled);
  g_mutex_unlock (&self->mutex);
  return batch;
}

void
merge_queue_give_back (MergeQueue *self, MergedBatch *batch)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->empty, batch);
  if (self->empty.length == N_BATCHES_TO_WAKE)
    g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
