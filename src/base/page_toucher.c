#include "base/page_toucher.h"

#include <stdint.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Small pages take about 0.5 ns per byte, large ones a tenth of it; or 2 ns and more, when the host has to find them. */
#define SLOW_NS_PER_BYTE 1
/* From so many bytes on the mean is believed. */
#define JUDGED_BYTES (8 << 20)
/* Whoever maps memory meanwhile, as a thread that starts does, waits until so many are there. */
#define BYTES_AT_ONCE (2 << 20)

struct _PageToucher
{
  GThread *thread;
  GAsyncQueue *blocks; /* of Block (owned); an empty one is the last */
  gint is_slow;        /* atomic */
};

typedef struct
{
  gpointer start;
  gsize size_bytes;
} Block;

/* Of this thread: what others do meanwhile is not the fault of the pages. */
static gint64
get_processor_ns (void)
{
  struct timespec time;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static void
touch (const Block *block)
{
#ifdef MADV_POPULATE_WRITE
  uintptr_t mask = (uintptr_t) sysconf (_SC_PAGESIZE) - 1, start = (uintptr_t) block->start;
  uintptr_t first = (start + mask) & ~mask, end = (start + block->size_bytes) & ~mask;
  for (; first < end; first += MIN (end - first, BYTES_AT_ONCE))
    madvise ((void *) first, MIN (end - first, BYTES_AT_ONCE), MADV_POPULATE_WRITE);
#endif
}

static gpointer
run (gpointer data)
{
  PageToucher *self = data;
  gint64 start_ns = get_processor_ns ();
  gsize touched_bytes = 0;
  for (;;)
    {
      g_autofree Block *block = g_async_queue_pop (self->blocks);
      if (block->size_bytes == 0)
        return NULL;
      touch (block);
      touched_bytes += block->size_bytes;
      if (touched_bytes >= JUDGED_BYTES
          && get_processor_ns () - start_ns > (gint64) touched_bytes * SLOW_NS_PER_BYTE)
        g_atomic_int_set (&self->is_slow, TRUE);
    }
}

PageToucher *
page_toucher_new (void)
{
  PageToucher *self = g_new0 (PageToucher, 1);
  self->blocks = g_async_queue_new_full (g_free);
  self->thread = g_thread_new ("pages", run, self);
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

gboolean
page_toucher_is_slow (const PageToucher *self)
{
  return g_atomic_int_get (&self->is_slow);
}
