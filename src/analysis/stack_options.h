/* How the frames of stacks become rows: what is folded away, which modules are shown once, and which tags
 * there are. Immutable; reference counted; any thread. */
#pragma once

#include "analysis/stack_tags.h"

typedef struct
{
  gatomicrefcount references;
  StackTags *tags; /* (owned) (nullable) */
  char **folds;    /* (owned) (array zero-terminated=1): globs; frames that read so disappear */
  char **groups;   /* (owned) (array zero-terminated=1): globs; frames in a row of a module that reads so are one row
                      "module!*" */
} StackOptions;

/* Of all modules: for the groups. */
#define STACK_OPTIONS_ALL_MODULES "*"

/* @tags, @folds and @groups are nullable and copied. */
StackOptions *stack_options_new (StackTags *tags, const char *const *folds, const char *const *groups);
StackOptions *stack_options_ref (StackOptions *self);
void stack_options_unref (StackOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StackOptions, stack_options_unref)
/* Whether they are the same options, tags taken as the same objects. */
gboolean stack_options_equal (const StackOptions *a, const StackOptions *b);

/* Options like @self with one more fold, or one more group; what there is already is not added. (transfer full) */
StackOptions *stack_options_with_fold (const StackOptions *self, const char *fold);
StackOptions *stack_options_with_group (const StackOptions *self, const char *group);
/* Without the one at @index of the folds and, behind them, the groups. (transfer full) */
StackOptions *stack_options_without (const StackOptions *self, guint index);
/* With other tags (nullable). (transfer full) */
StackOptions *stack_options_with_tags (const StackOptions *self, StackTags *tags);

/* The folds for what reads @frame_text alone, and for all frames of its module, NULL for frames of no module; the group
 * of that module, NULL likewise. (transfer full) (nullable) */
char *stack_fold_dup_function (const char *frame_text);
char *stack_fold_dup_module (const char *frame_text);
char *stack_group_dup_module (const char *frame_text);

/* Whether stacks read as they were recorded. */
gboolean stack_options_is_plain (const StackOptions *self);
/* Whether a frame with this text disappears into its caller. A fold "module!*" takes the frames of the module that have
 * no symbol too; those that tell why there is no stack are never folded. */
gboolean stack_options_folds (const StackOptions *self, const char *frame_text);
/* Whether frames of @module are one row where they stand in a row. */
gboolean stack_options_groups (const StackOptions *self, const char *module);
