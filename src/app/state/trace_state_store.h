/* Where the states of traces are kept: a file each, in the user's folder for such things. */
#pragma once

#include "app/state/trace_state.h"

/* The oldest files go when there are more. */
#define TRACE_STATE_STORE_MAX_FILES 200

/* $XDG_STATE_HOME/poolscope/traces. (transfer full) */
char *trace_state_store_dup_folder (void);

/* @folder: made where it is missing. All of it or nothing is written. FALSE with @error, which names the file. */
gboolean trace_state_store_save (const char *folder, const TraceIdentity *identity, const TraceState *state,
                                 GError **error);
/* The state of the trace. NULL without @error where none is kept; NULL with @error, which names the file, where it cannot
 * be read or is broken. */
TraceState *trace_state_store_load (const char *folder, const TraceIdentity *identity, GError **error);
/* TRUE also where none is kept. */
gboolean trace_state_store_forget (const char *folder, const TraceIdentity *identity, GError **error);
