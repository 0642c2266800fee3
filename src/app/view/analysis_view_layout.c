/* Graph beside or above the table, and the place of the divider between them. */
#include "app/view/analysis_view_private.h"

#include "app/settings/app_settings.h"

/* What the columns of the default layout take, so that none is cut off. */
#define TABLE_WIDTH 934

static const char *
get_position_key (AnalysisView *self)
{
  return self->is_stacked ? "paned-position-above" : "paned-position-beside";
}

/* What graph and table share, in logical pixels. */
static int
get_room (AnalysisView *self)
{
  return self->is_stacked ? gtk_widget_get_height (GTK_WIDGET (self->paned))
                          : gtk_widget_get_width (GTK_WIDGET (self->paned));
}

static void
place_divider (AnalysisView *self)
{
  int total = get_room (self);
  int position = app_settings_get_int (app_settings_get (), get_position_key (self));
  if (total <= 0)
    return;
  if (self->divider > 0 && self->divider_is_above == self->is_stacked)
    position = (int) (self->divider * total + 0.5);
  /* The table needs the room: five columns of numbers beside a stack. */
  if (position <= 0 || position > total - 160)
    position = self->is_stacked ? total * 2 / 5 : CLAMP (total - TABLE_WIDTH, total * 3 / 10, total * 9 / 20);
  self->is_placing = TRUE;
  gtk_paned_set_position (self->paned, position);
  self->is_placing = FALSE;
}

static gboolean
on_placing_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AnalysisView *self = data;
  /* A paned that was turned would scale the place as if it had the length of before: it has to be laid out first. */
  gboolean was_turned = self->is_turned;
  self->is_turned = FALSE;
  if (was_turned || get_room (self) <= 1)
    return G_SOURCE_CONTINUE;
  place_divider (self);
  return G_SOURCE_REMOVE;
}

void
analysis_view_place_divider (AnalysisView *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self->paned), on_placing_tick, self, NULL);
}

static void
set_stacked (AnalysisView *self, gboolean is_stacked)
{
  self->is_stacked = is_stacked;
  self->is_turned = TRUE;
  self->is_placing = TRUE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  is_stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  self->is_placing = FALSE;
  analysis_view_place_divider (self);
}

static void
update_layout (AnalysisView *self)
{
  gboolean is_stacked = self->is_narrow || app_settings_get_boolean (app_settings_get (), "graph-above-table");
  if (is_stacked != self->is_stacked)
    set_stacked (self, is_stacked);
}

void
analysis_view_set_narrow (AnalysisView *self, gboolean is_narrow)
{
  self->is_narrow = is_narrow;
  update_layout (self);
}

static void
on_divider_moved (GtkPaned *paned, GParamSpec *pspec, gpointer data)
{
  AnalysisView *self = data;
  /* Only what the user did is remembered, not what a change of size did. */
  if (self->is_placing || !(gtk_widget_get_state_flags (GTK_WIDGET (paned)) & GTK_STATE_FLAG_ACTIVE))
    return;
  int position = gtk_paned_get_position (paned);
  self->divider = (double) position / MAX (1, get_room (self));
  self->divider_is_above = self->is_stacked;
  app_settings_set_int (app_settings_get (), get_position_key (self), position);
}

static void
on_setting_changed (AppSettings *settings, const char *key, gpointer data)
{
  update_layout (ANALYSIS_VIEW (data));
}

void
analysis_view_layout_init (AnalysisView *self)
{
  g_signal_connect (self->paned, "notify::position", G_CALLBACK (on_divider_moved), self);
  g_signal_connect_object (app_settings_get (), "changed::graph-above-table", G_CALLBACK (on_setting_changed), self,
                           0);
  set_stacked (self, TRUE);
  update_layout (self);
}
