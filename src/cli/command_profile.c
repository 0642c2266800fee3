#include "cli/argument_values.h"
#include "cli/trace_session.h"
#include "profile/profile_check.h"
#include "profile/recording_profile.h"

#include <string.h>

/* Writes @bytes to the file at @path. Returns: the exit status. */
static int
write_file (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  if (g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &error))
    return CLI_DONE;
  g_autofree char *message = g_strdup_printf (
      "the profile could not be written: %s; choose another folder or file name", error->message);
  cli_print_error (message);
  return CLI_FAILED;
}

static int
write_profile (const RecordingProfile *profile, const char *path)
{
  g_autoptr (GBytes) bytes = recording_profile_write (profile);
  if (path)
    return write_file (path, bytes);
  g_auto (TextOutput) output = { 0 };
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  cli_output_init (&output);
  text_output_add (&output, text);
  return cli_output_finish (&output);
}

static int
print_findings (const GPtrArray *findings, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_auto (TextOutput) output = { 0 };
  cli_output_init (&output);
  for (guint i = 0; i < findings->len; i++)
    {
      const ProfileFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *sentence = profile_finding_dup_sentence (finding, NULL);
      g_autofree char *advice = profile_finding_dup_advice (finding, NULL);
      g_autofree char *line = g_strdup_printf ("%s:%u: %s; %s", name, finding->line, sentence, advice);
      text_output_add_line_safe (&output, line);
      text_output_add (&output, "\n");
    }
  int status = cli_output_finish (&output);
  return status == CLI_DONE && findings->len > 0 ? CLI_FAILED : status;
}

static int
check (const char *path, const char *mended_path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GBytes) bytes = profile_read_file (path, &error);
  g_autoptr (GPtrArray) findings = bytes ? profile_check (bytes, name, &error) : NULL;
  if (!findings)
    {
      cli_print_error (error->message);
      return CLI_FAILED;
    }
  int status = print_findings (findings, path);
  if (!mended_path)
    return status;
  g_autoptr (GBytes) mended = profile_mend (bytes, name, NULL, NULL);
  return write_file (mended_path, mended) == CLI_DONE ? status : CLI_FAILED;
}

/* Returns: FALSE for wrong usage, which is then reported. */
static gboolean
parse_profile (const Command *command, const Arguments *arguments, RecordingProfile *ret_profile)
{
  static const char *const modes[] = { "file", "memory", NULL };
  guint mode;
  recording_profile_init (ret_profile);
  if (!argument_parse_word (command, "--mode", arguments->mode, modes, &mode))
    return FALSE;
  ret_profile->mode = mode == 0 ? RECORDING_MODE_FILE : RECORDING_MODE_MEMORY;
  for (char **tag = arguments->tags; tag && *tag; tag++)
    {
      g_autoptr (GError) error = NULL;
      if (recording_profile_add_tag (ret_profile, *tag, &error))
        continue;
      g_autofree char *message = g_strdup_printf ("--tag: %s", error->message);
      cli_print_usage_error (command, message);
      return FALSE;
    }
  return TRUE;
}

int
command_profile_run (const Command *self, char ***argv)
{
  g_auto (Arguments) arguments = { 0 };
  RecordingProfile profile;
  int status;
  if (!arguments_parse (&arguments, self, ARGUMENT_PROFILE, argv, &status))
    return status;
  if (!parse_profile (self, &arguments, &profile))
    return CLI_USAGE;
  if (!arguments.check)
    return write_profile (&profile, arguments.output);
  if (arguments.tags || arguments.mode)
    return cli_print_usage_error (self, "--check judges a file that exists; leave out --tag and --mode");
  return check (arguments.check, arguments.output);
}
