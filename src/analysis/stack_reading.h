/* The stacks of a trace as they are read under StackOptions: which frames are rows, and which texts they have.
 *
 * A row is a frame id: below the trace's n_frames a frame of the trace, above it a row that stands for several frames or
 * is named otherwise ("Ntfs.sys!*", a stack tag).
 */
#pragma once

#include "analysis/stack_options.h"
#include "model/pool_trace.h"

#define STACK_UNTAGGED_TEXT "[No tag]" /* the stack tag of a stack that no tag knows */

/* Which rows a stack has. */
typedef enum
{
  STACK_VIEW_FRAMES, /* frames, without the folded, modules once when they are grouped */
  STACK_VIEW_TAGS,   /* the same with each frame that has a tag named by it */
  N_STACK_VIEWS
} StackView;

typedef struct
{
  guint32 *starts[N_STACK_VIEWS]; /* (array length=n_stacks + 1): of each stack in rows */
  guint32 *rows[N_STACK_VIEWS];   /* frame ids, outermost first; every stack has at least one */
  guint32 *tag_of_stack;          /* (array length=n_stacks): text id of its stack tag */
} StackReading;

/* Reads all stacks. @texts: those of the frames; new ones are added. @text_of_frame: of guint32, text id by frame id;
 * the ids above the trace's frames are added. */
StackReading *stack_reading_new (const PoolTrace *trace, const StackOptions *options, StringTable *texts,
                                 GArray *text_of_frame);
void stack_reading_free (StackReading *self);
