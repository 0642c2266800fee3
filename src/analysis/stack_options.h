/* How the frames of stacks become rows: what is folded away, whether modules are shown once, and which tags
 * there are. Immutable; reference counted; any thread. */
#pragma once

#include "analysis/stack_tags.h"

typedef struct
{
  gatomicrefcount references;
  StackTags *tags;         /* (owned) (nullable) */
  char **folds;            /* (owned) (array zero-terminated=1): globs; frames that read so disappear */
  gboolean groups_modules; /* frames of one module in a row are one row "module!*" */
} StackOptions;

/* @tags and @folds are nullable and copied. */
StackOptions *stack_options_new (StackTags *tags, const char *const *folds, gboolean groups_modules);
StackOptions *stack_options_ref (StackOptions *self);
void stack_options_unref (StackOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StackOptions, stack_options_unref)

/* Whether stacks read as they were recorded. */
gboolean stack_options_is_plain (const StackOptions *self);
/* Whether a frame with this text disappears into its caller. A fold "module!*" takes the frames of the module that have
 * no symbol too; those that tell why there is no stack are never folded. */
gboolean stack_options_folds (const StackOptions *self, const char *frame_text);
