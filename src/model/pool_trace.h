/* The whole of a pool trace in columns: immutable once loaded, read by any thread.
 *
 * Rows are integers, strings are ids. The heart are the intervals (one per allocation); what many
 * intervals share stands once in a table of its own: sites (what and where), contexts (who), stacks,
 * frames, images, processes.
 */
#pragma once

#include "base/byte_source.h"
#include "base/column.h"
#include "base/import_counters.h"
#include "base/progress.h"
#include "base/string_table.h"
#include "kernel/pool_event.h"

#define POOL_TIME_BEFORE G_MININT64 /* allocated before the trace */
#define POOL_TIME_NEVER G_MAXINT64  /* not freed in the trace */
#define POOL_INDEX_NONE G_MAXUINT32

/* Columns that a trace can be loaded without. */
typedef enum
{
  POOL_COLUMN_ADDRESS = 1 << 0,
  POOL_COLUMN_FREE_STACK = 1 << 1,
  POOL_COLUMN_PROCESSOR = 1 << 2,
  POOL_COLUMN_CONTEXT = 1 << 3,
  POOL_COLUMNS_ALL = POOL_COLUMN_ADDRESS | POOL_COLUMN_FREE_STACK | POOL_COLUMN_PROCESSOR | POOL_COLUMN_CONTEXT
} PoolColumns;

/* Columns of allocations, all of length n; those of PoolColumns are NULL in a trace loaded without them. Rows are ordered
 * by allocated_ns; those allocated before the trace are the first n_before rows, in the order of their frees. */
typedef struct
{
  gsize n, n_before;
  gint64 *allocated_ns;   /* since the trace's start, or POOL_TIME_BEFORE */
  gint64 *freed_ns;       /* or POOL_TIME_NEVER */
  guint64 *address;
  guint64 *size_bytes;
  guint32 *site;          /* row of sites */
  guint32 *context;       /* row of contexts: who allocated; unknown for rows whose allocation was not seen */
  guint32 *free_stack;    /* row of stacks, POOL_STACK_NONE where the free has none or there is no free */
  guint16 *processor;     /* of the allocation; G_MAXUINT16 unknown */
  guint32 *free_order;    /* (array length=n_freed): rows with a free, by freed_ns and stream order */
  gsize n_freed;
  guint32 *unseen_frees;  /* (array length=n_unseen_frees): those of free_order that an allocation on their address
                             ended, not a free, in the same order */
  gsize n_unseen_frees;
} PoolIntervals;

/* What was allocated where. */
typedef struct
{
  guint32 pool_type, tag; /* as in PoolEvent */
  guint32 session;        /* or POOL_SESSION_NONE */
  guint32 stack;          /* row of stacks */
} PoolSite;

typedef struct
{
  guint32 process;   /* row of processes, or POOL_INDEX_NONE */
  guint32 thread_id; /* or POOL_INDEX_NONE */
  guint32 thread;    /* row of threads, or POOL_INDEX_NONE when no event tells of it */
} PoolContext;

/* The first rows of stacks and frames are these. */
enum
{
  POOL_STACK_NONE,            /* [No stack] */
  POOL_STACK_BEFORE_TRACE,    /* [Before trace] */
  POOL_STACK_ALLOCATION_LOST, /* [Allocation lost] */
  POOL_N_SPECIAL_STACKS
};

typedef struct
{
  guint64 address; /* as recorded: a return address */
  guint32 image;   /* row of images covering address - 1, or POOL_INDEX_NONE */
  guint32 special; /* POOL_STACK_… for the pseudo frames, which stand in the first rows; else POOL_INDEX_NONE */
} PoolFrame;

typedef struct
{
  char *path;        /* (owned): as recorded */
  char *file_name;   /* (owned): last part of the path */
  guint64 base_address, size_bytes;
  guint32 process;   /* row of processes, POOL_INDEX_NONE for kernel modules */
  guint32 process_id;
  gint64 loaded_ns, unloaded_ns; /* POOL_TIME_BEFORE, POOL_TIME_NEVER */
  guint32 time_date_stamp, checksum;
  gboolean has_pdb_identity;
  guint8 pdb_guid[16];
  guint32 pdb_age;
  char *pdb_name;     /* (owned) (nullable) */
  char *file_version; /* (owned) (nullable) */
  guint64 n_frames;   /* frames (rows of the frame table) that lie in it */
} PoolImage;

