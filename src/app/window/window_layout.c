/* Size of the window, and what it means for its parts. */
#include "app/window/window_private.h"

#include "app/settings/app_settings.h"

/* Narrower windows put the graph above the table whatever the setting says. */
#define MIN_WIDTH_BESIDE 1300

/* What the explorer takes away from the views. */
static int
get_explorer_width (PoolscopeWindow *self)
{
  int width = 0;
  if (window_explorer_is_open (self))
    gtk_widget_measure (GTK_WIDGET (self->explorer), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

void
window_layout_update (PoolscopeWindow *self)
{
  /* The surface knows the new width before the widgets do. */
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  int width = surface != NULL ? gdk_surface_get_width (surface) : 0, default_height;
  if (width <= 1)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &default_height);
  summary_view_set_narrow (self->summary, width < MIN_WIDTH_BESIDE);
  window_views_set_narrow (self, width - get_explorer_width (self) < MIN_WIDTH_BESIDE);
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
  window_layout_update (self);
}
