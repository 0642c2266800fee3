#include "base/large_memory.h"

#include <sys/mman.h>

#define LARGE_PAGE_BYTES ((guintptr) 2 << 20)

void
large_memory_advise (gpointer memory, gsize size_bytes)
{
#ifdef MADV_HUGEPAGE
  guintptr start = ((guintptr) memory + LARGE_PAGE_BYTES - 1) & ~(LARGE_PAGE_BYTES - 1);
  guintptr end = ((guintptr) memory + size_bytes) & ~(LARGE_PAGE_BYTES - 1);
  /* A refusal changes nothing but speed. */
  if (end > start + 2 * LARGE_PAGE_BYTES)
    (void) madvise ((gpointer) start, end - start, MADV_HUGEPAGE);
#endif
}
