#include "cli/command.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const Command commands[] = {
  { "info", "Say what the trace is, and how healthy", "Formats: text (default), json.\n", command_info_run },
  { "table", "Group the allocations of the range",
    "Dimensions for --group and --filter: type, impact, paged, pooltype, tag, stack, freestack, module,\n"
    "driver, description, process, service, thread, cpu, session, size, sizeclass, age, doubt, stacktag,\n"
    "frametags. Numbers for --filter, with <, <=, > or >=: size (4KiB), age, lifetime, allocated, freed\n"
    "(1.5s, 20ms).\n"
    "Metrics for --columns and --sort: count, size, impacting, peak, allocs, frees, freed, average, growth,\n"
    "recent, steady, verdict, min-size, max-size, min-age, average-age, max-age, and unique-NAME for the number of\n"
    "different values of a dimension (unique-process).\n"
    "Formats: text (default), csv, json, folded.\n",
    command_table_run },
  { "timeline", "Write the outstanding bytes over time", "Formats: csv (default), json.\n",
    command_timeline_run },
  { "graph", "Draw the outstanding bytes over time, or a flame graph, to a PNG, SVG or PDF file", NULL,
    command_graph_run },
  { "leaks", "List what is growing, the fastest first",
    "Formats: text (default), markdown, json. Exit status with --fail-over: 3 when a row grew by more than that,\n"
    "4 when the trace is unfit to judge: without pool events or frees, with lost events, with more than 1 % of the\n"
    "frees or half of the stacks missing. Lines of an ignore file: “tag=Ntf?”, “stack=module.sys!*” or a pattern\n"
    "alone, which matches a tag or a frame; “#” begins a comment.\n",
    command_leaks_run },
  { "allocs", "List single allocations",
    "CSV, in the order of the allocations; those from before the trace come first.\n", command_allocs_run },
  { "modules", "List the images of the trace and the identity of their symbol files",
    "Formats: text (default), csv, json.\n", command_modules_run },
  { "profile", "Write a recording profile (.wprp) for Windows, or check one",
    "With --check the exit status is 0 without findings, 1 with findings or when FILE is no profile.\n",
    command_profile_run },
};

static void
print_line (const char *start, const char *middle, const char *end)
{
  g_autofree char *line = g_strconcat ("poolscope-cli", start, ": ", middle, end, NULL);
  /* One line whatever a file is called, and nothing that steers the terminal. */
  for (char *p = line; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  fprintf (stderr, "%s\n", line);
}

void
cli_print_error (const char *message)
{
  print_line ("", message, "");
}

/* Says what is wrong with the arguments of @command (nullable) and where help is. Returns: the exit status.
 */
int
cli_print_usage_error (const Command *command, const char *message)
{
  g_autofree char *name = command ? g_strconcat (" ", command->name, NULL) : g_strdup ("");
  g_autofree char *hint = g_strconcat ("; see “poolscope-cli", name, " --help”", NULL);
  print_line (name, message, hint);
  return CLI_USAGE;
}

static int
print_help (void)
{
  printf (
      "Usage: poolscope-cli COMMAND [OPTION…] [TRACE]\n\n"
      "Analyzes pool traces of Windows (.etl): who allocated the kernel pool memory that was never freed?\n\n"
      "Commands:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    printf ("  %-10s %s\n", commands[i].name, commands[i].summary);
  printf ("\nOptions:\n"
          "  -h, --help  Show this help; “poolscope-cli COMMAND --help” shows a command's\n"
          "  --version   Show the version\n");
  return CLI_DONE;
}

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static int
report_unknown_command (const char *name)
{
  g_autoptr (GString) message = g_string_new (NULL);
  g_string_append_printf (message,
                          *name == '-' ? "unknown option “%s” before the command; commands are"
                                       : "unknown command “%s”; commands are",
                          name);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (message, "%s %s", i > 0 ? "," : "", commands[i].name);
  return cli_print_usage_error (NULL, message->str);
}

static int
run (char ***arguments)
{
  const char *name = (*arguments)[0] ? (*arguments)[1] : NULL;
  if (!name)
    return cli_print_usage_error (NULL, "no command given");
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0)
    return print_help ();
  if (strcmp (name, "--version") == 0)
    {
      printf ("poolscope-cli %s\n", POOLSCOPE_VERSION);
      return CLI_DONE;
    }
  const Command *command = find_command (name);
  if (!command)
    return report_unknown_command (name);
  char **rest = *arguments + 1;
  g_free (rest[0]);
  memmove (rest, rest + 1, g_strv_length (rest + 1) * sizeof *rest + sizeof *rest);
  return command->run (command, arguments);
}

int
main (int argc, char **argv)
{
  /* A reader that went away is a write error with its own sentence, not a silent death. */
  signal (SIGPIPE, SIG_IGN);
  /* Names in archives are converted by the locale; everything written is UTF-8 wherever it runs. */
  setlocale (LC_CTYPE, "C.UTF-8");
  g_set_prgname ("poolscope-cli");
  g_auto (GStrv) arguments = g_strdupv (argv);
  int status = run (&arguments);
  if (fflush (stdout) != 0 && status == CLI_DONE)
    {
      cli_print_error ("the output could not be written");
      status = CLI_FAILED;
    }
  return status;
}
