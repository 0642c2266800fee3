/* Batches of merged records, made ahead by a thread of its own, so that merging and pairing go on side by side. */
#pragma once

#include "model/record_merger.h"

typedef struct _MergeQueue MergeQueue;

/* @merger belongs to the queue's thread until merge_queue_free(), or until an empty batch was taken. */
MergeQueue *merge_queue_new (RecordMerger *merger);
/* Stops the thread, wherever it is. Batches that were not given back remain the caller's. */
void merge_queue_free (MergeQueue *self);

/* Returns: (transfer full): the next batch, to be given back; an empty one is the last. At most two may be out. */
MergedBatch *merge_queue_take (MergeQueue *self);
/* Takes a batch back, to be filled again. */
void merge_queue_give_back (MergeQueue *self, MergedBatch *batch);
