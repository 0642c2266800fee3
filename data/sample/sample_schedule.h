#pragma once

#include <glib.h>

/* What is to happen when: a heap of jobs, earliest first, those of one time in the order they came. */

typedef struct
{
  gint64 ticks;
  guint64 order;
  gpointer job;
} SampleAppointment;

typedef struct
{
  GArray *appointments;
  guint64 n_added;
} SampleSchedule;

SampleSchedule *sample_schedule_new (void);
void sample_schedule_free (SampleSchedule *self);
void sample_schedule_add (SampleSchedule *self, gint64 ticks, gpointer job);
gpointer sample_schedule_take (SampleSchedule *self, gint64 *ticks);
