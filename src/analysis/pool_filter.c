#include "analysis/pool_filter.h"

struct _PoolFilter
{
  gatomicrefcount references;
  GPtrArray *conditions; /* (owned): of PoolCondition */
  TimeRange range;
};

static PoolFilter *
new_empty (void)
{
  PoolFilter *self = g_new0 (PoolFilter, 1);
  g_atomic_ref_count_init (&self->references);
  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) pool_condition_unref);
  self->range = TIME_RANGE_WHOLE;
  return self;
}

/* A filter with the same conditions, to be changed. */
static PoolFilter *
copy (const PoolFilter *self)
{
  PoolFilter *result = new_empty ();
  result->range = self->range;
  for (guint i = 0; i < self->conditions->len; i++)
    g_ptr_array_add (result->conditions, pool_condition_ref (self->conditions->pdata[i]));
  return result;
}

PoolFilter *
pool_filter_new (const char *const *expressions, GError **error)
{
  g_autoptr (PoolFilter) self = new_empty ();
  for (; expressions != NULL && *expressions != NULL; expressions++)
    {
      PoolCondition *condition = pool_condition_parse (*expressions, NULL, error);
      if (condition == NULL)
        return NULL;
      g_ptr_array_add (self->conditions, condition);
    }
  return g_steal_pointer (&self);
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
  g_ptr_array_unref (self->conditions);
  g_free (self);
}

guint
pool_filter_get_n_conditions (const PoolFilter *self)
{
  return self->conditions->len;
}

PoolCondition *
pool_filter_get_condition (const PoolFilter *self, guint index)
{
  return self->conditions->pdata[index];
}

TimeRange
pool_filter_get_range (const PoolFilter *self)
{
  return self->range;
}

PoolFilter *
pool_filter_with (const PoolFilter *self, PoolCondition *condition)
{
  PoolFilter *result = copy (self);
  for (guint i = 0; i < self->conditions->len; i++)
    if (pool_condition_equal (self->conditions->pdata[i], condition))
      return result;
  g_ptr_array_add (result->conditions, pool_condition_ref (condition));
  return result;
}

PoolFilter *
pool_filter_without (const PoolFilter *self, guint index)
{
  PoolFilter *result = copy (self);
  g_ptr_array_remove_index (result->conditions, index);
  return result;
}

gboolean
pool_filter_equal (const PoolFilter *a, const PoolFilter *b)
{
  if (a->conditions->len != b->conditions->len)
    return FALSE;
  for (guint i = 0; i < a->conditions->len; i++)
    if (!pool_condition_equal (a->conditions->pdata[i], b->conditions->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
pool_filter_depends_on_range (const PoolFilter *self)
{
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const PoolCondition *condition = self->conditions->pdata[i];
      if (pool_condition_is_number (condition) ? condition->number == POOL_NUMBER_AGE
                                               : dimension_depends_on_end (condition->dimension))
        return TRUE;
    }
  return FALSE;
}

PoolFilter *
pool_filter_at_range (PoolFilter *self, TimeRange range)
{
  if (!pool_filter_depends_on_range (self))
    return pool_filter_ref (self);
  PoolFilter *result = copy (self);
  result->range = range;
  return result;
}
