/* What the window shows before a trace is open: what to do, the sample, recent traces, how to record. */
#pragma once

#include <gtk/gtk.h>

#define START_TYPE_PAGE (start_page_get_type ())
G_DECLARE_FINAL_TYPE (StartPage, start_page, START, PAGE, GtkWidget)

/* Without a sample trace its button is hidden. */
void start_page_set_has_sample (StartPage *self, gboolean has_sample);
