#include "profile/recording_commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Buffers of xperf: 1 MB each, as many as keep up with a busy pool. */
#define XPERF_BUFFERS "-BufferSize 1024 -MinBuffers 256 -MaxBuffers 1024"
#define XPERF_CIRCULAR_MB "1024"

static void
recording_command_free (gpointer data)
{
  RecordingCommand *self = data;
  g_free (self->command);
  g_free (self);
}

static void
add (GPtrArray *commands, RecordingWay way, const char *purpose, const char *command)
{
  RecordingCommand *added = g_new (RecordingCommand, 1);
  *added = (RecordingCommand){ way, purpose, g_strdup (command) };
  g_ptr_array_add (commands, added);
}

/* cmd.exe takes the line apart first: in its double quotes only percent signs still mean something, outside
 * of them a caret takes the meaning of the next character. The program then takes its own argument apart,
 * where \" is a quote. */
char *
recording_command_quote (const char *argument)
{
  static const char special[] = " \t&|<>^()!,;='`*?[]{}~@";
  if (*argument && !strpbrk (argument, special) && !strpbrk (argument, "%\""))
    return g_strdup (argument);
  GString *quoted = g_string_new (NULL);
  gboolean needs_carets = strpbrk (argument, "%\"") != NULL;
  const char *quote = needs_carets ? "^\"" : "\"";
  gsize n_backslashes = 0;
  g_string_append (quoted, quote);
  for (const char *p = argument; *p; p++)
    {
      if (*p == '"')
        for (gsize i = 0; i <= n_backslashes;
             i++) /* those before a quote count double, and one for the quote */
          g_string_append_c (quoted, '\\');
      if (needs_carets && strchr ("%\"&|<>^()!", *p))
        g_string_append_c (quoted, '^');
      g_string_append_c (quoted, *p);
      n_backslashes = *p == '\\' ? n_backslashes + 1 : 0;
    }
  for (gsize i = 0; i < n_backslashes; i++)
    g_string_append_c (quoted, '\\');
  g_string_append (quoted, quote);
  return g_string_free (quoted, FALSE);
}

static void
add_wpr (GPtrArray *commands, RecordingWay way, const char *what, RecordingMode mode)
{
  g_autofree char *start
      = g_strdup_printf ("wpr -start %s%s", what, mode == RECORDING_MODE_FILE ? " -filemode" : "");
  add (commands, way, N_ ("Start"), start);
  add (commands, way, N_ ("See that it runs"), "wpr -status collectors -details");
  add (commands, way, N_ ("Stop and save"), "wpr -stop pool.etl \"pool leak\"");
  add (commands, way, N_ ("Give up without saving"), "wpr -cancel");
}

/* xperf joins tags by “+” and takes “*” for any characters; “?” stands for one. */
static char *
dup_xperf_tags (const RecordingProfile *profile)
{
  GString *tags = g_string_new (NULL);
  for (guint i = 0; i < profile->n_tags; i++)
    {
      if (i > 0)
        g_string_append_c (tags, '+');
      for (const char *p = profile->tags[i]; *p; p++)
        g_string_append_c (tags, *p == '+' || *p == '*' ? '?' : *p);
    }
  g_autofree char *text = g_string_free (tags, FALSE);
  return recording_command_quote (text);
}

static void
add_xperf (GPtrArray *commands, const RecordingProfile *profile)
{
  const RecordingWay way = RECORDING_WAY_XPERF;
  g_autofree char *tags = profile->n_tags > 0 ? dup_xperf_tags (profile) : NULL;
  g_autoptr (GString) start = g_string_new ("xperf -on PROC_THREAD+LOADER+POOL");
  if (profile->stacks)
    {
      gboolean has_both = (profile->stacks & RECORDING_STACKS_OF_ALLOCATIONS)
                          && (profile->stacks & RECORDING_STACKS_OF_FREES);
      g_string_append_printf (
          start, " -stackwalk %s%s%s",
          profile->stacks & RECORDING_STACKS_OF_ALLOCATIONS ? "PoolAlloc+PoolAllocSession" : "",
          has_both ? "+" : "", profile->stacks & RECORDING_STACKS_OF_FREES ? "PoolFree+PoolFreeSession" : "");
    }
  if (tags)
    g_string_append_printf (start, " -PoolTag %s", tags);
  g_string_append (start, " " XPERF_BUFFERS);
  g_autofree char *circular
      = g_strconcat (start->str, " -MaxFile " XPERF_CIRCULAR_MB " -FileMode Circular", NULL);
  add (commands, way, N_ ("Start; the file grows until the end"), start->str);
  add (commands, way, N_ ("Or start a long run: the newest 1 GB in a circular file"), circular);
  add (commands, way, N_ ("See that it runs"), "xperf -loggers");
  add (commands, way, N_ ("Stop, merge and save"), "xperf -d pool.etl");
  add (commands, way, N_ ("Give up without merging"), "xperf -stop");
}

GPtrArray *
recording_commands_new (const RecordingProfile *profile, const char *file_name)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func (recording_command_free);
  g_autofree char *own_name = recording_profile_dup_file_name (profile);
  g_autofree char *file = recording_command_quote (file_name ? file_name : own_name);
  if (profile->n_tags == 0)
    add_wpr (commands, RECORDING_WAY_WPR_BUILT_IN, "GeneralProfile -start Pool", profile->mode);
  add_wpr (commands, RECORDING_WAY_WPR_PROFILE, file, profile->mode);
  add_xperf (commands, profile);
  return commands;
}
