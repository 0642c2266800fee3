#include "base/block_store.h"

#include "base/large_block.h"

#define BLOCK_BYTES ((gsize) 2 * 1024 * 1024)

typedef struct
{
  guint8 *start; /* (owned): large block */
  gsize size_bytes;
} StoredBlock;

static void
stored_block_clear (gpointer data)
{
  StoredBlock *self = data;
  large_block_free (self->start, self->size_bytes);
}

void
block_store_init (BlockStore *self)
{
  g_mutex_init (&self->mutex);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (StoredBlock));
  g_array_set_clear_func (self->blocks, stored_block_clear);
  self->used_bytes = 0;
}

void
block_store_clear (BlockStore *self)
{
  g_mutex_clear (&self->mutex);
  g_array_unref (self->blocks);
}

/* The last block, with room for @size_bytes. The mutex is held. */
static StoredBlock *
get_block (BlockStore *self, gsize size_bytes)
{
  guint n_blocks = self->blocks->len;
  StoredBlock *last = n_blocks > 0 ? &g_array_index (self->blocks, StoredBlock, n_blocks - 1) : NULL;
  if (last && last->size_bytes - self->used_bytes >= size_bytes)
    return last;
  StoredBlock block = { .size_bytes = MAX (BLOCK_BYTES, size_bytes) };
  block.start = large_block_new (block.size_bytes);
  g_array_append_val (self->blocks, block);
  self->used_bytes = 0;
  return &g_array_index (self->blocks, StoredBlock, n_blocks);
}

gpointer
block_store_take (BlockStore *self, gsize size_bytes)
{
  size_bytes = (size_bytes + 7) / 8 * 8;
  g_mutex_lock (&self->mutex);
  StoredBlock *block = get_block (self, size_bytes);
  gpointer piece = block->start + self->used_bytes;
  self->used_bytes += size_bytes;
  g_mutex_unlock (&self->mutex);
  return piece;
}
