/* The parts of a stack report. */
#pragma once

#include "export/stack_report.h"

/* The rows from below the root through the row of the report down the heaviest path. */
typedef struct
{
  GArray *rows; /* (owned): of PoolTreeRow, at least one */
  guint n_above;     /* those to the row of the report, itself included */
} StackWay;

/* What the intervals of a row tell beyond its sums. */
typedef struct
{
  guint64 smallest_bytes, largest_bytes; /* 0 without any */
  /* Of what leaked also by those that were freed again: their part of all is told. */
  guint32 tag;
  gboolean has_one_tag;
  gboolean is_in_nonpaged, is_in_paged;
  guint64 pool_bytes;  /* of all that passes the filter, in the pools of the row, of the types that are compared */
  guint32 process;     /* the known one with the most bytes, or POOL_INDEX_NONE */
  guint n_processes;   /* the unknown one counts too */
  guint32 stack;       /* the heaviest of allocation at the end of the way, or POOL_STACK_NONE */
} StackFacts;

/* Rounded; 0 of nothing. */
static inline guint
stack_report_get_percent (guint64 part, guint64 whole)
{
  return whole > 0 ? (guint) ((100 * (unsigned __int128) part + whole / 2) / whole) : 0;
}

#define STACK_INSIDE_TYPES ((PoolTypeMask) (1 << POOL_TYPE_AIFO | 1 << POOL_TYPE_AIFI))

/* The types of which a row's share of its pool is told: what leaked, if it can have leaked. */
PoolTypeMask stack_facts_get_share_types (PoolTreeRow row);

/* stack_report_facts.c. FALSE when cancelled. */
gboolean stack_facts_collect (StackFacts *self, const PoolTreeValues *values, const StackWay *way,
                              GCancellable *cancellable);

/* stack_report_frames.c */
void stack_way_init (StackWay *self, const PoolTreeValues *values, PoolTreeRow row);
void stack_way_clear (StackWay *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StackWay, stack_way_clear)
static inline PoolTreeRow
stack_way_get_row (const StackWay *self)
{
  return g_array_index (self->rows, PoolTreeRow, self->n_above - 1);
}
static inline PoolTreeRow
stack_way_get_end (const StackWay *self)
{
  return g_array_index (self->rows, PoolTreeRow, self->rows->len - 1);
}
/* Appends the lines of the frames, preceded by how heavy the path is when there are others. FALSE when cancelled. */
gboolean stack_report_append_frames (const StackReport *self, const StackWay *way, GString *text,
                                     GCancellable *cancellable);
/* Appends version, date and PDB of the module to which @stack of allocation is put down, as far as they are known. */
void stack_report_append_module (const PoolTree *tree, guint32 stack, GString *text);