typedef struct
{
  guint32 process_id, parent_id, session;
  guint32 instance;   /* 1 for the first owner of the pid, 2, … */
  char *image_name;   /* (owned): "[Unknown]" never; NULL when no event names it */
  char *command_line; /* (owned) (nullable) */
  gint64 started_ns, ended_ns; /* POOL_TIME_BEFORE, POOL_TIME_NEVER */
  gint32 exit_status;
} PoolProcess;

typedef struct
{
  guint32 thread_id;
  guint32 process;   /* row of processes */
  gint64 started_ns, ended_ns;
  guint32 sub_process_tag; /* of the service that it works for; 0 when none is told */
} PoolThread;

typedef struct
{
  guint32 process_id, sub_process_tag; /* 0: does not run; has no tag */
  guint32 process;           /* row of processes, or POOL_INDEX_NONE */
  char *name, *display_name; /* (owned), display_name nullable */
} PoolService;

typedef struct
{
  char *nt_path, *dos_path; /* (owned) */
} PoolVolume;

/* A time within which events may be missing, both ends included. */
typedef struct
{
  gint64 start_ns, end_ns;
} PoolLoss;

/* What is known of file, machine and recording. */
typedef struct
{
  char *display_name, *path;   /* (owned), path nullable */
  guint64 file_size_bytes;
  guint pointer_size;
  guint32 n_processors, os_build, cpu_mhz, memory_mib;
  guint8 os_major, os_minor;
  char *build_lab, *product_name, *computer_name, *processor_name; /* (owned) (nullable) */
  guint clock_type;            /* EtlClockType */
  guint64 frequency;           /* ticks per second */
  gint64 start_filetime, end_filetime; /* 100 ns since 1601, UTC */
  gint32 bias_minutes;         /* local = UTC - bias */
  char *session_name, *log_file_name, *time_zone_name; /* (owned) */
  guint32 log_file_mode;
  guint32 buffers_written;     /* as the header says */
  gsize buffers_in_file, buffers_read;
  guint32 events_lost, buffers_lost;
  gboolean is_cut_short, was_stopped_cleanly;
  gboolean has_group_masks, pool_was_on;
  gboolean has_start_rundown;
  gboolean is_merged;          /* image identities are present */
  gint64 first_pool_event_ns;  /* data start; POOL_TIME_NEVER without pool events */
  gint64 complete_from_ns;
  gint64 last_event_ns;        /* of any kind */
  PoolLoss *losses;            /* (array length=n_losses) (owned): apart from each other, ascending */
  gsize n_losses;
  guint64 n_allocations, n_frees; /* pool events of each kind */
  guint64 n_allocations_with_stack, n_frees_with_stack;
  guint64 n_stacks_missing;    /* allocations without a stack */
  guint64 n_context_switches;
} PoolTraceInfo;

typedef struct _PoolTrace
{
  gatomicrefcount references;
  PoolTraceInfo info;
  ImportCounters counters;
  PoolIntervals intervals;
  PoolSite *sites;       gsize n_sites;
  PoolContext *contexts; gsize n_contexts;
  PoolFrame *frames;     gsize n_frames;
  guint32 *stack_starts; gsize n_stacks; /* (array length=n_stacks + 1): offsets in stack_frames */
  guint32 *stack_frames;                 /* rows of frames, outermost first */
  PoolImage *images;     gsize n_images;
  PoolProcess *processes; gsize n_processes;
  PoolThread *threads;   gsize n_threads;
  PoolService *services; gsize n_services;
  PoolVolume *volumes;   gsize n_volumes;
} PoolTrace;

PoolTrace *pool_trace_ref (PoolTrace *self);
void pool_trace_unref (PoolTrace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTrace, pool_trace_unref)

/* The frames of stack @stack, outermost first; (array length=ret_n_frames) (transfer none). */
const guint32 *pool_trace_get_stack (const PoolTrace *self, guint32 stack, gsize *ret_n_frames);

/* The end of the whole trace as graphs show it: last event of any kind + 1 ns. */
gint64 pool_trace_get_end_ns (const PoolTrace *self);
/* Data start: the first pool event, 0 without one. */
gint64 pool_trace_get_data_start_ns (const PoolTrace *self);

/* What was lost, as the header of the file says or as was found in it, whichever is more. */
guint64 pool_trace_get_n_events_lost (const PoolTrace *self);
guint64 pool_trace_get_n_buffers_lost (const PoolTrace *self);
/* Whether something was lost of which nothing tells when. */
gboolean pool_trace_has_untimed_loss (const PoolTrace *self);
/* The end of the last loss, the last event's time when nothing tells when it was; POOL_TIME_BEFORE when nothing
 * was lost. Of a block allocated before it, the free may be missing. */
gint64 pool_trace_get_last_loss_ns (const PoolTrace *self);
