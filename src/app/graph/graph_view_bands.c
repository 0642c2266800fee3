#include "app/graph/graph_view_private.h"

void
graph_view_update_hidden_bands (GraphView *self)
{
  const TimelineBands *bands = graph_view_get_bands (self);
  self->hidden_bands = 0;
  for (guint i = 0; bands && i < MIN (bands->n_bands, 64); i++)
    if (g_hash_table_contains (self->hidden_labels, bands->labels[i]))
      self->hidden_bands |= G_GUINT64_CONSTANT (1) << i;
}

char **
graph_view_dup_hidden_labels (GraphView *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer label;
  g_hash_table_iter_init (&iter, self->hidden_labels);
  while (g_hash_table_iter_next (&iter, &label, NULL))
    g_strv_builder_add (builder, label);
  return g_strv_builder_end (builder);
}

void
graph_view_set_hidden_labels (GraphView *self, const char *const *labels)
{
  g_hash_table_remove_all (self->hidden_labels);
  for (; *labels != NULL; labels++)
    g_hash_table_add (self->hidden_labels, g_strdup (*labels));
  graph_view_results_changed (self);
}

void
graph_view_toggle_band_at (GraphView *self, guint band, gboolean only_this)
{
  const TimelineBands *bands = graph_view_get_bands (self);
  if (bands == NULL || band >= bands->n_bands)
    return;
  if (only_this)
    {
      /* A second time brings all back. */
      gboolean is_alone = g_hash_table_size (self->hidden_labels) + 1 >= bands->n_bands
                          && !g_hash_table_contains (self->hidden_labels, bands->labels[band]);
      g_hash_table_remove_all (self->hidden_labels);
      for (guint i = 0; !is_alone && i < bands->n_bands; i++)
        if (i != band)
          g_hash_table_add (self->hidden_labels, g_strdup (bands->labels[i]));
    }
  else if (!g_hash_table_remove (self->hidden_labels, bands->labels[band]))
    g_hash_table_add (self->hidden_labels, g_strdup (bands->labels[band]));
  graph_view_results_changed (self);
}

gboolean
graph_view_toggle_band (GraphView *self, const char *label)
{
  const TimelineBands *bands = graph_view_get_bands (self);
  for (guint i = 0; bands && i < bands->n_bands; i++)
    if (g_str_equal (bands->labels[i], label))
      {
        graph_view_toggle_band_at (self, i, FALSE);
        return TRUE;
      }
  return FALSE;
}

gboolean
graph_view_is_band_shown (GraphView *self, const char *label)
{
  return !g_hash_table_contains (self->hidden_labels, label);
}
