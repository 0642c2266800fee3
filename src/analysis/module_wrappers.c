#include "analysis/module_wrappers.h"

#include <string.h>

#include "analysis/glob.h"

const char *const module_wrappers_default[] = { "ntoskrnl", "hal",      "verifier", "ndis",    "fltmgr",
                                                "wdf01000", "storport", "portcls",  "win32k*", NULL };

char **
module_wrappers_parse (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",; \t\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (char **part = parts; *part; part++)
    if (**part)
      g_strv_builder_add (builder, *part);
  return g_strv_builder_end (builder);
}

char *
module_wrappers_dup_text (const char *const *wrappers)
{
  return g_strjoinv (", ", (char **) wrappers);
}

gboolean
module_wrappers_match (const char *const *wrappers, const char *file_name)
{
  g_autofree char *name = g_ascii_strdown (file_name, -1);
  g_autofree char *stem = g_strdup (name);
  char *dot = strrchr (stem, '.');
  if (dot)
    *dot = '\0';
  for (; *wrappers; wrappers++)
    {
      g_autofree char *pattern = g_ascii_strdown (*wrappers, -1);
      if (glob_match (pattern, name) || glob_match (pattern, stem))
        return TRUE;
    }
  return FALSE;
}
