#include "app/stacks/flame_view_private.h"

#include "base/number_format.h"
#include "export/metric_text.h"

#include <glib/gi18n.h>

static char *
dup_name (FlameView *self, guint32 rect)
{
  const FlameRect *at = flame_view_get_rect (self, rect);
  if (at->n_merged > 0)
    return g_strdup_printf (ngettext ("%u narrow frame", "%u narrow frames", at->n_merged), at->n_merged);
  return g_strdup (at->depth == 0 ? _ ("All stacks") : flame_layout_get_text (self->layout, rect));
}

char *
flame_view_dup_rect_text (FlameView *self, guint32 rect)
{
  const FlameRect *at = flame_view_get_rect (self, rect);
  g_autofree char *name = dup_name (self, rect);
  g_autofree char *count = format_count ((gint64) at->sums.count);
  g_autofree char *size = format_bytes ((gint64) at->sums.size_bytes);
  g_autofree char *impacting = format_bytes (at->sums.impacting_bytes);
  g_autofree char *exact = format_count (at->sums.impacting_bytes);
  g_autofree char *weight = metric_format (self->metric, (gint64) at->weight);
  double share = 100 * (double) at->weight / (double) flame_layout_get_weight (self->layout);
  g_autoptr (GString) text = g_string_new (name);
  gsize module_length = at->depth > 0 && at->n_merged == 0 ? frame_text_get_module_length (name) : 0;
  if (module_length > 0)
    {
      g_autofree char *module = g_strndup (name, module_length);
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Module %s"), module);
    }
  g_string_append_c (text, '\n');
  /* Translators: name of a metric, its value, a percentage. */
  g_string_append_printf (text, _ ("%s %s, %.1f %% of all"), _ (metric_get_display_name (self->metric)), weight, share);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Impacting Size %s (%s bytes), Size %s, Count %s"), impacting, exact, size, count);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
flame_view_update_description (FlameView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (flame_view_get_n_rects (self) == 0)
    g_string_append (text, _ ("There is nothing to show."));
  else
    {
      guint32 n_depths = flame_layout_get_n_depths (self->layout) - 1;
      g_autofree char *whole = metric_format (self->metric, (gint64) flame_layout_get_weight (self->layout));
      g_string_append_printf (text, ngettext ("%s of %s, %u frame deep.", "%s of %s, up to %u frames deep.", n_depths),
                              _ (metric_get_display_name (self->metric)), whole, n_depths);
      if (self->selected != FLAME_NO_RECT)
        {
          g_autofree char *selected = flame_view_dup_rect_text (self, self->selected);
          g_string_append_c (text, ' ');
          g_string_append_printf (text, _ ("Selected, at depth %u: %s."), flame_view_get_rect (self, self->selected)->depth,
                                  g_strdelimit (selected, "\n", ','));
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}
