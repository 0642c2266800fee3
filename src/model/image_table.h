/* Images (executable files in memory) over time, and their identities. */
#pragma once

#include "kernel/image_event.h"
#include "model/pool_trace.h"
#include "model/process_table.h"

typedef struct
{
  GArray *images;     /* of PoolImage (owned) */
  GArray *event_ns;   /* of gint64: when the event that told of the image happened; same length */
  GHashTable *newest; /* guint64 base -> GArray of rows with that base (owned) */
  GArray *identities; /* of ImageIdentityEvent (owned) */
  GArray *identity_ns; /* of gint64; same length */
  guint pointer_size;
  U32Column epochs;   /* by process row; [0] counts for the kernel, [row + 1] for a process */
} ImageTable;

void image_table_init (ImageTable *self, guint pointer_size);
void image_table_clear (ImageTable *self);
void image_table_add_event (ImageTable *self, ImageEvent *event, gint64 time_ns, ProcessTable *processes);
void image_table_add_identity (ImageTable *self, ImageIdentityEvent *event, gint64 time_ns);
void image_table_join_identities (ImageTable *self);

/* A number that changes whenever an image of @process (row, POOL_INDEX_NONE: the kernel) is loaded or unloaded. */
guint32 image_table_get_epoch (const ImageTable *self, guint32 process);

/* Look-ups by address, made when all images are known. */
typedef struct _ImageIndex ImageIndex;

ImageIndex *image_index_new (const ImageTable *table);
void image_index_free (ImageIndex *self);
/* The image of @process (POOL_INDEX_NONE: kernel) that covers @address at @time_ns, or POOL_INDEX_NONE. */
guint32 image_index_find (const ImageIndex *self, guint32 process, guint64 address, gint64 time_ns);
