#include "sample/sample_schedule.h"

SampleSchedule *
sample_schedule_new (void)
{
  SampleSchedule *self = g_new0 (SampleSchedule, 1);
  self->appointments = g_array_new (FALSE, FALSE, sizeof (SampleAppointment));
  return self;
}

/* The jobs still in it are the caller's. */
void
sample_schedule_free (SampleSchedule *self)
{
  g_array_unref (self->appointments);
  g_free (self);
}

static gboolean
is_earlier (const SampleAppointment *a, const SampleAppointment *b)
{
  return a->ticks != b->ticks ? a->ticks < b->ticks : a->order < b->order;
}

static void
swap (SampleAppointment *a, SampleAppointment *b)
{
  SampleAppointment kept = *a;
  *a = *b;
  *b = kept;
}

void
sample_schedule_add (SampleSchedule *self, gint64 ticks, gpointer job)
{
  SampleAppointment added = { ticks, self->n_added++, job };
  g_array_append_val (self->appointments, added);
  SampleAppointment *heap = (SampleAppointment *)(void *)self->appointments->data;
  for (guint i = self->appointments->len - 1; i > 0 && is_earlier (&heap[i], &heap[(i - 1) / 2]);
       i = (i - 1) / 2)
    swap (&heap[i], &heap[(i - 1) / 2]);
}

/* Returns: the earliest job, taken out, its time in *@ticks; NULL when there is none. */
gpointer
sample_schedule_take (SampleSchedule *self, gint64 *ticks)
{
  guint n = self->appointments->len;
  if (n == 0)
    return NULL;
  SampleAppointment *heap = (SampleAppointment *)(void *)self->appointments->data;
  SampleAppointment first = heap[0];
  heap[0] = heap[--n];
  g_array_set_size (self->appointments, n);
  for (guint i = 0;;)
    {
      guint child = 2 * i + 1;
      if (child >= n)
        break;
      if (child + 1 < n && is_earlier (&heap[child + 1], &heap[child]))
        child++;
      if (!is_earlier (&heap[child], &heap[i]))
        break;
      swap (&heap[child], &heap[i]);
      i = child;
    }
  *ticks = first.ticks;
  return first.job;
}
