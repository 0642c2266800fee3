/* The table's current row in the graph: its own line, or the band it belongs to. */
#include "app/view/analysis_view_private.h"

#include "app/test_log.h"

#include <glib/gi18n.h>

/* The line takes a pass over all blocks: while a range is dragged it waits until the values rest. */
#define REST_MS 200

void
analysis_view_update_row (AnalysisView *self)
{
  RowModel *rows = trace_session_get_rows (self->session);
  RowNode *cursor = row_model_get_cursor (rows);
  gboolean is_drawn = cursor != NULL && !self->hides_row_line;
  analysis_view_graphs_set_row (self, is_drawn ? row_model_get_values (rows) : NULL,
                                is_drawn ? &cursor->row : NULL);
}

static gboolean
on_values_rest (gpointer data)
{
  AnalysisView *self = data;
  self->row_timer = 0;
  if (self->session != NULL)
    analysis_view_update_row (self);
  return G_SOURCE_REMOVE;
}

void
analysis_view_queue_update_row (AnalysisView *self)
{
  g_clear_handle_id (&self->row_timer, g_source_remove);
  self->row_timer = g_timeout_add (REST_MS, on_values_rest, self);
}

/* The label of the band that has, or would have, the row: the first group that does not depend on the range,
 * refined by the next one when it is Paged. (transfer full) (nullable): NULL for rows above the bands. */
static char *
dup_band_label (PoolTree *tree, PoolTreeRow row)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  g_auto (GStrv) path = pool_tree_dup_row_path (tree, row);
  const char *texts[2] = { NULL, NULL };
  guint n_texts = 0;
  gboolean is_paged = FALSE;
  for (gsize i = 0; i < n_levels && path[i] != NULL && n_texts < 2; i++)
    {
      if (grouping[i] == DIMENSION_TYPE || grouping[i] == DIMENSION_IMPACT)
        continue;
      is_paged = is_paged || (n_texts == 0 && grouping[i] == DIMENSION_PAGED);
      texts[n_texts++] = path[i];
      if (!is_paged || dimension_is_stack (grouping[i]))
        break;
    }
  return g_strjoin (" ", texts[0], texts[1], NULL);
}

void
analysis_view_toggle_row_in_graph (AnalysisView *self)
{
  RowModel *rows = trace_session_get_rows (self->session);
  RowNode *cursor = row_model_get_cursor (rows);
  if (cursor == NULL)
    return;
  PoolTree *tree = pool_tree_values_get_tree (row_model_get_values (rows));
  g_autofree char *label = dup_band_label (tree, cursor->row);
  gboolean is_band = label != NULL && graph_view_toggle_band (self->graph, label), is_shown;
  if (is_band)
    is_shown = graph_view_is_band_shown (self->graph, label);
  else
    {
      is_shown = self->hides_row_line;
      self->hides_row_line = !self->hides_row_line;
      analysis_view_update_row (self);
      g_free (label);
      label = pool_tree_dup_row_text (tree, cursor->row);
    }
  g_autofree char *text = g_strdup_printf (is_shown ? _ ("The graph shows %s.")
                                                      : _ ("The graph hides %s."), label);
  analysis_view_tell (self, text);
  test_log_add ("graph %s %s %s", is_band ? "band" : "line", label, is_shown ? "shown" : "hidden");
}
