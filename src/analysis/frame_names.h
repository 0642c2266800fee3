/* The text of each frame of a trace: special frames, module!function, module+0xRVA or 0xADDRESS.
 *
 * Immutable and reference counted: new symbols make a new FrameNames, so that whoever computes with
 * the old one is not disturbed. Frames with equal texts have equal text ids.
 */
#pragma once

#include "model/pool_trace.h"

typedef struct _FrameNames FrameNames;

/* Names of @trace without any symbols. */
FrameNames *frame_names_new (const PoolTrace *trace);
FrameNames *frame_names_ref (FrameNames *self);
void frame_names_unref (FrameNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrameNames, frame_names_unref)

guint32 frame_names_get_text_id (const FrameNames *self, guint32 frame);
const char *frame_names_get_text (const FrameNames *self, guint32 text_id);
/* Place of a text in the bytewise order of all texts, so that rows are ordered without comparing strings. */
guint32 frame_names_get_rank (const FrameNames *self, guint32 text_id);
guint32 frame_names_get_count (const FrameNames *self); /* distinct texts */
