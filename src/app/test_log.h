/* One line per event that the user can see, for the tests that drive the window: appended to the file that
 * the environment variable POOLSCOPE_TEST_LOG names; otherwise nothing happens. */
#pragma once

#include <glib.h>

gboolean test_log_is_on (void);
void test_log_add (const char *format, ...) G_GNUC_PRINTF (1, 2);
