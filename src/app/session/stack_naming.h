/* The names by which a view shows its stacks: those of the trace, read as the view's options say. Readings are made in
 * the worker; of several that are asked for the latest is made. */
#pragma once

#include "analysis/frame_names.h"

#include <glib-object.h>

#define STACK_TYPE_NAMING (stack_naming_get_type ())
G_DECLARE_FINAL_TYPE (StackNaming, stack_naming, STACK, NAMING, GObject)

/* Called on the main thread, at once where nothing has to be read. */
typedef void (*StackNamingFunc) (FrameNames *names, gpointer data);

/* Stacks read as recorded, by @names: that is not told. */
StackNaming *stack_naming_new (PoolTrace *trace, FrameNames *names, StackNamingFunc on_names, gpointer data);
/* Stops; no callback comes any more. */
void stack_naming_close (StackNaming *self);
FrameNames *stack_naming_get_names (StackNaming *self); /* of the trace; (transfer none) */
/* The names of the trace are others. */
void stack_naming_set_names (StackNaming *self, FrameNames *names);
/* How stacks are to be read, tags included; told when they were. */
void stack_naming_set_options (StackNaming *self, StackOptions *options);
