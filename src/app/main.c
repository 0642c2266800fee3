#include "app/application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  /* A build folder has its translations elsewhere. */
  const char *locale_dir = g_getenv ("POOLSCOPE_LOCALE_DIR");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : POOLSCOPE_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("poolscope");
  g_set_application_name ("Poolscope");
  gtk_window_set_default_icon_name (POOLSCOPE_APPLICATION_ID);
  g_autoptr (PoolscopeApplication) application = poolscope_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
