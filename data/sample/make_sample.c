#include "sample/sample_story.h"

#include <stdlib.h>
#include <string.h>

/* make-sample-trace OUTPUT.etl --kind=leak|circular: writes a sample trace during the build. */

int
main (int argc, char **argv)
{
  g_autofree char *kind = NULL;
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "Which trace to make: leak (default) or circular", "KIND" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "OUTPUT.etl" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_option_context_add_main_entries (context, entries, NULL);
  gboolean is_valid = g_option_context_parse (context, &argc, &argv, &error);
  gboolean is_circular = g_strcmp0 (kind, "circular") == 0;
  if (!is_valid || files == NULL || g_strv_length (files) != 1
      || (kind != NULL && !is_circular && strcmp (kind, "leak") != 0))
    {
      g_printerr ("make-sample-trace: %s\n",
                  error != NULL ? error->message : "usage: OUTPUT.etl [--kind=leak|circular]");
      return 2;
    }
  g_autoptr (GBytes) trace = sample_story_make (is_circular ? SAMPLE_STORY_CIRCULAR : SAMPLE_STORY_LEAK);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (trace, &size);
  if (!g_file_set_contents (files[0], bytes, (gssize)size, &error))
    {
      g_printerr ("make-sample-trace: %s\n", error->message);
      return 1;
    }
  return 0;
}
