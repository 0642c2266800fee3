/* What stands in the place of the table: the table, or the flame graph of the same stacks either way round. */
#include "app/view/analysis_view_private.h"

#include "app/test_log.h"

static const char *const pages[] = { "table", "flame", "icicle" };

const char *
analysis_view_get_page (AnalysisView *self)
{
  return self->page;
}

void
analysis_view_show_page (AnalysisView *self, const char *page)
{
  gboolean is_table = g_str_equal (page, pages[0]);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (page, pages[i]))
      self->page = pages[i];
  flame_page_set_icicle (self->flames, g_str_equal (page, "icicle"));
  gtk_stack_set_visible_child_name (self->table_pages, is_table ? "table" : "flames");
  if (is_table)
    table_view_focus_cursor (self->table);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->flames));
  test_log_add ("page %s", self->page);
  g_signal_emit_by_name (self, "changed");
}

static void
on_message (FlamePage *flames, const char *text, gpointer data)
{
  analysis_view_tell (data, text);
}

static void
on_selection_changed (FlamePage *flames, gpointer data)
{
  g_signal_emit_by_name (data, "changed");
}

void
analysis_view_page_init (AnalysisView *self)
{
  self->page = pages[0];
  g_signal_connect (self->flames, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->flames, "selection-changed", G_CALLBACK (on_selection_changed), self);
}
