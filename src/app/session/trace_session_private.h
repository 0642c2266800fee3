/* What the files of a session share: trace_session.c (the rows and what computes them), trace_session_view.c (what is
 * counted, and its history). */
#pragma once

#include "app/session/stack_naming.h"
#include "app/session/trace_session.h"
#include "app/session/view_history.h"

struct _TraceSession
{
  GObject parent_instance;
  PoolTrace *trace;      /* (owned) */
  FrameNames *names;     /* (owned): as stacks are read */
  StackNaming *naming;   /* (owned) */
  StackOptions *stacks;  /* (owned): without the tags */
  RowModel *rows;        /* (owned) */
  TreeCompute *compute;  /* (owned) */
  PoolTree *tree;        /* (owned) (nullable) */
  ViewHistory *history;  /* (owned) */
  TreeQuery query;
  TreeShown start; /* open rows and current row to begin with, of another session */
  guint shown_generation; /* of the rows when the running computation began */
};

/* Reads stacks as the session's folds and groups say, with the program's tags. */
void trace_session_update_naming (TraceSession *self);
/* Stacks are read as @stacks say from now on; tells when that is otherwise than before. */
void trace_session_take_stacks (TraceSession *self, StackOptions *stacks);
