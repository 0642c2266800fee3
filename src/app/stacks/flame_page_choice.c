#include "app/stacks/flame_page_private.h"

#include <glib/gi18n.h>

static const Metric metrics[] = { METRIC_IMPACTING, METRIC_SIZE, METRIC_COUNT };
static const Dimension dimensions[] = { DIMENSION_STACK, DIMENSION_FREE_STACK, DIMENSION_FRAME_TAGS };

Metric
flame_page_get_metric (FlamePage *self)
{
  return metrics[MIN (gtk_drop_down_get_selected (self->metric_drop_down), G_N_ELEMENTS (metrics) - 1)];
}

Dimension
flame_page_get_dimension (FlamePage *self)
{
  return dimensions[MIN (gtk_drop_down_get_selected (self->dimension_drop_down), G_N_ELEMENTS (dimensions) - 1)];
}

static void
on_choice_changed (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  FlamePage *self = data;
  if (drop_down == self->dimension_drop_down)
    flame_page_forget_zoom (self);
  flame_page_request (self);
}

void
flame_page_choice_init (FlamePage *self)
{
  g_autoptr (GtkStringList) metric_names = gtk_string_list_new (NULL), dimension_names = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    gtk_string_list_append (metric_names, _ (metric_get_display_name (metrics[i])));
  for (guint i = 0; i < G_N_ELEMENTS (dimensions); i++)
    gtk_string_list_append (dimension_names, _ (dimension_get_display_name (dimensions[i])));
  gtk_drop_down_set_model (self->metric_drop_down, G_LIST_MODEL (metric_names));
  gtk_drop_down_set_model (self->dimension_drop_down, G_LIST_MODEL (dimension_names));
  g_signal_connect (self->metric_drop_down, "notify::selected", G_CALLBACK (on_choice_changed), self);
  g_signal_connect (self->dimension_drop_down, "notify::selected", G_CALLBACK (on_choice_changed), self);
}
