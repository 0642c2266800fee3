/* Has the system make the pages of memory ready that is going to be written, ahead of who writes there, in a thread of its
 * own: the first touch of a page takes longer than what is then done with it.
 */
#pragma once

#include <glib.h>

typedef struct _PageToucher PageToucher;

PageToucher *page_toucher_new (void);
/* Stops the thread; what it has not come to is left alone. @self is nullable. */
void page_toucher_free (PageToucher *self);
/* Asks for the pages of the @size_bytes at @block, whose contents stay as they are. A mere hint: nothing happens where the
 * system does not know how. Should the block be freed or moved before its turn comes, then nothing happens either, or
 * other memory that is there now is touched in vain. */
void page_toucher_add (PageToucher *self, gpointer block, gsize size_bytes);
/* Whether pages took longer up to now than small ones ever do: a virtual machine whose host has taken back the free
 * memory, and that in large pages. Small ones are made of what is left. Never without a touch. */
gboolean page_toucher_is_slow (const PageToucher *self);
