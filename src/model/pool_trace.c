#include "model/pool_trace.h"

PoolTrace *
pool_trace_ref (PoolTrace *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
info_clear (PoolTraceInfo *info)
{
  g_free (info->display_name);
  g_free (info->path);
  g_free (info->build_lab);
  g_free (info->product_name);
  g_free (info->computer_name);
  g_free (info->processor_name);
  g_free (info->session_name);
  g_free (info->log_file_name);
  g_free (info->time_zone_name);
  g_free (info->losses);
}

static void
intervals_clear (PoolIntervals *intervals)
{
  g_free (intervals->allocated_ns);
  g_free (intervals->freed_ns);
  g_free (intervals->address);
  g_free (intervals->size_bytes);
  g_free (intervals->site);
  g_free (intervals->context);
  g_free (intervals->free_stack);
  g_free (intervals->processor);
  g_free (intervals->free_order);
  g_free (intervals->unseen_frees);
}

void
pool_trace_unref (PoolTrace *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  info_clear (&self->info);
  intervals_clear (&self->intervals);
  g_free (self->sites);
  g_free (self->contexts);
  g_free (self->frames);
  g_free (self->stack_starts);
  g_free (self->stack_frames);
  for (gsize i = 0; i < self->n_images; i++)
    {
      g_free (self->images[i].path);
      g_free (self->images[i].file_name);
      g_free (self->images[i].pdb_name);
      g_free (self->images[i].file_version);
    }
  g_free (self->images);
  for (gsize i = 0; i < self->n_processes; i++)
    {
      g_free (self->processes[i].image_name);
      g_free (self->processes[i].command_line);
    }
  g_free (self->processes);
  g_free (self->threads);
  for (gsize i = 0; i < self->n_services; i++)
    {
      g_free (self->services[i].name);
      g_free (self->services[i].display_name);
    }
  g_free (self->services);
  for (gsize i = 0; i < self->n_volumes; i++)
    {
      g_free (self->volumes[i].nt_path);
      g_free (self->volumes[i].dos_path);
    }
  g_free (self->volumes);
  g_free (self);
}

const guint32 *
pool_trace_get_stack (const PoolTrace *self, guint32 stack, gsize *ret_n_frames)
{
  *ret_n_frames = self->stack_starts[stack + 1] - self->stack_starts[stack];
  return self->stack_frames + self->stack_starts[stack];
}

gint64
pool_trace_get_end_ns (const PoolTrace *self)
{
  return self->info.last_event_ns + 1;
}

gint64
pool_trace_get_data_start_ns (const PoolTrace *self)
{
  return self->info.first_pool_event_ns == POOL_TIME_NEVER ? 0 : self->info.first_pool_event_ns;
}

guint64
pool_trace_get_n_events_lost (const PoolTrace *self)
{
  return MAX (self->info.events_lost, self->counters.values[IMPORT_EVENTS_LOST]);
}

guint64
pool_trace_get_n_buffers_lost (const PoolTrace *self)
{
  return MAX (self->info.buffers_lost, self->counters.values[IMPORT_BUFFERS_LOST]);
}

gboolean
pool_trace_has_untimed_loss (const PoolTrace *self)
{
  const guint64 *counters = self->counters.values;
  return self->info.n_losses == 0 && (counters[IMPORT_EVENTS_LOST] > 0 || counters[IMPORT_BUFFERS_LOST] > 0);
}

gint64
pool_trace_get_last_loss_ns (const PoolTrace *self)
{
  const PoolTraceInfo *info = &self->info;
  if (info->n_losses > 0)
    return info->losses[info->n_losses - 1].end_ns;
  return pool_trace_has_untimed_loss (self) ? info->last_event_ns : POOL_TIME_BEFORE;
}
