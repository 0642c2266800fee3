#pragma once

#include "sample/etl_writer_events.h"
#include "sample/sample_traffic.h"

/* The processes and threads of the sample machine. */

typedef struct
{
  guint32 process_id, thread_id;
  SampleRole role;
  guint32 sub_process_tag;
  const char *name; /* NULL: none */
} SampleThread;

typedef struct
{
  EtlProcess process;
  const char *modules; /* short names, blanks between; the program first */
  double start_s;      /* 0: before the trace */
  double end_s;        /* 0: after the trace */
} SampleProcess;

const SampleProcess *sample_processes_get (guint *n_processes);
const SampleThread *sample_threads_get (guint *n_threads);
const EtlService *sample_services_get (guint *n_services);
