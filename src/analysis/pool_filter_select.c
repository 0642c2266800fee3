#include "analysis/pool_filter.h"

#include <string.h>

#include "analysis/glob.h"
#include "analysis/value_index.h"

typedef struct
{
  const PoolTrace *trace;
  const FrameNames *names;
  DimensionSource source; /* its end is that at which ages are taken */
  guint8 *passes_site;    /* (array length=n_sites) (owned) (nullable): all conditions on sites so far */
  guint8 *passes_context; /* (array length=n_contexts) (owned) (nullable) */
  guint64 *rows;          /* (owned) (nullable) */
} Selector;

static gboolean
is_negated (const PoolCondition *condition)
{
  return condition->operator == POOL_OPERATOR_DIFFERS;
}

static guint8 *
new_passes (gsize n)
{
  guint8 *passes = g_malloc (n + 1);
  memset (passes, 1, n);
  return passes;
}

/* For each stack of the trace whether any of its frames matches, as recorded or as it is read. */
static guint8 *
match_stacks (const Selector *self, const PoolCondition *condition)
{
  StackView view = dimension_get_stack_view (condition->dimension);
  guint32 n_texts = frame_names_get_count (self->names);
  g_autofree guint8 *text_matches = g_malloc (n_texts + 1u);
  for (guint32 i = 0; i < n_texts; i++)
    text_matches[i] = glob_match (condition->pattern, frame_names_get_text (self->names, i)) != FALSE;
  guint8 *matches = g_new0 (guint8, self->trace->n_stacks);
  for (guint32 stack = 0; stack < self->trace->n_stacks; stack++)
    {
      gsize n_frames;
      const guint32 *frames = pool_trace_get_stack (self->trace, stack, &n_frames);
      for (gsize i = 0; i < n_frames && !matches[stack]; i++)
        matches[stack] = text_matches[frame_names_get_text_id (self->names, frames[i])];
      frames = frame_names_get_stack (self->names, self->trace, view, stack, &n_frames);
      for (gsize i = 0; i < n_frames && !matches[stack]; i++)
        matches[stack] = text_matches[frame_names_get_text_id (self->names, frames[i])];
    }
  return matches;
}

/* Matches a dimension's values, each distinct one once. */
typedef struct
{
  const Selector *selector;
  const PoolCondition *condition;
  guint8 *stack_matches;  /* (nullable): for a stack dimension */
  ValueIndex values;
  GByteArray *passes;     /* by id of values */
} ValueMatcher;

static void
value_matcher_init (ValueMatcher *self, const Selector *selector, const PoolCondition *condition)
{
  *self = (ValueMatcher){ .selector = selector, .condition = condition, .passes = g_byte_array_new () };
  value_index_init (&self->values, 0);
  if (dimension_is_stack (condition->dimension))
    self->stack_matches = match_stacks (selector, condition);
}

static void
value_matcher_clear (ValueMatcher *self)
{
  value_index_clear (&self->values);
  g_byte_array_unref (self->passes);
  g_free (self->stack_matches);
}

static guint8
value_matcher_passes (ValueMatcher *self, guint64 value)
{
  const PoolCondition *condition = self->condition;
  if (self->stack_matches)
    return self->stack_matches[value] != is_negated (condition);
  guint32 id = value_index_add (&self->values, value);
  if (id == self->passes->len)
    {
      g_autofree char *text
          = dimension_dup_text (condition->dimension, self->selector->trace, self->selector->names, value);
      guint8 passes = glob_match (condition->pattern, text) != is_negated (condition);
      g_byte_array_append (self->passes, &passes, 1);
    }
  return self->passes->data[id];
}

static void
restrict_types (const PoolCondition *condition, PoolTypeMask *types)
{
  for (PoolIntervalType type = 0; type < POOL_N_TYPES; type++)
    {
      const char *text = condition->dimension == DIMENSION_TYPE ? pool_interval_type_get_text (type)
                                                                : pool_impact_get_text (type);
      if (glob_match (condition->pattern, text) == is_negated (condition))
        *types &= (PoolTypeMask) ~(1 << type);
    }
}

/* Makes the bits of the intervals, all set, when they are not there yet. */
static void
need_rows (Selector *self)
{
  gsize n_words = self->trace->intervals.n / 64 + 1;
  if (self->rows != NULL)
    return;
  self->rows = g_new (guint64, n_words);
  memset (self->rows, 0xff, n_words * sizeof *self->rows);
}

static inline void
exclude_row (Selector *self, gsize row)
{
  self->rows[row / 64] &= ~(G_GUINT64_CONSTANT (1) << (row % 64));
}

static void
restrict_intervals (Selector *self, ValueMatcher *matcher)
{
  need_rows (self);
  for (gsize row = 0; row < self->trace->intervals.n; row++)
    if (!value_matcher_passes (matcher,
                               dimension_get_value (matcher->condition->dimension, &self->source, row)))
      exclude_row (self, row);
}

