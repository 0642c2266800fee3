#include "analysis/pool_filter.h"

#include <string.h>

#include "analysis/glob.h"
#include "analysis/value_index.h"

#define TAG_LENGTH 4

typedef struct
{
  Dimension dimension;
  gboolean is_negated;
  char *pattern;
} FilterCondition;

struct _PoolFilter
{
  gatomicrefcount references;
  FilterCondition *conditions; /* (array length=n_conditions) */
  gsize n_conditions;
};

G_DEFINE_QUARK (pool-filter-error-quark, pool_filter_error)

/* A tag pattern without "*" covers all four bytes, so that "Irp" finds the tag "Irp ". An unprintable byte
 * is written as \xNN in a tag's text, an escaped backslash, x and two digits in the pattern: one byte. */
static char *
pad_tag_pattern (const char *pattern)
{
  gsize length;
  if (!glob_get_length (pattern, &length))
    return g_strdup (pattern);
  for (const char *at = pattern; *at != '\0'; at++)
    if (at[0] == '\\' && at[1] != '\0')
      {
        if (at[1] == '\\' && at[2] == 'x' && g_ascii_isxdigit (at[3]) && g_ascii_isxdigit (at[4]))
          length -= 3;
        at++;
      }
  GString *padded = g_string_new (pattern);
  for (; length < TAG_LENGTH; length++)
    g_string_append_c (padded, ' ');
  return g_string_free (padded, FALSE);
}

static char *
list_dimensions (void)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < N_DIMENSIONS; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", dimension_get_name ((Dimension) i));
  return g_string_free (list, FALSE);
}

static gboolean
parse_condition (const char *expression, FilterCondition *ret_condition, GError **error)
{
  const char *equals = strchr (expression, '=');
  if (equals == NULL || equals == expression)
    {
      g_set_error (
          error, POOL_FILTER_ERROR, 0,
          "the filter “%s” is not understood; write dimension=pattern or dimension!=pattern, as in tag=Leak",
          expression);
      return FALSE;
    }
  gboolean is_negated = equals[-1] == '!';
  g_autofree char *name = g_strndup (expression, (gsize) (equals - expression) - (is_negated ? 1 : 0));
  Dimension dimension;
  if (!dimension_from_name (name, &dimension))
    {
      g_autofree char *list = list_dimensions ();
      g_set_error (error, POOL_FILTER_ERROR, 0,
                   "there is no dimension “%s” in the filter “%s”; use one of: %s", name, expression, list);
      return FALSE;
    }
  ret_condition->dimension = dimension;
  ret_condition->is_negated = is_negated;
  ret_condition->pattern = dimension == DIMENSION_TAG ? pad_tag_pattern (equals + 1) : g_strdup (equals + 1);
  return TRUE;
}

PoolFilter *
pool_filter_new (const char *const *expressions, GError **error)
{
  PoolFilter *self = g_new0 (PoolFilter, 1);
  g_atomic_ref_count_init (&self->references);
  gsize n_expressions = expressions ? g_strv_length ((char **) expressions) : 0;
  self->conditions = g_new0 (FilterCondition, n_expressions);
  for (gsize i = 0; i < n_expressions; i++)
    {
      if (!parse_condition (expressions[i], &self->conditions[i], error))
        {
          pool_filter_unref (self);
          return NULL;
        }
      self->n_conditions++;
    }
  return self;
}

PoolFilter *
pool_filter_ref (PoolFilter *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
pool_filter_unref (PoolFilter *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (gsize i = 0; i < self->n_conditions; i++)
    g_free (self->conditions[i].pattern);
  g_free (self->conditions);
  g_free (self);
}

/* --- Selecting ------------------------------------------------------------------------------------------ */

typedef struct
{
  const PoolTrace *trace;
  const FrameNames *names;
  guint8 *passes_site;    /* (array length=n_sites) (owned) (nullable): all conditions on sites so far */
  guint8 *passes_context; /* (array length=n_contexts) (owned) (nullable) */
  guint64 *rows;          /* (owned) (nullable) */
} Selector;

static guint8 *
new_passes (gsize n)
{
  guint8 *passes = g_malloc (n + 1);
  memset (passes, 1, n);
  return passes;
}

/* For each stack of the trace whether any of its frames matches. */
static guint8 *
match_stacks (const Selector *self, const FilterCondition *condition)
{
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
    }
  return matches;
}

