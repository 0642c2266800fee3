#pragma once

#include <glib.h>
#include <math.h>

/* A fixed sequence of numbers, so that every build makes the same trace. */
typedef struct
{
  guint64 state; /* not 0 */
} SampleRandom;

static inline guint64
sample_random_next (SampleRandom *self)
{
  self->state ^= self->state >> 12;
  self->state ^= self->state << 25;
  self->state ^= self->state >> 27;
  return self->state * 0x2545F4914F6CDD1Du;
}

/* A number in [0, @bound). */
static inline guint32
sample_random_below (SampleRandom *self, guint32 bound)
{
  return (guint32)((sample_random_next (self) >> 32) * bound >> 32);
}

static inline gboolean
sample_random_percent (SampleRandom *self, guint32 percent)
{
  return sample_random_below (self, 100) < percent;
}

/* An exponentially distributed time around @mean, at most ten times as long. */
static inline gint64
sample_random_interval (SampleRandom *self, gint64 mean)
{
  double uniform = ((double)(sample_random_next (self) >> 11) + 1) / 9007199254740993.0;
  double interval = -log (uniform) * (double)mean;
  return (gint64)MIN (interval, 10.0 * (double)mean) + 1;
}
