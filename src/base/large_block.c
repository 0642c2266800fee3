#include "base/large_block.h"

#include <stdint.h>
#include <sys/mman.h>

#define LARGE_PAGE_BYTES ((gsize) 2 * 1024 * 1024)

/* Returns: MAP_FAILED when there is no memory. */
static gpointer
map (gsize size_bytes)
{
  return mmap (NULL, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* A large page has to begin at a multiple of its size, which older systems do not see to. */
static gpointer
map_aligned (gsize size_bytes)
{
  guint8 *mapping = map (size_bytes + LARGE_PAGE_BYTES);
  if (mapping == MAP_FAILED)
    return MAP_FAILED;
  gsize before_bytes = -(uintptr_t) mapping % LARGE_PAGE_BYTES, behind_bytes = LARGE_PAGE_BYTES - before_bytes;
  if (before_bytes > 0)
    munmap (mapping, before_bytes);
  if (behind_bytes > 0)
    munmap (mapping + before_bytes + size_bytes, behind_bytes);
  return mapping + before_bytes;
}

/* The system counts in pages, of at most this size. */
static gsize
round_up (gsize size_bytes)
{
  const gsize page_bytes = 64 * 1024;
  return (size_bytes + page_bytes - 1) / page_bytes * page_bytes;
}

gpointer
large_block_new (gsize size_bytes)
{
  gboolean is_large = size_bytes >= LARGE_PAGE_BYTES;
  gpointer self = is_large ? map_aligned (round_up (size_bytes)) : map (round_up (size_bytes));
  if (self == MAP_FAILED)
    g_error ("no memory for a block of %" G_GSIZE_FORMAT " bytes", size_bytes);
#ifdef MADV_HUGEPAGE
  if (is_large)
    madvise (self, round_up (size_bytes), MADV_HUGEPAGE);
#endif
  return self;
}

void
large_block_free (gpointer self, gsize size_bytes)
{
  if (self)
    munmap (self, round_up (size_bytes));
}
