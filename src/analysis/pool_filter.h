/* Conditions "dimension=glob" and "dimension!=glob" on intervals; all must hold. */
#pragma once

#include "analysis/dimension.h"

typedef struct _PoolFilter PoolFilter;

#define POOL_FILTER_ERROR (pool_filter_error_quark ())
GQuark pool_filter_error_quark (void);

/* (array zero-terminated=1) @expressions, nullable or empty for no filter. NULL with @error (wrong syntax). */
PoolFilter *pool_filter_new (const char *const *expressions, GError **error);
PoolFilter *pool_filter_ref (PoolFilter *self);
void pool_filter_unref (PoolFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolFilter, pool_filter_unref)

/* A filter made ready for one trace and one set of names: which rows pass, and which types. */
typedef struct
{
  guint64 *rows;            /* (array length=(n + 63) / 64) (owned) (nullable): bit per interval; NULL: all pass */
  PoolTypeMask types;       /* intervals of other types in the current range do not pass */
} PoolSelection;

void pool_filter_select (const PoolFilter *self, const PoolTrace *trace, const FrameNames *names,
                         PoolSelection *ret_selection);
void pool_selection_clear (PoolSelection *self);

static inline gboolean
pool_selection_has_row (const PoolSelection *self, gsize row)
{
  return self->rows == NULL || (self->rows[row / 64] >> (row % 64) & 1);
}
