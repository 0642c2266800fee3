#include "sample/sample_heap.h"

enum
{
  PAGE_BYTES = 4096,
  BLOCK_HEADER_BYTES = 16,
  SMALL_CLASSES = PAGE_BYTES / 16,
  LARGE_CLASSES = 512, /* pages */
};

typedef struct
{
  guint64 address;
  gint64 ticks; /* when it was freed */
} FreeBlock;

struct _SampleHeap
{
  GQueue free_blocks[SAMPLE_N_POOLS][SMALL_CLASSES + LARGE_CLASSES]; /* of FreeBlock */
  guint64 next_small[SAMPLE_N_POOLS], next_large[SAMPLE_N_POOLS];
};

static const guint64 pool_starts[SAMPLE_N_POOLS] = {
  [SAMPLE_POOL_NONPAGED] = 0xFFFFA304A4000000u,
  [SAMPLE_POOL_PAGED] = 0xFFFFB10A20000000u,
  [SAMPLE_POOL_SESSION] = 0xFFFFA0DA40000000u,
};

SampleHeap *
sample_heap_new (void)
{
  SampleHeap *self = g_new0 (SampleHeap, 1);
  for (guint kind = 0; kind < SAMPLE_N_POOLS; kind++)
    {
      self->next_small[kind] = pool_starts[kind];
      self->next_large[kind] = pool_starts[kind] + 0x40000000u;
    }
  return self;
}

void
sample_heap_free (SampleHeap *self)
{
  for (guint kind = 0; kind < SAMPLE_N_POOLS; kind++)
    for (guint i = 0; i < SMALL_CLASSES + LARGE_CLASSES; i++)
      g_queue_clear_full (&self->free_blocks[kind][i], g_free);
  g_free (self);
}

static gboolean
is_large (guint32 size_bytes)
{
  return size_bytes + BLOCK_HEADER_BYTES > PAGE_BYTES;
}

static guint
class_of (guint32 size_bytes)
{
  if (!is_large (size_bytes))
    return (size_bytes + BLOCK_HEADER_BYTES - 1) / 16;
  guint pages = (size_bytes + PAGE_BYTES - 1) / PAGE_BYTES;
  g_assert (pages < LARGE_CLASSES);
  return SMALL_CLASSES + pages;
}

/* Takes a block at @ticks: one freed before, else a new one. Large blocks begin on a page. */
guint64
sample_heap_allocate (SampleHeap *self, SamplePoolKind kind, guint32 size_bytes, gint64 ticks)
{
  GQueue *queue = &self->free_blocks[kind][class_of (size_bytes)];
  FreeBlock *oldest = g_queue_peek_head (queue);
  /* Operations on several processors overlap: a block is taken only when it was free for sure. */
  if (oldest != NULL && oldest->ticks + 1000 < ticks)
    {
      guint64 address = oldest->address;
      g_free (g_queue_pop_head (queue));
      return address;
    }
  guint64 *next = is_large (size_bytes) ? &self->next_large[kind] : &self->next_small[kind];
  if (is_large (size_bytes))
    {
      guint64 address = *next;
      *next += (guint64)((size_bytes + PAGE_BYTES - 1) / PAGE_BYTES) * PAGE_BYTES;
      return address;
    }
  guint64 block_bytes = (size_bytes + BLOCK_HEADER_BYTES + 15u) & ~15u;
  if (*next % PAGE_BYTES + block_bytes > PAGE_BYTES)
    *next = (*next + PAGE_BYTES - 1) & ~(guint64)(PAGE_BYTES - 1);
  guint64 address = *next + BLOCK_HEADER_BYTES;
  *next += block_bytes;
  return address;
}

/* Gives back what was freed at @ticks. */
void
sample_heap_release (SampleHeap *self, SamplePoolKind kind, guint32 size_bytes, guint64 address, gint64 ticks)
{
  FreeBlock *block = g_new (FreeBlock, 1);
  *block = (FreeBlock){ address, ticks };
  g_queue_push_tail (&self->free_blocks[kind][class_of (size_bytes)], block);
}
