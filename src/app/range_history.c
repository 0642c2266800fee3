#include "app/range_history.h"

#define MAX_STEPS 200

struct _RangeHistory
{
  GArray *ranges; /* (owned): of TimeRange */
  guint current;
};

RangeHistory *
range_history_new (void)
{
  RangeHistory *self = g_new0 (RangeHistory, 1);
  TimeRange whole = TIME_RANGE_WHOLE;
  self->ranges = g_array_new (FALSE, FALSE, sizeof (TimeRange));
  g_array_append_val (self->ranges, whole);
  return self;
}

void
range_history_free (RangeHistory *self)
{
  g_array_unref (self->ranges);
  g_free (self);
}

void
range_history_push (RangeHistory *self, TimeRange range)
{
  TimeRange current = g_array_index (self->ranges, TimeRange, self->current);
  if (current.start_ns == range.start_ns && current.end_ns == range.end_ns)
    return;
  g_array_set_size (self->ranges, self->current + 1);
  g_array_append_val (self->ranges, range);
  if (self->ranges->len > MAX_STEPS)
    g_array_remove_index (self->ranges, 0);
  self->current = self->ranges->len - 1;
}

gboolean
range_history_can_undo (const RangeHistory *self)
{
  return self->current > 0;
}

gboolean
range_history_can_redo (const RangeHistory *self)
{
  return self->current + 1 < self->ranges->len;
}

gboolean
range_history_undo (RangeHistory *self, TimeRange *ret_range)
{
  if (!range_history_can_undo (self))
    return FALSE;
  self->current--;
  *ret_range = g_array_index (self->ranges, TimeRange, self->current);
  return TRUE;
}

gboolean
range_history_redo (RangeHistory *self, TimeRange *ret_range)
{
  if (!range_history_can_redo (self))
    return FALSE;
  self->current++;
  *ret_range = g_array_index (self->ranges, TimeRange, self->current);
  return TRUE;
}
