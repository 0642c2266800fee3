#include "base/page_toucher.h"

#include "base/large_pages.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Whether the page at @place is in memory. */
static gboolean
is_resident (guint8 *place)
{
  unsigned char state = 0;
  g_assert_cmpint (mincore (place, (gsize) sysconf (_SC_PAGESIZE), &state), ==, 0);
  return state & 1;
}

static void
test_touch (void)
{
  gsize page_bytes = (gsize) sysconf (_SC_PAGESIZE), n_pages = 1200;
  guint8 *block = mmap (NULL, n_pages * page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (block != MAP_FAILED);
  madvise (block, n_pages * page_bytes, MADV_NOHUGEPAGE);
  memset (block + 8 * page_bytes, 0x5A, page_bytes);
  PageToucher *toucher = page_toucher_new ();
  g_assert_false (page_toucher_is_slow (toucher));
  page_toucher_add (toucher, block, 0);
  /* Several pieces. Parts of pages at both ends are left to others. */
  page_toucher_add (toucher, block + 4 * page_bytes - 1, 1096 * page_bytes + 2);
#ifdef MADV_POPULATE_WRITE
  gboolean can_touch = madvise (block + 1150 * page_bytes, page_bytes, MADV_POPULATE_WRITE) == 0;
  while (can_touch && !is_resident (block + 1099 * page_bytes))
    g_usleep (1000);
  for (gsize page = 4; can_touch && page < 1100; page++)
    g_assert_true (is_resident (block + page * page_bytes));
  g_assert_false (is_resident (block + 2 * page_bytes));
#endif
  page_toucher_free (toucher);
  for (gsize i = 0; i < n_pages * page_bytes; i++)
    g_assert_cmphex (block[i], ==, i / page_bytes == 8 ? 0x5A : 0);
  munmap (block, n_pages * page_bytes);
}

/* What is still to be done when it ends stays undone, and nobody waits for it. */
static void
test_stop (void)
{
  gsize size_bytes = 1 << 20;
  guint8 *block = g_malloc0 (size_bytes);
  for (guint round = 0; round < 100; round++)
    {
      PageToucher *toucher = page_toucher_new ();
      for (guint i = 0; i < round; i++)
        page_toucher_add (toucher, block, size_bytes);
      page_toucher_free (toucher);
    }
  page_toucher_free (NULL);
  g_free (block);
}

/* What is asked for of pages changes nothing of what is in them, wherever the block moves. */
static void
test_large_pages (void)
{
  gsize n = LARGE_PAGES_MINIMUM_BYTES / sizeof (guint64);
  guint64 *block = NULL;
  for (gsize turn = 1; turn <= 4; turn++)
    {
      block = g_renew (guint64, block, turn * n);
      (turn % 2 ? large_pages_prefer : large_pages_avoid) (block, turn * n * sizeof *block);
      for (gsize i = (turn - 1) * n; i < turn * n; i++)
        block[i] = i * 31;
    }
  block = g_renew (guint64, block, 3 * n);
  for (gsize i = 0; i < 3 * n; i++)
    g_assert_cmpuint (block[i], ==, i * 31);
  g_free (block);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-toucher/touch", test_touch);
  g_test_add_func ("/page-toucher/stop", test_stop);
  g_test_add_func ("/page-toucher/large-pages", test_large_pages);
  return g_test_run ();
}
