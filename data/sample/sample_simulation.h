#pragma once

#include "sample/sample_log.h"

/* Plays what the processes of the sample machine do for a while. */

typedef struct
{
  gint64 first_ticks, ticks_per_second;
  double duration_s;
  double leak_rate, honest_rate; /* factors on the rates of the operations */
  guint64 seed;
} SampleSimulationOptions;

void sample_simulation_run (const SampleSimulationOptions *options, SampleLog *log);
