/* Stacks in depth-first order, and where their paths part. How many frames each has in common with the one before says
 * all of the tree that they form: a frame belongs to the stack that begins it and to those behind, up to the next one
 * that parts above it. So no node of that tree is stored, and a place in it is found by looking at stretches of stacks.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint32 *common;      /* (array length=n) (owned): frames in common with the stack before; 0 where a tree begins */
  guint32 n;
  guint32 *least_of_64, *least_of_4096; /* (owned): the least of so many that follow each other */
} StackBranches;

/* Takes over @common (array length=n). */
void stack_branches_init (StackBranches *self, guint32 *common, guint32 n);
void stack_branches_clear (StackBranches *self);

/* Behind the last stack with the same frame as @stack at @depth, and the same ones above: frames are counted from the
 * outermost, 0. */
guint32 stack_branches_find_end (const StackBranches *self, guint32 stack, guint32 depth);
/* The first of these stacks. */
guint32 stack_branches_find_start (const StackBranches *self, guint32 stack, guint32 depth);
/* How many frames all stacks in [@first, @end) have in common, as far as there are two; else G_MAXUINT32. */
guint32 stack_branches_get_common (const StackBranches *self, guint32 first, guint32 end);
