/* A subcommand of poolscope-cli and what it may answer to the shell. */
#pragma once

#include <glib.h>

enum
{
  CLI_DONE = 0,
  CLI_FAILED = 1, /* could not be done; one line on stderr says why */
  CLI_USAGE = 2,  /* wrong usage; one line on stderr says what is right */
  CLI_LEAKS = 3,  /* leaks --fail-over: a row grew by more */
  CLI_UNFIT = 4,  /* leaks --fail-over: the trace is unfit to judge */
};

typedef struct _Command
{
  const char *name;
  const char *summary;     /* one line for the list of commands and its help */
  const char *description; /* what more its help says, ending in a line feed, or NULL */
  /* @arguments: (inout) (array zero-terminated=1): program name first, without the command's name */
  int (*run) (const struct _Command *self, char ***arguments);
} Command;

int command_allocs_run (const Command *self, char ***arguments);
int command_info_run (const Command *self, char ***arguments);
int command_table_run (const Command *self, char ***arguments);
int command_timeline_run (const Command *self, char ***arguments);
int command_graph_run (const Command *self, char ***arguments);
int command_leaks_run (const Command *self, char ***arguments);
int command_modules_run (const Command *self, char ***arguments);
int command_profile_run (const Command *self, char ***arguments);

void cli_print_error (const char *message);
int cli_print_usage_error (const Command *command, const char *message);
