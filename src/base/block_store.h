/* Memory in pieces that are all given back at once, cut from large blocks. Any thread may ask for a piece. */
#pragma once

#include <glib.h>

typedef struct
{
  GMutex mutex;
  GArray *blocks;    /* of StoredBlock (owned); pieces are cut from the last one */
  gsize used_bytes;  /* of the last block */
} BlockStore;

void block_store_init (BlockStore *self);
void block_store_clear (BlockStore *self);
/* Returns: (transfer none): @size_bytes zeroed bytes at a multiple of 8, there until the store is cleared. */
gpointer block_store_take (BlockStore *self, gsize size_bytes);
