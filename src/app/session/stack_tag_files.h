/* The .stacktags files that the program uses, for all its windows: remembered in the settings, read in the worker.
 *
 * Signal "changed": they were read, or there are others.
 */
#pragma once

#include "analysis/stack_tags.h"

#include <glib-object.h>

#define STACK_TYPE_TAG_FILES (stack_tag_files_get_type ())
G_DECLARE_FINAL_TYPE (StackTagFiles, stack_tag_files, STACK, TAG_FILES, GObject)

typedef struct
{
  char *path;
  guint n_entry_points; /* that it adds */
  char *problem;        /* (nullable): why it adds nothing, with its name, the line and what to do */
} StackTagFile;

/* The one of the process. Main thread only. (transfer none) */
StackTagFiles *stack_tag_files_get (void);
/* As they were read last, the one that wins first: of StackTagFile. (transfer none) */
const GPtrArray *stack_tag_files_list (StackTagFiles *self);
/* Their tags; without any, NULL. (transfer none) (nullable) */
StackTags *stack_tag_files_get_tags (StackTagFiles *self);
/* Behind the others; one that is there already is read again. */
void stack_tag_files_add (StackTagFiles *self, const char *path);
/* The one at @index of the list goes. */
void stack_tag_files_remove (StackTagFiles *self, guint index);
/* Makes the one at @index win over the one before it. */
void stack_tag_files_raise (StackTagFiles *self, guint index);
/* Reads them again: they may have changed. */
void stack_tag_files_reload (StackTagFiles *self);
