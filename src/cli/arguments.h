/* The arguments of a subcommand: one table of all options, of which each command takes its own. */
#pragma once

#include "analysis/pool_tree.h"
#include "analysis/time_range_text.h"
#include "cli/command.h"

typedef enum
{
  ARGUMENT_FORMAT = 1 << 0,
  ARGUMENT_GROUP = 1 << 1,  /* --group, --pooltags, --wrappers; the last two also with FILTER and LEAKS */
  ARGUMENT_RANGE = 1 << 2,
  ARGUMENT_FILTER = 1 << 3,
  ARGUMENT_ROWS = 1 << 4, /* --columns, --sort, --limit */
  ARGUMENT_BINS = 1 << 5,
  ARGUMENT_PICTURE = 1 << 6, /* --output, --width, --height, --dark */
  ARGUMENT_PROFILE = 1 << 7, /* --tag, --mode, --check, --output; no trace and nothing of symbols */
  ARGUMENT_LEAKS = 1 << 8,   /* --by, --min, --ignore, --fail-over */
  ARGUMENT_STACKS = 1 << 9,  /* --stacktags, --fold, --group-modules */
  ARGUMENT_FLAME = 1 << 10,  /* --flame, --icicle, --weight */
  ARGUMENT_LIMIT = 1 << 11,  /* --limit of a flat list */
  ARGUMENT_TRACE = 1 << 12,  /* --symbols, --no-symbols, --offline; added where ARGUMENT_PROFILE is not */
  ARGUMENT_ANY = 1 << 13,    /* --help; always added */
} ArgumentSet;

/* Texts as given; NULL where the option is absent. */
typedef struct
{
  char **traces; /* exactly one after arguments_parse(), none with ARGUMENT_PROFILE */
  char *format, *group, *range, *columns, *sort, *limit, *bins, *output, *width, *height, *weight, *symbols, *mode;
  char *check, *by, *minimum, *ignore, *fail_over, *wrappers;
  char **filters, **tags, **stack_tags, **folds, **tag_files;
  gboolean groups_modules, is_flame, is_icicle, is_dark, has_no_symbols, is_offline, wants_help;
} Arguments;

gboolean arguments_parse (Arguments *self, const Command *command, ArgumentSet set, char ***argv,
                          int *ret_status);
void arguments_clear (Arguments *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)
