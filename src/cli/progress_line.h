/* How far a load has come, on a line of the terminal that is rewritten while it lasts. */
#pragma once

#include "base/progress.h"

typedef struct _ProgressLine ProgressLine;

ProgressLine *progress_line_start (const Progress *progress);
void progress_line_stop (ProgressLine *self);
