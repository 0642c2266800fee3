/* Zeroed memory for a table that is met in no order, from the system and in large pages: so few look-ups have to ask for a
 * page first. And whoever reads a place before writing it gets the page once: small ones come as a page of zeros that is
 * only exchanged when written to, for which all threads of the process are interrupted.
 */
#pragma once

#include <glib.h>

/* Ends the program without memory, as g_malloc(). Returns: (transfer full): to be given back with the same @size_bytes,
 * more than 0. Begins with a cache line. */
gpointer large_block_new (gsize size_bytes);
/* @self: nullable. */
void large_block_free (gpointer self, gsize size_bytes);
