/* One condition on intervals, as people write it: "tag=Irp*", "stack!=*ntfs*", "size>=4KiB", "lifetime<5ms".
 *
 * The text of a dimension is compared with a pattern (see glob.h) by "=" and "!="; a number of the interval is
 * compared with a constant by "<", "<=", ">" and ">=". Conditions are immutable and know no trace.
 */
#pragma once

#include "analysis/dimension.h"

/* Numbers of one interval. What was allocated before the trace has allocated = -∞ and unending age and lifetime;
 * what is never freed has freed = ∞ and unending lifetime. */
typedef enum
{
  POOL_NUMBER_SIZE,      /* bytes of the block */
  POOL_NUMBER_AGE,       /* ns from the allocation to the end of the range, or to the free if that is earlier */
  POOL_NUMBER_LIFETIME,  /* ns from the allocation to the free, wherever the range is */
  POOL_NUMBER_ALLOCATED, /* ns from the trace's start to the allocation */
  POOL_NUMBER_FREED,     /* ns from the trace's start to the free */
  POOL_N_NUMBERS
} PoolNumber;

const char *pool_number_get_name (PoolNumber self);         /* "lifetime" */
const char *pool_number_get_display_name (PoolNumber self); /* "Lifetime"; English, translated where shown */

typedef enum
{
  POOL_OPERATOR_MATCHES, /* of a dimension: = */
  POOL_OPERATOR_DIFFERS, /* of a dimension: != */
  POOL_OPERATOR_BELOW,   /* of a number, like all below: < */
  POOL_OPERATOR_AT_MOST,
  POOL_OPERATOR_ABOVE,
  POOL_OPERATOR_AT_LEAST,
  POOL_N_OPERATORS
} PoolOperator;

typedef struct
{
  gatomicrefcount references;
  PoolOperator operator;
  Dimension dimension; /* of MATCHES and DIFFERS */
  PoolNumber number;   /* of the others */
  char *text;          /* (owned): behind the operator, the pattern or the number with its unit */
  char *pattern;       /* (owned) (nullable): what is matched; a tag's is padded to four characters */
  gint64 value;        /* of a number: bytes or ns */
} PoolCondition;

#define POOL_CONDITION_ERROR (pool_condition_error_quark ())
GQuark pool_condition_error_quark (void);

/* Understands @text. NULL with @error, which says what is wrong at which character and what is allowed;
 * @ret_error_offset (nullable) then receives the byte of @text from which on it is wrong. */
PoolCondition *pool_condition_parse (const char *text, gsize *ret_error_offset, GError **error);
/* "=" or "!=" (@is_excluded) with exactly this text of a value, whatever characters it has. */
PoolCondition *pool_condition_new_value (Dimension dimension, const char *value, gboolean is_excluded);
PoolCondition *pool_condition_ref (PoolCondition *self);
void pool_condition_unref (PoolCondition *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolCondition, pool_condition_unref)

static inline gboolean
pool_condition_is_number (const PoolCondition *self)
{
  return self->operator > POOL_OPERATOR_DIFFERS;
}

/* The text that pool_condition_parse() makes an equal condition of. (transfer full) */
char *pool_condition_dup_text (const PoolCondition *self);
gboolean pool_condition_equal (const PoolCondition *a, const PoolCondition *b);
