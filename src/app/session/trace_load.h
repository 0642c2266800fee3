/* Loading a trace in the worker, with progress and preview. */
#pragma once

#include "analysis/frame_names.h"
#include "model/pool_trace_loader.h"

#define TRACE_TYPE_LOAD (trace_load_get_type ())
G_DECLARE_FINAL_TYPE (TraceLoad, trace_load, TRACE, LOAD, GObject)

/* @trace (transfer full) and @names (transfer full), or NULL with @error. Not called after
 * trace_load_cancel(). */

typedef void (*TraceLoadFunc) (PoolTrace *trace, FrameNames *names, const GError *error, gpointer data);

/* Starts at once. @file has to be a local file; others fail with a message. */
TraceLoad *trace_load_new (GFile *file, TraceLoadFunc on_done, gpointer data);
/* Stops at once as far as the caller can see; the worker ends soon. */
void trace_load_cancel (TraceLoad *self);
LoadPreview *trace_load_get_preview (TraceLoad *self); /* (transfer none); lives as long as the load */
/* Which lists of pool tags could not be used: (transfer none) (element-type utf8); once it is done. */
GPtrArray *trace_load_get_problems (TraceLoad *self);
/* Paths of the traces in an archive that holds several, of which none was opened: (array zero-terminated=1) (transfer
 * none) (nullable); once it has failed. */
const char *const *trace_load_get_choices (TraceLoad *self);
/* How far it is: part done (negative while unknown) and a line of text; (transfer full). */
double trace_load_dup_progress (TraceLoad *self, char **ret_text);
