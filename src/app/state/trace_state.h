/* What a window remembers of one trace: its analysis views and the notes. As plain data and as JSON. */
#pragma once

#include "app/state/view_state.h"

#define TRACE_STATE_MAX_VIEWS 32

/* Which trace it is: the file by its path and size, the recording by what the header of the log tells. A file that was
 * recorded anew under the same name is another trace. */
typedef struct
{
  char *path;               /* (owned): as opened */
  guint64 size_bytes;
  gint64 start_filetime, end_filetime;
  guint64 frequency;
  guint32 n_processors, n_buffers;
  char *session_name;       /* (owned) */
} TraceIdentity;

/* @path: of the file that was opened, which may be an archive around the trace. */
void trace_identity_init (TraceIdentity *self, const char *path, const PoolTraceInfo *info);
void trace_identity_clear (TraceIdentity *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TraceIdentity, trace_identity_clear)
/* A text that is the same for equal identities only, fit for a file's name. (transfer full) */
char *trace_identity_dup_key (const TraceIdentity *self);

typedef struct
{
  GPtrArray *views;   /* (owned): of ViewState; may be empty */
  guint current_view; /* index in views, where there are some */
  char *notes;        /* (owned): plain text; "" for none */
} TraceState;

TraceState *trace_state_new (void);
void trace_state_free (TraceState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceState, trace_state_free)

/* (transfer full): JSON text. */
char *trace_state_write (const TraceState *self, const TraceIdentity *identity);
/* From JSON @text (array length=n_bytes) of unknown origin. NULL with @error: G_IO_ERROR_INVALID_DATA where it is broken
 * or of another kind, G_IO_ERROR_NOT_FOUND where it is of another trace than @identity. */
TraceState *trace_state_read (const char *text, gsize n_bytes, const TraceIdentity *identity, GError **error);