/* Matches a dimension's values, each distinct one once. */
typedef struct
{
  const Selector *selector;
  const FilterCondition *condition;
  guint8 *stack_matches;  /* (nullable): for a stack dimension */
  ValueIndex values;
  GByteArray *passes;     /* by id of values */
} ValueMatcher;

static void
value_matcher_init (ValueMatcher *self, const Selector *selector, const FilterCondition *condition)
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
  const FilterCondition *condition = self->condition;
  if (self->stack_matches)
    return self->stack_matches[value] != condition->is_negated;
  guint32 id = value_index_add (&self->values, value);
  if (id == self->passes->len)
    {
      g_autofree char *text
          = dimension_dup_text (condition->dimension, self->selector->trace, self->selector->names, value);
      guint8 passes = glob_match (condition->pattern, text) != condition->is_negated;
      g_byte_array_append (self->passes, &passes, 1);
    }
  return self->passes->data[id];
}

static void
restrict_types (const FilterCondition *condition, PoolTypeMask *types)
{
  for (PoolIntervalType type = 0; type < POOL_N_TYPES; type++)
    {
      const char *text = condition->dimension == DIMENSION_TYPE ? pool_interval_type_get_text (type)
                                                                : pool_impact_get_text (type);
      if (glob_match (condition->pattern, text) == condition->is_negated)
        *types &= (PoolTypeMask) ~(1 << type);
    }
}

static void
restrict_intervals (Selector *self, ValueMatcher *matcher)
{
  gsize n = self->trace->intervals.n;
  if (self->rows == NULL)
    {
      self->rows = g_new (guint64, n / 64 + 1);
      memset (self->rows, 0xff, (n / 64 + 1) * sizeof *self->rows);
    }
  for (gsize row = 0; row < n; row++)
    if (!value_matcher_passes (matcher,
                               dimension_get_value (matcher->condition->dimension, self->trace, row)))
      self->rows[row / 64] &= ~(G_GUINT64_CONSTANT (1) << (row % 64));
}

static void
restrict_rows (Selector *self, const FilterCondition *condition)
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
            &= value_matcher_passes (&matcher, dimension_get_site_value (dimension, self->trace, site));
    }
  else if (dimension == DIMENSION_PROCESS || dimension == DIMENSION_THREAD)
    {
      if (self->passes_context == NULL)
        self->passes_context = new_passes (self->trace->n_contexts);
      for (guint32 context = 0; context < self->trace->n_contexts; context++)
        self->passes_context[context]
            &= value_matcher_passes (&matcher, dimension_get_context_value (dimension, self->trace, context));
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
  gsize n_words = intervals->n / 64 + 1;
  if (self->rows == NULL)
    {
      self->rows = g_new (guint64, n_words);
      memset (self->rows, 0xff, n_words * sizeof *self->rows);
    }
  for (gsize row = 0; row < intervals->n; row++)
    {
      gboolean passes = (!self->passes_site || self->passes_site[intervals->site[row]])
                        && (!self->passes_context || self->passes_context[intervals->context[row]]);
      if (!passes)
        self->rows[row / 64] &= ~(G_GUINT64_CONSTANT (1) << (row % 64));
    }
}

/* Makes the filter ready for @trace; @ret_selection is overwritten, clear it with pool_selection_clear(). */
void
pool_filter_select (const PoolFilter *self, const PoolTrace *trace, const FrameNames *names,
                    PoolSelection *ret_selection)
{
  Selector selector = { .trace = trace, .names = names };
  PoolTypeMask types = POOL_TYPE_MASK_ALL;
  for (gsize i = 0; i < self->n_conditions; i++)
    if (dimension_get_scope (self->conditions[i].dimension) == DIMENSION_OF_RANGE)
      restrict_types (&self->conditions[i], &types);
    else
      restrict_rows (&selector, &self->conditions[i]);
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
