/* The names of a trace's things: the text of each frame (special frames, module!function, module+0xRVA or
 * 0xADDRESS), and what allocations are put down to.
 *
 * Immutable and reference counted: new symbols make a new FrameNames, so that whoever computes with
 * the old one is not disturbed. Frames with equal texts have equal text ids.
 */
#pragma once

#include "analysis/attribution.h"
#include "analysis/stack_order.h"
#include "analysis/stack_reading.h"
#include "analysis/symbol_modules.h"

/* Names of @trace without any symbols. */
FrameNames *frame_names_new (const PoolTrace *trace);
/* With the symbols that @modules (nullable) has loaded by now; later ones need a new FrameNames. @attribution
 * (nullable): of the same trace; NULL for that of the usual wrappers and the built-in tags. */
FrameNames *frame_names_new_with_symbols (const PoolTrace *trace, SymbolModules *modules, Attribution *attribution);
/* The names of @base, with stacks read as @options say: tags, folded frames, modules once. (transfer full) */
FrameNames *frame_names_new_read (FrameNames *base, const PoolTrace *trace, StackOptions *options);
/* How stacks are read. (transfer none) (nullable): as they were recorded */
const StackOptions *frame_names_get_options (const FrameNames *self);
SymbolModules *frame_names_get_modules (const FrameNames *self); /* (transfer none) (nullable) */
Attribution *frame_names_get_attribution (const FrameNames *self); /* (transfer none) */
FrameNames *frame_names_ref (FrameNames *self);
void frame_names_unref (FrameNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrameNames, frame_names_unref)

guint32 frame_names_get_text_id (const FrameNames *self, guint32 frame);
/* The rows of a stack, as frame ids, outermost first: (array length=ret_n_rows) (transfer none). One for a stack without frames. */
const guint32 *frame_names_get_stack (const FrameNames *self, const PoolTrace *trace, StackView view, guint32 stack,
                                      gsize *ret_n_rows);
/* All of them in their order: (transfer none). The first call makes it, which takes a while. */
const StackOrder *frame_names_get_stack_order (FrameNames *self, const PoolTrace *trace, StackView view);
/* The one stack tag of a stack. */
const char *frame_names_get_stack_tag (const FrameNames *self, const PoolTrace *trace, guint32 stack);
const char *frame_names_get_text (const FrameNames *self, guint32 text_id);
/* Place of a text in the bytewise order of all texts, so that rows are ordered without comparing strings. */
guint32 frame_names_get_rank (const FrameNames *self, guint32 text_id);
guint32 frame_names_get_count (const FrameNames *self); /* distinct texts */

/* What belongs to a frame with a symbol, but not into its text. */
typedef struct
{
  guint64 offset_bytes; /* of the return address from the function's start */
  SymbolMatch function; /* (transfer none): its line is that of the call */
} FrameDetail;

/* The last part of the source file's path, which may be of Windows or not. (transfer full): @self has a file */
char *frame_detail_dup_file_name (const FrameDetail *self);

gboolean frame_names_get_detail (const FrameNames *self, const PoolTrace *trace, guint32 frame,
                                 FrameDetail *ret_detail);
