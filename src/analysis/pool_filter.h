/* Conditions on intervals, all of which must hold. Immutable and reference counted. */
#pragma once

#include "analysis/pool_condition.h"
#include "analysis/time_range.h"

typedef struct _PoolFilter PoolFilter;

/* (array zero-terminated=1) @expressions, nullable or empty for no filter. NULL with @error (wrong syntax). */
PoolFilter *pool_filter_new (const char *const *expressions, GError **error);
PoolFilter *pool_filter_ref (PoolFilter *self);
void pool_filter_unref (PoolFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolFilter, pool_filter_unref)

guint pool_filter_get_n_conditions (const PoolFilter *self);
PoolCondition *pool_filter_get_condition (const PoolFilter *self, guint index); /* (transfer none) */
/* With one condition more, unless it is there already; without the one at @index. (transfer full) */
PoolFilter *pool_filter_with (const PoolFilter *self, PoolCondition *condition);
PoolFilter *pool_filter_without (const PoolFilter *self, guint index);
/* The same conditions in the same order. */
gboolean pool_filter_equal (const PoolFilter *a, const PoolFilter *b);

/* Whether an interval can pass in one range and not in another, other than by its type: by its age. */
gboolean pool_filter_depends_on_range (const PoolFilter *self);
/* The filter that takes ages at the end of @range; a new filter takes them at the end of the trace.
 * (transfer full) */
PoolFilter *pool_filter_at_range (PoolFilter *self, TimeRange range);
TimeRange pool_filter_get_range (const PoolFilter *self);

/* A filter made ready for one trace and one set of names: which rows pass, and which types. */
typedef struct
{
  guint64 *rows;            /* (array length=(n + 63) / 64) (owned) (nullable): bit per interval; NULL: all pass */
  PoolTypeMask types;       /* intervals of other types in the current range do not pass */
} PoolSelection;

/* pool_filter_select.c */
void pool_filter_select (const PoolFilter *self, const PoolTrace *trace, const FrameNames *names,
                         PoolSelection *ret_selection);
void pool_selection_clear (PoolSelection *self);

static inline gboolean
pool_selection_has_row (const PoolSelection *self, gsize row)
{
  return self->rows == NULL || (self->rows[row / 64] >> (row % 64) & 1);
}
