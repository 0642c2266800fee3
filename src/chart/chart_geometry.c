#include "chart/chart_geometry.h"

#include "chart/chart_stack.h"

gboolean
chart_rectangle_contains (const ChartRectangle *self, double x, double y)
{
  return x >= self->x && x < self->x + self->width && y >= self->y && y < self->y + self->height;
}

double
chart_geometry_time_to_x (const ChartGeometry *self, gint64 time_ns)
{
  __int128 span = (__int128) self->view.end_ns - self->view.start_ns;
  if (time_ns == G_MAXINT64)
    return self->plot.x + self->plot.width;
  if (time_ns == G_MININT64 || span <= 0)
    return self->plot.x;
  double share = (double) ((__int128) time_ns - self->view.start_ns) / (double) span;
  return self->plot.x + share * self->plot.width;
}

gint64
chart_geometry_x_to_time (const ChartGeometry *self, double x)
{
  double share = self->plot.width > 0 ? (x - self->plot.x) / self->plot.width : 0;
  if (!(share > 0))
    return self->view.start_ns;
  if (share >= 1)
    return self->view.end_ns;
  double span = (double) ((__int128) self->view.end_ns - self->view.start_ns);
  gint64 elapsed = (gint64) (share * span);
  return MIN (self->view.start_ns + elapsed, self->view.end_ns);
}

double
chart_geometry_value_to_y (const ChartGeometry *self, double value)
{
  return self->plot.y + self->plot.height * (1 - MAX (value, 0) / self->top_value);
}

gboolean
chart_geometry_bin_at (const PoolTimeline *timeline, gint64 time_ns, guint *ret_bin)
{
  if (timeline->n_bins == 0 || time_ns < timeline->start_ns || time_ns >= timeline->end_ns)
    return FALSE;
  /* The last bin that does not start later. */
  guint low = 0, high = timeline->n_bins - 1;
  while (low < high)
    {
      guint middle = low + (high - low + 1) / 2;
      if (pool_timeline_get_bin_start (timeline, middle) <= time_ns)
        low = middle;
      else
        high = middle - 1;
    }
  *ret_bin = low;
  return TRUE;
}

gboolean
chart_geometry_legend_item_at (const ChartGeometry *self, double x, double y, guint *ret_item)
{
  for (guint i = 0; i < self->n_legend_items; i++)
    if (chart_rectangle_contains (&self->legend_items[i], x, y))
      {
        *ret_item = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
chart_geometry_band_at (const ChartGeometry *self, const PoolTimeline *timeline, guint64 hidden_bands,
                        double x, double y, guint *ret_band)
{
  guint bin;
  if (!chart_rectangle_contains (&self->plot, x, y)
      || !chart_geometry_bin_at (timeline, chart_geometry_x_to_time (self, x), &bin))
    return FALSE;
  double value = (1 - (y - self->plot.y) / self->plot.height) * self->top_value;
  double scale = chart_stack_get_scale (timeline), top = 0;
  for (guint band = 0; band < timeline->n_bands; band++)
    {
      if (chart_stack_is_hidden (hidden_bands, band))
        continue;
      gint64 last = timeline->bands[(gsize) band * timeline->n_bins + bin].last;
      top += last > 0 ? (double) last * scale : 0;
      if (value <= top)
        {
          *ret_band = band;
          return TRUE;
        }
    }
  return FALSE;
}
