/* The single allocations under the table: opened and closed, and the place of the divider above them. */
#include "app/view/analysis_view_private.h"

#include "app/settings/app_settings.h"
#include "app/test_log.h"

#define DEFAULT_HEIGHT 190 /* at least, and two fifths of the room */
/* What the table keeps in any case. */
#define MIN_TABLE_HEIGHT 110

static gboolean
has_focus (AnalysisView *self, gpointer part)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (part));
}

void
analysis_view_focus_next (AnalysisView *self)
{
  gboolean in_pages = has_focus (self, self->table_pages);
  if (in_pages && gtk_widget_get_visible (GTK_WIDGET (self->allocations)))
    gtk_widget_grab_focus (GTK_WIDGET (self->allocations));
  else if (in_pages || has_focus (self, self->allocations))
    gtk_widget_grab_focus (GTK_WIDGET (self->graph));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
place_divider (AnalysisView *self, int total)
{
  int height = app_settings_get_int (app_settings_get (), "allocations-height");
  if (height <= 0)
    height = MAX (DEFAULT_HEIGHT, total * 2 / 5);
  self->is_placing = TRUE;
  gtk_paned_set_position (self->table_paned, MAX (total - height, MIN (MIN_TABLE_HEIGHT, total / 2)));
  self->is_placing = FALSE;
}

static gboolean
on_placing_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  int total = gtk_widget_get_height (widget);
  if (total <= 1)
    return G_SOURCE_CONTINUE;
  place_divider (ANALYSIS_VIEW (data), total);
  return G_SOURCE_REMOVE;
}

static void
on_setting_changed (AppSettings *settings, const char *key, gpointer data)
{
  AnalysisView *self = data;
  gboolean is_open = app_settings_get_boolean (settings, "single-allocations");
  if (is_open == gtk_widget_get_visible (GTK_WIDGET (self->allocations)))
    return;
  if (!is_open && has_focus (self, self->allocations))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->allocations), is_open);
  if (is_open)
    gtk_widget_add_tick_callback (GTK_WIDGET (self->table_paned), on_placing_tick, self, NULL);
  test_log_add ("allocations %s", is_open ? "opened" : "closed");
}

static void
on_divider_moved (GtkPaned *paned, GParamSpec *pspec, gpointer data)
{
  AnalysisView *self = data;
  /* Only what the user did is remembered, not what a change of size did. */
  if (!self->is_placing && gtk_widget_get_state_flags (GTK_WIDGET (paned)) & GTK_STATE_FLAG_ACTIVE)
    app_settings_set_int (app_settings_get (), "allocations-height",
                          gtk_widget_get_height (GTK_WIDGET (paned)) - gtk_paned_get_position (paned));
}

static void
on_message (AllocationPane *pane, const char *text, gpointer data)
{
  analysis_view_tell (ANALYSIS_VIEW (data), text);
}

void
analysis_view_allocations_init (AnalysisView *self)
{
  AppSettings *settings = app_settings_get ();
  gtk_widget_set_visible (GTK_WIDGET (self->allocations), FALSE);
  g_signal_connect (self->allocations, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->table_paned, "notify::position", G_CALLBACK (on_divider_moved), self);
  g_signal_connect_object (settings, "changed::single-allocations", G_CALLBACK (on_setting_changed), self, 0);
  on_setting_changed (settings, NULL, self);
}
