/* One line per event that the user can see, for the tests that drive the window: appended to the file that
 * the environment variable POOLSCOPE_TEST_LOG names; otherwise nothing happens. With POOLSCOPE_TEST_LOG_TIMES each
 * ends with its time in microseconds. */
#pragma once

#include <gtk/gtk.h>

gboolean test_log_is_on (void);
void test_log_add (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* An event when what @widget shows now has been painted; only with times. */
void test_log_add_painted (GtkWidget *widget);
