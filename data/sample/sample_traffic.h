#pragma once

#include <glib.h>

/* Who allocates what in the sample traces: kinds of blocks, and the operations that make them. */

typedef enum
{
  SAMPLE_LIFE_HELD,      /* until after the trace */
  SAMPLE_LIFE_OPERATION, /* freed before the operation returns */
  SAMPLE_LIFE_TIMED,     /* a random time around life_ms */
  SAMPLE_LIFE_CACHE,     /* a cache of capacity blocks: a new one beyond it replaces the oldest */
  SAMPLE_LIFE_FILL,      /* no more allocations once capacity blocks are held */
} SampleLife;

typedef enum
{
  SAMPLE_ROLE_NOTMYFAULT,
  SAMPLE_ROLE_BACKGROUND_TASK, /* the earlier owner of NotMyfault's process id */
  SAMPLE_ROLE_EXPLORER,
  SAMPLE_ROLE_SCHEDULE, /* one service among several in its svchost.exe */
  SAMPLE_ROLE_PROFILE,  /* another one there */
  SAMPLE_ROLE_NETWORK,
  SAMPLE_ROLE_TELEMETRY,
  SAMPLE_ROLE_DEFENDER,
  SAMPLE_ROLE_INDEXER,
  SAMPLE_ROLE_SECURITY,
  SAMPLE_ROLE_WINDOWS,     /* csrss.exe of the user's session */
  SAMPLE_ROLE_WORKER,      /* System */
  SAMPLE_ROLE_RECORDER,    /* System, the recorder's thread */
  SAMPLE_ROLE_INTERRUPTED, /* whoever runs: deferred procedure calls */
} SampleRole;

typedef struct
{
  const char *tag;
  guint32 pool_type;
  gboolean is_session;
  guint32 smallest_bytes, largest_bytes;
  SampleLife life;
  gint64 life_ms;
  guint capacity;
  guint n_before;         /* blocks from before the trace, freed in it */
  const char *allocation; /* kernel stack, innermost first, "module!function" */
  const char *release;    /* kernel stack of the free; by a worker if it ends in a thread's start */
  guint n_variants;       /* call sites the allocations come from */
} SampleTraffic;

typedef struct
{
  guint traffic;   /* index */
  guint32 percent; /* of the operations that take this step */
  guint32 repeat;  /* at most this often, at least once */
} SampleStep;

typedef struct
{
  SampleRole role;
  double per_second;
  const char *call;    /* user stack that makes the operation; NULL: none */
  const char *release; /* user stack that frees what it made; NULL: none */
  SampleStep steps[5];
  guint n_steps;
} SampleOperation;

const SampleTraffic *sample_traffic_get (guint *n_traffics);
const SampleOperation *sample_operations_get (guint *n_operations);
