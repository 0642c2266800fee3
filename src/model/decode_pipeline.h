/* Decodes the buffers of a file on several threads, ahead of a consumer that takes them in the
 * file's time order, and that takes part in decoding when it would have to wait. How far ahead is bounded, so memory
 * does not grow with the file.
 */
#pragma once

#include "model/decoded_buffer.h"

typedef struct _DecodePipeline DecodePipeline;

DecodePipeline *decode_pipeline_new (const EtlFile *file, StackFragmentTable *fragments, Progress *progress,
                                     GCancellable *cancellable);
void decode_pipeline_free (DecodePipeline *self);
DecodedBuffer *decode_pipeline_take (DecodePipeline *self);
void decode_pipeline_give_back (DecodePipeline *self, DecodedBuffer *buffer);
void decode_pipeline_add_counters (const DecodePipeline *self, ImportCounters *counters);
