/* Large pages for large arrays: the processor then asks the system for one in 512 of the pages, when they are first
 * written and whenever they are read in no order.
 */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <sys/mman.h>

#define LARGE_PAGES_MINIMUM_BYTES (8 * 1024 * 1024)
#define LARGE_PAGES_GRANULE_BYTES 4096

/* Asks for something for a block of malloc(). Pages are taken whole, neighbours included: so a mapping that malloc() made
 * for the block remains one, which realloc() can move without copying. */
static inline void
large_pages_advise (gconstpointer block, gsize size_bytes, int advice)
{
  uintptr_t mask = LARGE_PAGES_GRANULE_BYTES - 1;
  uintptr_t start = (uintptr_t) block & ~mask, end = ((uintptr_t) block + size_bytes + mask) & ~mask;
  if (size_bytes >= LARGE_PAGES_MINIMUM_BYTES)
    madvise ((void *) start, end - start, advice);
}

/* Asks for large pages for a block of malloc(); a mere hint. */
static inline void
large_pages_prefer (gconstpointer block, gsize size_bytes)
{
#ifdef MADV_HUGEPAGE
  large_pages_advise (block, size_bytes, MADV_HUGEPAGE);
#endif
}

/* Asks for small ones where no page is yet. */
static inline void
large_pages_avoid (gconstpointer block, gsize size_bytes)
{
#ifdef MADV_NOHUGEPAGE
  large_pages_advise (block, size_bytes, MADV_NOHUGEPAGE);
#endif
}
