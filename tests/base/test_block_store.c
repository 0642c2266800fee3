#include "base/block_store.h"
#include "base/large_block.h"

#include <stdint.h>
#include <string.h>

static gboolean
is_zero (const guint8 *bytes, gsize size_bytes)
{
  return bytes[0] == 0 && memcmp (bytes, bytes + 1, size_bytes - 1) == 0;
}

/* Whole pages or not, small or large: zeros from a cache line's start to the last byte. */
static void
test_large_blocks (void)
{
  static const gsize sizes_bytes[] = { 1, 4096, 65537, (2 << 20) - 1, 2 << 20, (2 << 20) + 1, (5 << 20) + 4097 };
  guint8 *blocks[G_N_ELEMENTS (sizes_bytes)];
  for (gsize i = 0; i < G_N_ELEMENTS (sizes_bytes); i++)
    {
      gsize size_bytes = sizes_bytes[i];
      blocks[i] = large_block_new (size_bytes);
      g_assert_cmpuint ((uintptr_t) blocks[i] % 64, ==, 0);
      g_assert_true (size_bytes == 1 ? blocks[i][0] == 0 : is_zero (blocks[i], size_bytes));
      memset (blocks[i], (int) i + 1, size_bytes);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sizes_bytes); i++)
    {
      g_assert_cmpuint (blocks[i][0], ==, i + 1);
      g_assert_cmpuint (blocks[i][sizes_bytes[i] - 1], ==, i + 1);
      large_block_free (blocks[i], sizes_bytes[i]);
    }
  large_block_free (NULL, 1);
}

#define N_THREADS 3
#define N_PIECES 400

typedef struct
{
  BlockStore *store;
  guint8 number;
} Taker;

/* Pieces of all sizes, some larger than a block, that nobody else writes to. */
static gpointer
take_pieces (gpointer data)
{
  const Taker *self = data;
  guint8 *pieces[N_PIECES];
  for (guint i = 0; i < N_PIECES; i++)
    {
      gsize size_bytes = i % 100 == 50 ? (3 << 20) + i : 1 + i * 37;
      pieces[i] = block_store_take (self->store, size_bytes);
      g_assert_cmpuint ((uintptr_t) pieces[i] % 8, ==, 0);
      g_assert_true (size_bytes == 1 ? pieces[i][0] == 0 : is_zero (pieces[i], size_bytes));
      memset (pieces[i], self->number, size_bytes);
    }
  for (guint i = 0; i < N_PIECES; i++)
    {
      gsize size_bytes = i % 100 == 50 ? (3 << 20) + i : 1 + i * 37;
      for (gsize k = 0; k < size_bytes; k++)
        g_assert_cmpuint (pieces[i][k], ==, self->number);
    }
  return NULL;
}

static void
test_pieces (void)
{
  BlockStore store;
  GThread *threads[N_THREADS];
  Taker takers[N_THREADS];
  block_store_init (&store);
  for (guint8 i = 0; i < N_THREADS; i++)
    {
      takers[i] = (Taker){ &store, (guint8) (i + 1) };
      threads[i] = g_thread_new ("taker", take_pieces, &takers[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  block_store_clear (&store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/block-store/large-blocks", test_large_blocks);
  g_test_add_func ("/base/block-store/pieces", test_pieces);
  return g_test_run ();
}
