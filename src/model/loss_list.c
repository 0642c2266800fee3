#include "model/loss_list.h"

#include <stdlib.h>

#define N_PROCESSORS 65536

static gint
compare_losses (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const PoolLoss *) a)->start_ns, right = ((const PoolLoss *) b)->start_ns;
  return (left > right) - (left < right);
}

/* One gint64 per processor. */
static gint64 *
new_times (gint64 time_ns)
{
  gint64 *times_ns = g_new (gint64, N_PROCESSORS);
  for (guint i = 0; i < N_PROCESSORS; i++)
    times_ns[i] = time_ns;
  return times_ns;
}

static gint64
get_start_ns (const EtlFile *file, gsize buffer)
{
  return tick_clock_to_ns (&file->header.clock, file->buffers[buffer].first_ticks);
}

static void
add_lost_buffers (const EtlFile *file, const gint64 *last_ns, GArray *losses)
{
  g_autofree gint64 *previous_ns = new_times (G_MAXINT64); /* last event of each processor's buffer before */
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      const EtlBufferInfo *buffer = &file->buffers[i];
      gint64 start_ns = get_start_ns (file, i);
      PoolLoss loss = { MIN (start_ns, previous_ns[buffer->processor]), start_ns };
      if (buffer->flags & ETL_BUFFER_FLAG_BUFFER_LOST)
        g_array_append_val (losses, loss);
      if (last_ns[i] != G_MININT64 && buffer->offset != 0) /* the file's header tells nothing of the processor */
        previous_ns[buffer->processor] = last_ns[i];
    }
}

static void
add_buffers_with_holes (const EtlFile *file, gint64 last_event_ns, GArray *losses)
{
  g_autofree gint64 *next_ns = new_times (last_event_ns); /* start of each processor's next buffer */
  for (gsize i = file->n_buffers; i-- > 0;)
    {
      const EtlBufferInfo *buffer = &file->buffers[i];
      gint64 start_ns = get_start_ns (file, i);
      PoolLoss loss = { start_ns, MAX (start_ns, next_ns[buffer->processor]) };
      if (buffer->flags & ETL_BUFFER_FLAG_EVENTS_LOST)
        g_array_append_val (losses, loss);
      next_ns[buffer->processor] = start_ns;
    }
}

/* Makes one of those that touch. */
static void
unite (GArray *losses)
{
  guint n = 0;
  PoolLoss *all = (PoolLoss *) losses->data;
  for (guint i = 0; i < losses->len; i++)
    if (n > 0 && all[i].start_ns <= all[n - 1].end_ns)
      all[n - 1].end_ns = MAX (all[n - 1].end_ns, all[i].end_ns);
    else
      all[n++] = all[i];
  g_array_set_size (losses, n);
}

PoolLoss *
loss_list_new (const EtlFile *file, const gint64 *last_ns, const I64Column *moments_ns, gint64 last_event_ns,
               gsize *ret_n_losses)
{
  GArray *losses = g_array_new (FALSE, FALSE, sizeof (PoolLoss));
  for (gsize i = 0; i < moments_ns->n; i++)
    {
      PoolLoss moment = { moments_ns->values[i], moments_ns->values[i] };
      g_array_append_val (losses, moment);
    }
  add_lost_buffers (file, last_ns, losses);
  add_buffers_with_holes (file, last_event_ns, losses);
  if (losses->len > 0)
    qsort (losses->data, losses->len, sizeof (PoolLoss), compare_losses);
  unite (losses);
  *ret_n_losses = losses->len;
  return (PoolLoss *) g_array_free (losses, losses->len == 0);
}