/* A time of an interval; G_MININT64 and G_MAXINT64 stand for what has no beginning or end. */
static inline gint64
get_time (const Selector *self, PoolNumber number, gsize row)
{
  gint64 allocated_ns = self->trace->intervals.allocated_ns[row];
  gint64 freed_ns = self->trace->intervals.freed_ns[row];
  switch (number)
    {
    case POOL_NUMBER_ALLOCATED:
      return allocated_ns;
    case POOL_NUMBER_FREED:
      return freed_ns;
    case POOL_NUMBER_LIFETIME:
      return allocated_ns == POOL_TIME_BEFORE || freed_ns == POOL_TIME_NEVER ? G_MAXINT64
                                                                             : freed_ns - allocated_ns;
    default:
      return allocated_ns == POOL_TIME_BEFORE ? G_MAXINT64 : MIN (freed_ns, self->source.end_ns) - allocated_ns;
    }
}

static inline gboolean
compare (PoolOperator operator, gboolean is_below, gboolean is_equal)
{
  switch (operator)
    {
    case POOL_OPERATOR_BELOW:
      return is_below;
    case POOL_OPERATOR_AT_MOST:
      return is_below || is_equal;
    case POOL_OPERATOR_ABOVE:
      return !is_below && !is_equal;
    default:
      return !is_below;
    }
}

static void
restrict_numbers (Selector *self, const PoolCondition *condition)
{
  need_rows (self);
  for (gsize row = 0; row < self->trace->intervals.n; row++)
    {
      gboolean is_below, is_equal;
      if (condition->number == POOL_NUMBER_SIZE)
        {
          guint64 size_bytes = self->trace->intervals.size_bytes[row];
          is_below = size_bytes < (guint64) condition->value;
          is_equal = size_bytes == (guint64) condition->value;
        }
      else
        {
          gint64 time_ns = get_time (self, condition->number, row);
          is_below = time_ns < condition->value;
          is_equal = time_ns == condition->value;
        }
      if (!compare (condition->operator, is_below, is_equal))
        exclude_row (self, row);
    }
}

static void
restrict_rows (Selector *self, const PoolCondition *condition)
{
  Dimension dimension = condition->dimension;
  ValueMatcher matcher;
  value_matcher_init (&matcher, self, condition);
  if (dimension_get_scope (dimension) == DIMENSION_OF_SITE)
    {
      if (self->passes_site == NULL)
        self->passes_site = new_passes (self->trace->n_sites);
      for (guint32 site = 0; site < self->trace->n_sites; site++)
        self->passes_site[site]
            &= value_matcher_passes (&matcher, dimension_get_site_value (dimension, &self->source, site));
    }
  else if (dimension_get_scope (dimension) == DIMENSION_OF_CONTEXT)
    {
      if (self->passes_context == NULL)
        self->passes_context = new_passes (self->trace->n_contexts);
      for (guint32 context = 0; context < self->trace->n_contexts; context++)
        self->passes_context[context]
            &= value_matcher_passes (&matcher, dimension_get_context_value (dimension, &self->source, context));
    }
  else
    restrict_intervals (self, &matcher);
  value_matcher_clear (&matcher);
}

/* Puts what was decided per site and per context into the bits of the intervals. */
static void
apply_shared (Selector *self)
{
  const PoolIntervals *intervals = &self->trace->intervals;
  if (!self->passes_site && !self->passes_context)
    return;
  need_rows (self);
  for (gsize row = 0; row < intervals->n; row++)
    {
      gboolean passes = (!self->passes_site || self->passes_site[intervals->site[row]])
                        && (!self->passes_context || self->passes_context[intervals->context[row]]);
      if (!passes)
        exclude_row (self, row);
    }
}

/* Makes the filter ready for @trace; @ret_selection is overwritten, clear it with pool_selection_clear(). */
void
pool_filter_select (const PoolFilter *self, const PoolTrace *trace, const FrameNames *names,
                    PoolSelection *ret_selection)
{
  Selector selector = { .trace = trace, .names = names };
  selector.source = dimension_source_at_range (trace, names, pool_filter_get_range (self));
  PoolTypeMask types = POOL_TYPE_MASK_ALL;
  for (guint i = 0; i < pool_filter_get_n_conditions (self); i++)
    {
      const PoolCondition *condition = pool_filter_get_condition (self, i);
      if (pool_condition_is_number (condition))
        restrict_numbers (&selector, condition);
      else if (dimension_get_scope (condition->dimension) == DIMENSION_OF_RANGE)
        restrict_types (condition, &types);
      else
        restrict_rows (&selector, condition);
    }
  apply_shared (&selector);
  g_free (selector.passes_site);
  g_free (selector.passes_context);
  ret_selection->rows = selector.rows;
  ret_selection->types = types;
}

void
pool_selection_clear (PoolSelection *self)
{
  g_clear_pointer (&self->rows, g_free);
}
