/* The commands, to the letter, and their quoting. */
#include "profile/recording_commands.h"

#include <string.h>

static char *
describe (const RecordingProfile *profile, RecordingWay way)
{
  g_autoptr (GPtrArray) commands = recording_commands_new (profile, NULL);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < commands->len; i++)
    {
      const RecordingCommand *command = g_ptr_array_index (commands, i);
      g_assert_nonnull (command->purpose);
      if (command->way == way)
        g_string_append_printf (text, "%s\n", command->command);
    }
  return g_string_free (text, FALSE);
}

static void
assert_commands (const RecordingProfile *profile, RecordingWay way, const char *expected)
{
  g_autofree char *commands = describe (profile, way);
  g_assert_cmpstr (commands, ==, expected);
}

#define WPR_REST "wpr -status collectors -details\nwpr -stop pool.etl \"pool leak\"\nwpr -cancel\n"

static void
test_whole_pool (void)
{
  RecordingProfile profile;
  recording_profile_init (&profile);
  assert_commands (&profile, RECORDING_WAY_WPR_BUILT_IN,
                   "wpr -start GeneralProfile -start Pool -filemode\n" WPR_REST);
  assert_commands (&profile, RECORDING_WAY_WPR_PROFILE, "wpr -start pool.wprp -filemode\n" WPR_REST);
  profile.mode = RECORDING_MODE_MEMORY;
  assert_commands (&profile, RECORDING_WAY_WPR_BUILT_IN, "wpr -start GeneralProfile -start Pool\n" WPR_REST);
  assert_commands (&profile, RECORDING_WAY_WPR_PROFILE, "wpr -start pool.wprp\n" WPR_REST);
}

static void
test_tags (void)
{
  RecordingProfile profile;
  recording_profile_init (&profile);
  recording_profile_add_tag (&profile, "Leak", NULL);
  recording_profile_add_tag (&profile, "Irp ", NULL);
  assert_commands (&profile, RECORDING_WAY_WPR_BUILT_IN, "");
  assert_commands (&profile, RECORDING_WAY_WPR_PROFILE, "wpr -start pool-Leak-Irp.wprp -filemode\n" WPR_REST);
  assert_commands (
      &profile, RECORDING_WAY_XPERF,
      "xperf -on PROC_THREAD+LOADER+POOL -stackwalk PoolAlloc+PoolAllocSession+PoolFree+PoolFreeSession "
      "-PoolTag \"Leak+Irp \" -BufferSize 1024 -MinBuffers 256 -MaxBuffers 1024\n"
      "xperf -on PROC_THREAD+LOADER+POOL -stackwalk PoolAlloc+PoolAllocSession+PoolFree+PoolFreeSession "
      "-PoolTag \"Leak+Irp \" -BufferSize 1024 -MinBuffers 256 -MaxBuffers 1024 -MaxFile 1024 -FileMode "
      "Circular\n"
      "xperf -loggers\nxperf -d pool.etl\nxperf -stop\n");
}

/* The file as the person called it. */
static void
test_file_name (void)
{
  RecordingProfile profile;
  recording_profile_init (&profile);
  g_autoptr (GPtrArray) commands = recording_commands_new (&profile, "my pool.wprp");
  const RecordingCommand *start = g_ptr_array_index (commands, 4);
  g_assert_cmpint (start->way, ==, RECORDING_WAY_WPR_PROFILE);
  g_assert_cmpstr (start->command, ==, "wpr -start \"my pool.wprp\" -filemode");
}

/* A tag cannot hold xperf's own signs: “?” matches them. */
static void
test_signs_of_xperf (void)
{
  RecordingProfile profile;
  recording_profile_init (&profile);
  profile.stacks = RECORDING_STACKS_OF_FREES;
  recording_profile_add_tag (&profile, "a+b*", NULL);
  g_autofree char *commands = describe (&profile, RECORDING_WAY_XPERF);
  g_assert_true (g_str_has_prefix (commands,
                                   "xperf -on PROC_THREAD+LOADER+POOL -stackwalk PoolFree+PoolFreeSession "
                                   "-PoolTag \"a?b?\" -BufferSize"));
}

static void
test_quoting (void)
{
  static const struct
  {
    const char *argument, *quoted;
  } cases[] = {
    { "Leak", "Leak" },
    { "Leak+Irp", "Leak+Irp" },
    { "", "\"\"" },
    { "Irp ", "\"Irp \"" },
    { "a&b", "\"a&b\"" },
    { "<|>^", "\"<|>^\"" },
    { "it's", "\"it's\"" },
    /* A variable of Windows: within quotes cmd.exe would put in its value. */
    { "%OS%", "^\"^%OS^%^\"" },
    { "a\"b", "^\"a\\^\"b^\"" },
    { "a\\\"", "^\"a\\\\\\^\"^\"" },
    { "a \\", "\"a \\\\\"" },
    { "%&<", "^\"^%^&^<^\"" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quoted = recording_command_quote (cases[i].argument);
      g_assert_cmpstr (quoted, ==, cases[i].quoted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording-commands/whole-pool", test_whole_pool);
  g_test_add_func ("/recording-commands/tags", test_tags);
  g_test_add_func ("/recording-commands/signs-of-xperf", test_signs_of_xperf);
  g_test_add_func ("/recording-commands/file-name", test_file_name);
  g_test_add_func ("/recording-commands/quoting", test_quoting);
  return g_test_run ();
}
