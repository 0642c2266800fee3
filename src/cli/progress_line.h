/* How far a long pass has come, on a line of the terminal that is rewritten while it lasts. */
#pragma once

#include "base/progress.h"

/* Writes what the line shows now; nothing while there is nothing to say. Called from a thread of its own. */
typedef void (*ProgressLineFunc) (GString *text, gconstpointer data);

typedef struct _ProgressLine ProgressLine;

ProgressLine *progress_line_start (ProgressLineFunc write_text, gconstpointer data);
void progress_line_stop (ProgressLine *self);

/* For reading a trace; @data is a Progress. */
void progress_line_write_reading (GString *text, gconstpointer data);
