#include "sample/pdb_writer.h"
#include "sample/sample_modules.h"

#include <glib/gstdio.h>
#include <utime.h>

/* make-sample-symbols FOLDER: writes the PDBs of the sample machine's modules during the build, as a symbol
 * store FOLDER/<pdb>/<GUID and age>/<pdb>. */

/* The leaking program and its driver come with private symbols, which know the source; the rest is as it is
 * given out to everybody. */
static const struct
{
  const char *module, *source_file;
} sources[] = {
  { "NotMyfault", "c:\\src\\notmyfault\\exe\\notmyfault.cpp" },
  { "myfault", "c:\\src\\notmyfault\\sys\\myfault.c" },
};
#define FIRST_LINE 25
#define LINES_BETWEEN_FUNCTIONS 4

static const char *
find_source_file (const SampleModule *module)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i].module, module->short_name))
      return sources[i].source_file;
  return NULL;
}

/* A GUID's first three parts are numbers, little-endian in memory. */
static char *
build_store_folder (const char *root, const SampleModule *module, const guint8 guid[16])
{
  g_autofree char *key = g_strdup_printf (
      "%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%x", guid[3], guid[2], guid[1],
      guid[0], guid[5], guid[4], guid[7], guid[6], guid[8], guid[9], guid[10], guid[11], guid[12], guid[13],
      guid[14], guid[15], module->pdb_age);
  return g_build_filename (root, module->pdb_name, key, NULL);
}

static gboolean
write_symbols (const char *root, const SampleModule *module, GError **error)
{
  g_autofree PdbFunction *functions = g_new (PdbFunction, MAX (module->n_functions, 1));
  guint32 line = FIRST_LINE;
  for (guint i = 0; i < module->n_functions; i++)
    {
      const SampleFunction *function = &module->functions[i];
      functions[i] = (PdbFunction){ function->name, function->rva, function->size_bytes, line };
      line += function->size_bytes / PDB_BYTES_PER_LINE + LINES_BETWEEN_FUNCTIONS;
    }
  PdbImage image = {
    .age = module->pdb_age,
    .time_date_stamp = module->time_date_stamp,
    .image_size_bytes = module->size_bytes,
    .functions = functions,
    .n_functions = module->n_functions,
    .source_file = find_source_file (module),
  };
  sample_module_get_pdb_guid (module, image.guid);
  g_autoptr (GBytes) bytes = pdb_writer_make (&image);
  g_autofree char *folder = build_store_folder (root, module, image.guid);
  g_autofree char *path = g_build_filename (folder, module->pdb_name, NULL);
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", folder);
      return FALSE;
    }
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return g_file_set_contents (path, data, (gssize)size, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  guint n_modules;
  const SampleModule *modules = sample_modules_get (&n_modules);
  if (argc != 2)
    {
      g_printerr ("usage: make-sample-symbols FOLDER\n");
      return 2;
    }
  for (guint i = 0; i < n_modules; i++)
    if (!write_symbols (argv[1], &modules[i], &error))
      {
        g_printerr ("make-sample-symbols: %s\n", error->message);
        return 1;
      }
  /* The build looks at the folder's own time, which files further down do not change. */
  return utime (argv[1], NULL) == 0 ? 0 : 1;
}
