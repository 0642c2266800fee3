#include "base/page_toucher.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

struct _PageToucher
{
  GThread *thread;
  GAsyncQueue *blocks; /* of Block (owned); an empty one is the last */
};

typedef struct
{
  gpointer start;
  gsize size_bytes;
} Block;

static void
touch (const Block *block)
{
#ifdef MADV_POPULATE_WRITE
  uintptr_t mask = (uintptr_t) sysconf (_SC_PAGESIZE) - 1, start = (uintptr_t) block->start;
  uintptr_t first = (start + mask) & ~mask, end = (start + block->size_bytes) & ~mask;
  if (first < end)
    madvise ((void *) first, end - first, MADV_POPULATE_WRITE);
#endif
}

static gpointer
run (gpointer data)
{
  GAsyncQueue *blocks = data;
  gboolean is_last = FALSE;
  while (!is_last)
    {
      g_autofree Block *block = g_async_queue_pop (blocks);
      is_last = block->size_bytes == 0;
      touch (block);
    }
  g_async_queue_unref (blocks);
  return NULL;
}

PageToucher *
page_toucher_new (void)
{
  PageToucher *self = g_new0 (PageToucher, 1);
  self->blocks = g_async_queue_new_full (g_free);
  self->thread = g_thread_new ("pages", run, g_async_queue_ref (self->blocks));
  return self;
}

void
page_toucher_free (PageToucher *self)
{
  if (!self)
    return;
  g_async_queue_push_front (self->blocks, g_new0 (Block, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->blocks);
  g_free (self);
}

void
page_toucher_add (PageToucher *self, gpointer block, gsize size_bytes)
{
  if (size_bytes == 0)
    return;
  Block *request = g_new (Block, 1);
  *request = (Block){ block, size_bytes };
  g_async_queue_push (self->blocks, request);
}
