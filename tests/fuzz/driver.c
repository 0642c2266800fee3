/* Runs a fuzz target without a fuzzer: over the files and folders named on the command line, and
 * over mutations of each. The mutations depend on the seed alone, so a failure comes back.
 *
 * usage: fuzz_NAME [--mutations N] [--seed N] [--save FILE] [FILE | FOLDER]...
 *
 * With --save each input is written to FILE before it is run, so that the file holds the input of
 * a crash.
 */
#include <gio/gio.h>
#include <string.h>

/* The target, as libFuzzer declares it. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Mutations of a long file work on its beginning: more would only be slower. */
#define LONGEST_MUTATED_BYTES (256 * 1024)
#define LONGEST_INPUT_BYTES (16 * 1024 * 1024)
#define HEADER_BYTES 1024
#define MOST_EDITS 6

static int n_mutations = 200;
static int seed = 1;
static char *save_path = NULL;
static char **paths = NULL;

static const GOptionEntry entries[] = {
  { "mutations", 0, 0, G_OPTION_ARG_INT, &n_mutations, "Mutations of each file", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Seed of the mutations", "N" },
  { "save", 0, 0, G_OPTION_ARG_FILENAME, &save_path, "Write each input here before it is run", "FILE" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "FILE | FOLDER" },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const guint64 interesting_values[] = {
  0, 1, 4, 7, 8, 0x10, 0x48, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
  0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff,
};

/* The target gets a block of exactly its input's size, so that AddressSanitizer sees each byte read
 * past the end. */
static void
run_input (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (copy, data, size);
  if (save_path != NULL && !g_file_set_contents (save_path, (const char *) copy, (gssize) size, NULL))
    g_error ("%s: cannot be written", save_path);
  LLVMFuzzerTestOneInput (copy, size);
}

static gsize
random_below (GRand *random, gsize end)
{
  return end <= 1 ? 0 : (gsize) g_rand_int_range (random, 0, (gint32) MIN (end, G_MAXINT32));
}

/* A place in the input. Half of them are near its beginning, where the headers are. */
static gsize
random_place (GRand *random, const GByteArray *input)
{
  const gsize end = g_rand_boolean (random) ? input->len : MIN (input->len, HEADER_BYTES);

  return random_below (random, end);
}

static void
write_interesting_value (GRand *random, GByteArray *input)
{
  const gsize width = (gsize) 1 << random_below (random, 4);
  const gsize start = random_place (random, input);
  const guint64 value = GUINT64_TO_LE (interesting_values[random_below (random, G_N_ELEMENTS (interesting_values))]);

  memcpy (input->data + start, &value, MIN (width, input->len - start));
}

static void
copy_range_over (GRand *random, GByteArray *input)
{
  const gsize source = random_below (random, input->len);
  const gsize target = random_below (random, input->len);
  const gsize longest = input->len - MAX (source, target);

  memmove (input->data + target, input->data + source, random_below (random, longest + 1));
}

static void
mutate_once (GRand *random, GByteArray *input)
{
  const gsize place = random_place (random, input);

  switch (random_below (random, 7))
    {
    case 0:
      g_byte_array_set_size (input, (guint) place);
      break;
    case 1:
      input->data[place] ^= (guint8) (1u << random_below (random, 8));
      break;
    case 2:
      input->data[place] = (guint8) random_below (random, 256);
      break;
    case 3:
      copy_range_over (random, input);
      break;
    case 4:
      g_byte_array_remove_range (input, (guint) place, (guint) random_below (random, input->len - place + 1));
      break;
    default:
      write_interesting_value (random, input);
      break;
    }
}

static void
run_mutations (const char *name, const guint8 *data, gsize size)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) seed ^ g_str_hash (name));
  const gsize kept = MIN (size, LONGEST_MUTATED_BYTES);

  for (int i = 0; i < n_mutations; i++)
    {
      g_autoptr (GByteArray) input = g_byte_array_sized_new ((guint) kept + 1);
      const gsize n_edits = 1 + random_below (random, MOST_EDITS);

      g_byte_array_append (input, data, (guint) kept);
      for (gsize edit = 0; edit < n_edits && input->len > 0; edit++)
        mutate_once (random, input);
      run_input (input->data, input->len);
    }
}

static gboolean
run_file (const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  g_autofree char *name = g_path_get_basename (path);
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, error))
    return FALSE;
  size = MIN (size, LONGEST_INPUT_BYTES);
  run_input ((const guint8 *) contents, size);
  run_mutations (name, (const guint8 *) contents, size);
  return TRUE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Runs the files of a folder in the order of their names. */
static gboolean
run_folder (const char *path, guint *n_files, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_paths);
  for (guint i = 0; i < names->len; i++)
    {
      if (!g_file_test (names->pdata[i], G_FILE_TEST_IS_REGULAR))
        continue;
      if (!run_file (names->pdata[i], error))
        return FALSE;
      (*n_files)++;
    }
  return TRUE;
}

static gboolean
run_all (guint *n_files, GError **error)
{
  static const guint8 zeros[4096];

  run_input (NULL, 0);
  run_input (zeros, sizeof zeros);
  run_mutations ("zeros", zeros, sizeof zeros);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
        {
          if (!run_folder (paths[i], n_files, error))
            return FALSE;
        }
      else if (!run_file (paths[i], error))
        return FALSE;
      else
        (*n_files)++;
    }
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_files = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !run_all (&n_files, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%u files and %d mutations of each\n", n_files, n_mutations);
  g_clear_pointer (&paths, g_strfreev);
  g_clear_pointer (&save_path, g_free);
  return 0;
}
