#include "app/application.h"

#include "app/accelerators.h"
#include "app/health/limits_window.h"
#include "app/presets/preset_import.h"
#include "app/recording/profile_window.h"
#include "app/recording/recording_window.h"
#include "app/settings/app_settings.h"
#include "app/settings/preferences_window.h"
#include "app/settings/shortcuts_window.h"
#include "app/stacks/stack_tags_window.h"
#include "app/test_log.h"
#include "app/widgets/action_map.h"
#include "app/widgets/file_dialog.h"
#include "app/widgets/info_window.h"
#include "app/window/window.h"

#include <glib/gi18n.h>

struct _PoolscopeApplication
{
  GtkApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (PoolscopeApplication, poolscope_application, GTK_TYPE_APPLICATION)

static void open_file (PoolscopeApplication *self, GFile *file, GtkWindow *window);

static void
on_window_open_file (PoolscopeWindow *window, GFile *file, gpointer data)
{
  open_file (data, file, GTK_WINDOW (window));
}

static PoolscopeWindow *
create_window (PoolscopeApplication *self)
{
  PoolscopeWindow *window = poolscope_window_new (GTK_APPLICATION (self));
  g_signal_connect (window, "open-file", G_CALLBACK (on_window_open_file), self);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* A recording profile has a window of its own, above the one that is there. */
static void
open_profile (PoolscopeApplication *self, GFile *file, GtkWindow *window)
{
  if (window == NULL)
    window = GTK_WINDOW (create_window (self));
  profile_window_open (window, file);
}

/* Presets come in at once; a window tells what of them could be used. */
static void
open_presets (PoolscopeApplication *self, GFile *file, GtkWindow *window)
{
  if (window == NULL)
    window = GTK_WINDOW (create_window (self));
  g_autofree char *text = preset_import_file (preset_store_get_default (), file);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  InfoWindow *told = info_window_new (window, _ ("Import Presets"), 620, 360);
  info_window_add_page (told, _ ("Import Presets"));
  info_window_add_heading (told, lines[0]);
  for (char **line = &lines[1]; lines[0] != NULL && *line != NULL; line++)
    info_window_add_text (told, *line, NULL);
  gtk_window_present (GTK_WINDOW (told));
  for (char **line = lines; *line != NULL; line++)
    test_log_add ("presets: %s", *line);
}

/* Opens @file in @window (nullable) when that is empty, else in a new one. */
static void
open_file (PoolscopeApplication *self, GFile *file, GtkWindow *window)
{
  if (profile_window_is_for (file))
    {
      open_profile (self, file, window);
      return;
    }
  if (preset_import_is_for (file))
    {
      open_presets (self, file, window);
      return;
    }
  if (window == NULL || !POOLSCOPE_IS_WINDOW (window)
      || !poolscope_window_is_empty (POOLSCOPE_WINDOW (window)))
    window = GTK_WINDOW (create_window (self));
  poolscope_window_open (POOLSCOPE_WINDOW (window), file);
  gtk_window_present (window);
}

static GtkWindow *
get_active_window (PoolscopeApplication *self)
{
  return gtk_application_get_active_window (GTK_APPLICATION (self));
}

/* The main window that a helper window belongs to, or the active one. */
static GtkWindow *
get_trace_window (PoolscopeApplication *self)
{
  GtkWindow *window = get_active_window (self);
  while (window != NULL && !POOLSCOPE_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  return window;
}

/* Sample trace: installed, or in the build folder that this program runs from. */
static GFile *
find_sample (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *built
      = folder != NULL ? g_build_filename (folder, "..", "..", "data", "sample", "sample.etl", NULL) : NULL;
  if (built != NULL && g_file_test (built, G_FILE_TEST_IS_REGULAR))
    return g_file_new_for_path (built);
  const char *installed = POOLSCOPE_DATA_DIR "/sample.etl";
  return g_file_test (installed, G_FILE_TEST_IS_REGULAR) ? g_file_new_for_path (installed) : NULL;
}

/* Actions */

static void
on_file_chosen (GFile *file, gpointer data)
{
  PoolscopeApplication *self = POOLSCOPE_APPLICATION (g_application_get_default ());
  GtkWindow *window = data;
  g_autoptr (GtkWindow) owned = window;
  if (file != NULL)
    open_file (self, file, window);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = get_trace_window (data);
  if (window == NULL)
    window = GTK_WINDOW (create_window (data));
  file_dialog_open_trace (window, on_file_chosen, g_object_ref (window));
}

static void
on_open_uri (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  open_file (data, file, get_trace_window (data));
}

static void
on_open_sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = find_sample ();
  if (file != NULL)
    open_file (data, file, get_trace_window (data));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (data));
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

static void
on_record (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  recording_window_show (get_active_window (data));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  preferences_window_show (get_active_window (data));
}

static void
on_stack_tags (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  stack_tags_window_show (get_active_window (data));
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  shortcuts_window_show (get_active_window (data));
}

static void
on_limits (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limits_window_show (get_active_window (data));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_show_about_dialog (get_active_window (data), "program-name", "Poolscope", "version", POOLSCOPE_VERSION,
                         "logo-icon-name", POOLSCOPE_APPLICATION_ID, "license-type", GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("Finds who allocated the Windows kernel pool memory that was never freed."),
                         /* Translators: put your names here, one per line. */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static const GActionEntry entries[] = {
  { "open", on_open, NULL, NULL, NULL, { 0 } },
  { "open-uri", on_open_uri, "s", NULL, NULL, { 0 } },
  { "open-sample", on_open_sample, NULL, NULL, NULL, { 0 } },
  { "record", on_record, NULL, NULL, NULL, { 0 } },
  { "preferences", on_preferences, NULL, NULL, NULL, { 0 } },
  { "stack-tags", on_stack_tags, NULL, NULL, NULL, { 0 } },
  { "shortcuts", on_shortcuts, NULL, NULL, NULL, { 0 } },
  { "limits", on_limits, NULL, NULL, NULL, { 0 } },
  { "about", on_about, NULL, NULL, NULL, { 0 } },
  { "quit", on_quit, NULL, NULL, NULL, { 0 } },
};

/* Appearance */

static void
apply_color_scheme (AppSettings *settings, const char *key, gpointer data)
{
  static int system_prefers_dark = -1;
  GtkSettings *gtk_settings = gtk_settings_get_default ();
  g_autofree char *scheme = app_settings_get_string (settings, "color-scheme");
  if (gtk_settings == NULL)
    return;
  if (system_prefers_dark < 0)
    {
      gboolean is_dark;
      g_object_get (gtk_settings, "gtk-application-prefer-dark-theme", &is_dark, NULL);
      system_prefers_dark = is_dark;
    }
  gboolean prefers_dark
      = g_str_equal (scheme, "dark") || (g_str_equal (scheme, "system") && system_prefers_dark);
  g_object_set (gtk_settings, "gtk-application-prefer-dark-theme", prefers_dark, NULL);
}

static void
poolscope_application_startup (GApplication *application)
{
  PoolscopeApplication *self = POOLSCOPE_APPLICATION (application);
  G_APPLICATION_CLASS (poolscope_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  accelerators_install (GTK_APPLICATION (self));
  g_autoptr (GFile) sample = find_sample ();
  action_map_set_enabled (G_ACTION_MAP (self), "open-sample", sample != NULL);

  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/poolscope/Poolscope/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (app_settings_get (), "changed::color-scheme", G_CALLBACK (apply_color_scheme),
                           self, 0);
  apply_color_scheme (app_settings_get (), NULL, self);
}

static void
poolscope_application_activate (GApplication *application)
{
  GtkWindow *window = get_active_window (POOLSCOPE_APPLICATION (application));
  if (window != NULL)
    gtk_window_present (window);
  else
    create_window (POOLSCOPE_APPLICATION (application));
}

static void
poolscope_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  PoolscopeApplication *self = POOLSCOPE_APPLICATION (application);
  for (int i = 0; i < n_files; i++)
    open_file (self, files[i], get_trace_window (self));
}

static void
poolscope_application_class_init (PoolscopeApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);
  application_class->startup = poolscope_application_startup;
  application_class->activate = poolscope_application_activate;
  application_class->open = poolscope_application_open;
}

static void
poolscope_application_init (PoolscopeApplication *self)
{
  /* For --help */
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[TRACE…]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Finds who allocated the Windows kernel pool memory that was never freed."));
}

PoolscopeApplication *
poolscope_application_new (void)
{
  return g_object_new (POOLSCOPE_TYPE_APPLICATION, "application-id", POOLSCOPE_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/io/github/poolscope/Poolscope",
                       NULL);
}
