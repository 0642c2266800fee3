#include "bench_trace.h"

#include <glib/gstdio.h>

BenchTraceFile
bench_trace_file_make (const char *generator, const char *n_allocations)
{
  if (g_str_has_suffix (generator, ".etl"))
    return (BenchTraceFile){ g_strdup (generator), FALSE };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("poolscope-bench-XXXXXX", &error);
  g_assert_no_error (error);
  char *path = g_build_filename (folder, "bench.etl", NULL);
  g_autofree char *option = g_strdup_printf ("--allocations=%s", n_allocations);
  char *arguments[] = { (char *) generator, path, option, NULL };
  int status = 0;
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return (BenchTraceFile){ path, TRUE };
}

void
bench_trace_file_clear (BenchTraceFile *self)
{
  if (self->is_temporary)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);
      g_unlink (self->path);
      g_rmdir (folder);
    }
  g_clear_pointer (&self->path, g_free);
}
