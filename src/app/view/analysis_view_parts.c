/* Which parts of the view are shown: graphs, table, legend, headers; the highlighted time. */
#include "app/view/analysis_view_private.h"

#include "app/test_log.h"

AnalysisParts
analysis_view_get_parts (AnalysisView *self)
{
  gboolean has_graphs = gtk_widget_get_visible (gtk_paned_get_start_child (self->paned));
  gboolean has_table = gtk_widget_get_visible (gtk_paned_get_end_child (self->paned));
  return has_graphs && has_table ? ANALYSIS_BOTH : has_table ? ANALYSIS_TABLE : ANALYSIS_GRAPHS;
}

void
analysis_view_set_parts (AnalysisView *self, AnalysisParts parts)
{
  static const char *const names[] = { "both", "table", "graphs" };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *graphs = gtk_paned_get_start_child (self->paned), *table = gtk_paned_get_end_child (self->paned);
  gboolean loses_focus = focus != NULL
                         && ((parts == ANALYSIS_TABLE && gtk_widget_is_ancestor (focus, graphs))
                             || (parts == ANALYSIS_GRAPHS && gtk_widget_is_ancestor (focus, table)));
  gtk_widget_set_visible (graphs, parts != ANALYSIS_TABLE);
  gtk_widget_set_visible (table, parts != ANALYSIS_GRAPHS);
  if (loses_focus)
    gtk_widget_grab_focus (parts == ANALYSIS_TABLE ? GTK_WIDGET (self->table) : GTK_WIDGET (self->graph));
  test_log_add ("parts %s", names[parts]);
}
