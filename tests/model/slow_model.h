/* A slow and obvious second implementation of the rules that turn events into intervals.
 *
 * It works on a plain list of events as they were meant, before any file was written, and shares
 * nothing with the program. Everything is looked for by walking the whole list; what it finds is
 * told as one line of text per interval, so that a difference explains itself.
 */
#pragma once

#include <glib.h>

#define TRACE_UNKNOWN G_MAXUINT32 /* thread, process or session that is not there */
#define TRACE_MAX_FRAMES 12

typedef enum
{
  TRACE_PROCESS,    /* a process begins, ends or is listed */
  TRACE_THREAD,
  TRACE_SWITCH,     /* the processor goes on with another thread */
  TRACE_IMAGE,      /* a file is mapped or unmapped; the slow model has no images */
  TRACE_SERVICE,    /* a service is listed; the slow model has none */
  TRACE_POOL,
  TRACE_STACK,      /* frames for the event at stack_ticks */
  TRACE_STACK_KEY,  /* the same by a key */
  TRACE_DEFINITION, /* the frames of a key */
} TraceEventKind;

/* Which header carries the event in the file. */
typedef enum
{
  TRACE_HEADER_SYSTEM,
  TRACE_HEADER_COMPACT,
  TRACE_HEADER_FULL,
  TRACE_HEADER_PERFINFO, /* has no thread and process */
} TraceHeader;

typedef enum
{
  TRACE_LIFE_START,
  TRACE_LIFE_END,
  TRACE_LIFE_LISTED_START, /* existed when the recording began */
  TRACE_LIFE_LISTED_END,
} TraceLife;

typedef struct
{
  TraceEventKind kind;
  TraceHeader header;
  guint processor;
  gint64 ticks;
  guint32 process_id, thread_id; /* of the header; of process, thread and switch events their subject */
  guint32 old_thread_id;             /* of a switch: the thread that ran until now */
  /* pool */
  gboolean is_free;
  guint64 address, size_bytes;   /* also of images */
  guint32 type, tag, session;    /* TRACE_UNKNOWN: not session pool */
  /* stacks: process_id and thread_id are those of the payload */
  gint64 stack_ticks;
  gboolean is_user_key;
  guint64 key;
  guint n_frames;
  guint64 frames[TRACE_MAX_FRAMES]; /* innermost first */
  /* processes, threads, images */
  TraceLife life;
  char name[32];
  guint32 sub_process_tag;       /* of a thread or service, 0: not told */
} TraceEvent;

typedef enum
{
  TRACE_CLOCK_QPC = 1,
  TRACE_CLOCK_SYSTEM_TIME = 2,
  TRACE_CLOCK_CYCLES = 3,
} TraceClock;

typedef struct
{
  guint pointer_size, n_processors;
  TraceClock clock;
  gint64 frequency; /* ticks per second of the clock in use; a multiple of 10^6 for TRACE_CLOCK_CYCLES */
  gint64 first_ticks;
  GArray *events;   /* of TraceEvent (owned): each processor's in the order of its stream */
} TracePlan;

typedef struct
{
  GPtrArray *intervals; /* of char* (owned): one line each, sorted */
  guint n_allocations, n_frees, n_failed, n_before_trace, n_lost, n_not_seen;
  gint64 first_pool_ns, last_ns; /* -1 without such an event */
} SlowModel;

TracePlan *trace_plan_new (void);
void trace_plan_free (TracePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TracePlan, trace_plan_free)

gint64 slow_time_ns (const TracePlan *plan, gint64 ticks);
SlowModel *slow_model_new (const TracePlan *plan);
void slow_model_free (SlowModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SlowModel, slow_model_free)

/* The line of one interval. Times: -1 for an allocation before the trace, G_MAXINT64 for no free. */
typedef struct
{
  guint64 address, size_bytes;
  gint64 allocated_ns, freed_ns;
  guint32 type, tag, session, thread_id, process_id, processor; /* TRACE_UNKNOWN where not known */
  const char *process_name; /* (nullable) */
  guint32 sub_process_tag;  /* of the thread; 0 where not known */
  const char *stack, *free_stack;
} IntervalLine;

char *interval_line_format (const IntervalLine *self);
