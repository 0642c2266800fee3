#include "analysis/value_classes.h"

#include <string.h>

void
value_classes_init (ValueClasses *self, Dimension dimension, const DimensionSource *source)
{
  *self = (ValueClasses){ .dimension = dimension, .source = source };
  DimensionScope scope = dimension_get_scope (dimension);
  gsize n_keys = scope == DIMENSION_OF_SITE      ? source->trace->n_sites
                 : scope == DIMENSION_OF_CONTEXT ? source->trace->n_contexts
                                                 : 0;
  if (n_keys > 0)
    {
      self->class_of_key = g_new (guint32, n_keys);
      memset (self->class_of_key, 0xff, n_keys * sizeof *self->class_of_key);
    }
  value_index_init (&self->values, 0);
  value_index_init (&self->steps, 0);
  self->class_of_value = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->class_of_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
value_classes_clear (ValueClasses *self)
{
  g_clear_pointer (&self->class_of_key, g_free);
  value_index_clear (&self->values);
  value_index_clear (&self->steps);
  g_clear_pointer (&self->class_of_value, g_array_unref);
  g_clear_pointer (&self->class_of_text, g_hash_table_unref);
}

/* Stacks of the same texts are one, whatever addresses they have. */
static guint32
classify_stack (ValueClasses *self, guint32 stack)
{
  const FrameNames *names = self->source->names;
  gsize n_frames;
  const guint32 *frames = frame_names_get_stack (names, self->source->trace,
                                                 dimension_get_stack_view (self->dimension), stack, &n_frames);
  guint32 at = 0; /* the empty stack; classes count from 1 */
  for (gsize i = 0; i < n_frames; i++)
    at = value_index_add (&self->steps, (guint64) at << 32 | frame_names_get_text_id (names, frames[i])) + 1;
  self->n_classes = (guint32) self->steps.n + 1;
  return at;
}

static guint32
classify_text (ValueClasses *self, guint64 value)
{
  g_autofree char *text
      = dimension_dup_text (self->dimension, self->source->trace, self->source->names, value);
  gpointer known;
  if (g_hash_table_lookup_extended (self->class_of_text, text, NULL, &known))
    return GPOINTER_TO_UINT (known);
  g_hash_table_insert (self->class_of_text, g_steal_pointer (&text), GUINT_TO_POINTER (self->n_classes));
  return self->n_classes++;
}

static guint32
classify (ValueClasses *self, guint64 value)
{
  guint32 id = value_index_add (&self->values, value);
  if (id == self->class_of_value->len)
    {
      guint32 class = dimension_is_stack (self->dimension) ? classify_stack (self, (guint32) value)
                                                           : classify_text (self, value);
      g_array_append_val (self->class_of_value, class);
    }
  return g_array_index (self->class_of_value, guint32, id);
}

static guint32
classify_type (ValueClasses *self, PoolIntervalType type)
{
  self->n_classes = POOL_N_TYPES;
  /* Both ways to change the outstanding size are one impact. */
  return self->dimension == DIMENSION_IMPACT && type == POOL_TYPE_AOFI ? POOL_TYPE_AIFO : type;
}

guint32
value_classes_get (ValueClasses *self, gsize row, PoolIntervalType type)
{
  const PoolIntervals *intervals = &self->source->trace->intervals;
  DimensionScope scope = dimension_get_scope (self->dimension);
  if (scope == DIMENSION_OF_RANGE)
    return classify_type (self, type);
  if (scope == DIMENSION_OF_INTERVAL)
    return classify (self, dimension_get_value (self->dimension, self->source, row));
  guint32 key = scope == DIMENSION_OF_SITE ? intervals->site[row] : intervals->context[row];
  if (self->class_of_key[key] == VALUE_INDEX_NONE)
    self->class_of_key[key] = classify (self, dimension_get_value (self->dimension, self->source, row));
  return self->class_of_key[key];
}
