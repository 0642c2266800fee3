/* Processes and threads over time. A pid or tid that is used twice has two rows. */
#pragma once

#include "kernel/process_event.h"
#include "model/id_map.h"
#include "model/pool_trace.h"

#define PROCESS_TABLE_N_RECENT 1024

/* What process_table_get_context() found for these ids. */
typedef struct
{
  guint32 process_id, thread_id, context;
  guint32 epoch; /* of the table when it was found */
} RecentContext;

typedef struct
{
  GArray *processes; /* of PoolProcess (owned) */
  IdMap process_of_id;  /* pid -> row of its newest owner */
  GArray *threads;   /* of PoolThread */
  IdMap thread_of_id;   /* tid -> row of its newest owner */
  GArray *contexts;  /* of PoolContext; the first is unknown, unknown */
  IdMap context_of_ids; /* process row << 32 | tid -> row of contexts */
  RecentContext *recent; /* (array length=PROCESS_TABLE_N_RECENT) (owned): by thread id */
  guint32 epoch;     /* changes with every event of a process or thread */
} ProcessTable;

void process_table_init (ProcessTable *self);
void process_table_clear (ProcessTable *self);
void process_table_add_process_event (ProcessTable *self, ProcessEvent *event, gint64 time_ns);
void process_table_add_thread_event (ProcessTable *self, const ThreadEvent *event, gint64 time_ns);

/* Whether something told of @process_id so far; if so @ret_process receives the row of its newest owner. */
gboolean process_table_find_process (const ProcessTable *self, guint32 process_id, guint32 *ret_process);
/* The row of the process that owns @process_id now; made when nothing told of it yet. */
guint32 process_table_get_process (ProcessTable *self, guint32 process_id);
/* The context of these ids; either may be ETL_ID_UNKNOWN. Without a pid the thread's process is taken. */
guint32 process_table_get_context (ProcessTable *self, guint32 process_id, guint32 thread_id);
/* Gives contexts whose thread became known only later their thread and process. */
void process_table_complete_contexts (ProcessTable *self);
