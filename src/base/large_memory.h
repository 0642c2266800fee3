/* Memory of many megabytes that is touched all over: on pages of 2 MiB, where the system offers them, filling it
 * and finding one's way in it cost a fraction.
 */
#pragma once

#include <glib.h>

/* Asks for large pages for these bytes, which should not have been touched yet. Small blocks are left alone. */
void large_memory_advise (gpointer memory, gsize size_bytes);
