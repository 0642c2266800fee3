/* Size of the window, place of the divider, graph beside or above the table. */
#include "app/window_private.h"

#include "app/app_settings.h"

/* Narrower windows put the graph above the table whatever the setting says. */
#define MIN_WIDTH_BESIDE 1300
/* What the columns of the default layout take, so that none is cut off. */
#define TABLE_WIDTH 934

static const char *
get_position_key (PoolscopeWindow *self)
{
  return self->is_stacked ? "paned-position-above" : "paned-position-beside";
}

static void
place_divider (PoolscopeWindow *self)
{
  int total = self->is_stacked ? gtk_widget_get_height (GTK_WIDGET (self->paned))
                               : gtk_widget_get_width (GTK_WIDGET (self->paned));
  int position = app_settings_get_int (app_settings_get (), get_position_key (self));
  if (total <= 0)
    return;
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
  PoolscopeWindow *self = data;
  int total = self->is_stacked ? gtk_widget_get_height (widget) : gtk_widget_get_width (widget);
  if (total <= 1)
    return G_SOURCE_CONTINUE;
  place_divider (self);
  return G_SOURCE_REMOVE;
}

void
window_layout_update (PoolscopeWindow *self)
{
  /* The surface knows the new width before the widgets do. */
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  int width = surface != NULL ? gdk_surface_get_width (surface) : 0, default_height;
  if (width <= 1)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &default_height);
  gboolean is_stacked
      = app_settings_get_boolean (app_settings_get (), "graph-above-table") || width < MIN_WIDTH_BESIDE;
  summary_view_set_narrow (self->summary, width < MIN_WIDTH_BESIDE);
  GtkOrientation orientation = is_stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  if (is_stacked == self->is_stacked
      && gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)) == orientation)
    return;
  self->is_stacked = is_stacked;
  self->is_placing = TRUE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), orientation);
  self->is_placing = FALSE;
  gtk_widget_add_tick_callback (GTK_WIDGET (self->paned), on_placing_tick, self, NULL);
}

static void
on_divider_moved (GtkPaned *paned, GParamSpec *pspec, gpointer data)
{
  PoolscopeWindow *self = data;
  /* Only what the user did is remembered, not what a change of size did. */
  if (!self->is_placing && gtk_widget_get_state_flags (GTK_WIDGET (paned)) & GTK_STATE_FLAG_ACTIVE)
    app_settings_set_int (app_settings_get (), get_position_key (self), gtk_paned_get_position (paned));
}

static void
on_size_changed (GObject *surface, GParamSpec *pspec, gpointer data)
{
  window_layout_update (POOLSCOPE_WINDOW (data));
}

static void
on_realize (GtkWidget *widget, gpointer data)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (widget));
  g_signal_connect_object (surface, "notify::width", G_CALLBACK (on_size_changed), widget, 0);
}

static void
on_setting_changed (AppSettings *settings, const char *key, gpointer data)
{
  window_layout_update (POOLSCOPE_WINDOW (data));
}

void
window_layout_save (PoolscopeWindow *self)
{
  AppSettings *settings = app_settings_get ();
  int width, height;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  app_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (gtk_window_is_maximized (GTK_WINDOW (self)) || width < 360 || height < 300)
    return;
  app_settings_set_int (settings, "window-width", width);
  app_settings_set_int (settings, "window-height", height);
}

void
window_layout_init (PoolscopeWindow *self)
{
  AppSettings *settings = app_settings_get ();
  gtk_window_set_default_size (GTK_WINDOW (self), app_settings_get_int (settings, "window-width"),
                               app_settings_get_int (settings, "window-height"));
  if (app_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect (self, "realize", G_CALLBACK (on_realize), NULL);
  g_signal_connect (self->paned, "notify::position", G_CALLBACK (on_divider_moved), self);
  g_signal_connect_object (settings, "changed::graph-above-table", G_CALLBACK (on_setting_changed), self, 0);
  self->is_stacked = TRUE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->paned), on_placing_tick, self, NULL);
  window_layout_update (self);
}
