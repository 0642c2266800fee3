/* What the window shows of a trace that it could not open: why, and what can be opened instead. */
#pragma once

#include <gtk/gtk.h>

#define FAILURE_TYPE_VIEW (failure_view_get_type ())
G_DECLARE_FINAL_TYPE (FailureView, failure_view, FAILURE, VIEW, GtkWidget)

/* @file could not be opened, as @message says. @choices (array zero-terminated=1) (nullable): paths of the traces that
 * the archive holds, of which one has to be chosen. The focus goes to what is most likely wanted next. */
void failure_view_show (FailureView *self, GFile *file, const char *message, const char *const *choices);
