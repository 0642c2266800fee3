#include "app/session/view_history.h"

#define MAX_STEPS 200

struct _ViewHistory
{
  GArray *views; /* (owned): of CountedView, whose filters and options are owned */
  guint current;
};

static void
counted_view_clear (gpointer data)
{
  CountedView *view = data;
  pool_filter_unref (view->filter);
  stack_options_unref (view->stacks);
}

ViewHistory *
view_history_new (void)
{
  ViewHistory *self = g_new0 (ViewHistory, 1);
  CountedView whole = { TIME_RANGE_WHOLE, pool_filter_new (NULL, NULL), stack_options_new (NULL, NULL, NULL) };
  self->views = g_array_new (FALSE, FALSE, sizeof (CountedView));
  g_array_set_clear_func (self->views, counted_view_clear);
  g_array_append_val (self->views, whole);
  return self;
}

void
view_history_free (ViewHistory *self)
{
  g_array_unref (self->views);
  g_free (self);
}

void
view_history_push (ViewHistory *self, const CountedView *view)
{
  const CountedView *current = &g_array_index (self->views, CountedView, self->current);
  if (time_range_equal (current->range, view->range) && pool_filter_equal (current->filter, view->filter)
      && stack_options_equal (current->stacks, view->stacks))
    return;
  CountedView copy = { view->range, pool_filter_ref (view->filter), stack_options_ref (view->stacks) };
  g_array_set_size (self->views, self->current + 1);
  g_array_append_val (self->views, copy);
  if (self->views->len > MAX_STEPS)
    g_array_remove_index (self->views, 0);
  self->current = self->views->len - 1;
}

gboolean
view_history_can_undo (const ViewHistory *self)
{
  return self->current > 0;
}

gboolean
view_history_can_redo (const ViewHistory *self)
{
  return self->current + 1 < self->views->len;
}

const CountedView *
view_history_undo (ViewHistory *self)
{
  return view_history_can_undo (self) ? &g_array_index (self->views, CountedView, --self->current) : NULL;
}

const CountedView *
view_history_redo (ViewHistory *self)
{
  return view_history_can_redo (self) ? &g_array_index (self->views, CountedView, ++self->current) : NULL;
}
