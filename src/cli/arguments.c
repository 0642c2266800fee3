#include "cli/arguments.h"

#include "cli/attribution_session.h"

#include <stdio.h>

static void
add_options (Arguments *self, ArgumentSet set, GOptionContext *context)
{
  /* Strings are file names to GOption where it would else convert them by the locale. */
  const struct
  {
    ArgumentSet set;
    GOptionEntry entry;
  } options[] = {
    { ARGUMENT_GROUP,
      { "group", 'g', 0, G_OPTION_ARG_FILENAME, &self->group,
        "Group by these dimensions, outermost first (default: type,paged,tag,stack; graph: paged,tag)",
        "LIST" } },
    { ARGUMENT_RANGE,
      { "range", 'r', 0, G_OPTION_ARG_FILENAME, &self->range,
        "Only from A up to B: seconds, or with s, ms, us, ns, or 14:32:10.5; either may be empty", "A,B" } },
    { ARGUMENT_FILTER,
      { "filter", 'f', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->filters,
        "Only blocks with dimension=pattern, dimension!=pattern or number>value; repeatable, all must hold", "EXPR" } },
    { ARGUMENT_ROWS,
      { "columns", 'c', 0, G_OPTION_ARG_FILENAME, &self->columns,
        "Show these metrics in this order (default: count,size,impacting,peak)", "LIST" } },
    { ARGUMENT_ROWS,
      { "sort", 's', 0, G_OPTION_ARG_FILENAME, &self->sort,
        "Largest first by this metric (default: impacting)", "METRIC" } },
    { ARGUMENT_ROWS,
      { "limit", 'l', 0, G_OPTION_ARG_FILENAME, &self->limit,
        "At most N rows per level, the rest as [Other]; csv and folded: the first N rows", "N" } },
    { ARGUMENT_LIMIT,
      { "limit", 'l', 0, G_OPTION_ARG_FILENAME, &self->limit, "Only the first N rows", "N" } },
    { ARGUMENT_BINS,
      { "bins", 'b', 0, G_OPTION_ARG_FILENAME, &self->bins, "Cut the range into N bins (default: 100)",
        "N" } },
    { ARGUMENT_PICTURE,
      { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
        "Write the picture here; its ending tells the format: png, svg or pdf", "FILE" } },
    { ARGUMENT_PICTURE,
      { "width", 0, 0, G_OPTION_ARG_FILENAME, &self->width, "Width in pixels (default: 1200)", "N" } },
    { ARGUMENT_PICTURE,
      { "height", 0, 0, G_OPTION_ARG_FILENAME, &self->height, "Height in pixels (default: 600)", "N" } },
    { ARGUMENT_PICTURE,
      { "dark", 0, 0, G_OPTION_ARG_NONE, &self->is_dark, "Draw on a dark background", NULL } },
    { ARGUMENT_PROFILE,
      { "tag", 't', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->tags,
        "Record only this pool tag; repeatable, at most 4 (default: the whole pool)", "TAG" } },
    { ARGUMENT_PROFILE,
      { "mode", 'm', 0, G_OPTION_ARG_FILENAME, &self->mode, "Record to a file (default) or into memory",
        "file|memory" } },
    { ARGUMENT_PROFILE,
      { "check", 0, 0, G_OPTION_ARG_FILENAME, &self->check,
        "Say what is wrong with this profile, one finding per line", "FILE" } },
    { ARGUMENT_PROFILE,
      { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
        "Write the profile here, with --check the mended one (default: standard output)", "FILE" } },
    { ARGUMENT_LEAKS,
      { "by", 'b', 0, G_OPTION_ARG_FILENAME, &self->by,
        "What a row is: these dimensions (default: paged,tag,stack)", "LIST" } },
    { ARGUMENT_LEAKS,
      { "min", 'm', 0, G_OPTION_ARG_FILENAME, &self->minimum, "Leave out rows that grew by less", "SIZE" } },
    { ARGUMENT_LEAKS,
      { "ignore", 'i', 0, G_OPTION_ARG_FILENAME, &self->ignore,
        "Leave out what FILE names: tag=PATTERN, stack=PATTERN or a pattern in each line", "FILE" } },
    { ARGUMENT_LEAKS,
      { "fail-over", 0, 0, G_OPTION_ARG_FILENAME, &self->fail_over,
        "Exit with 3 when a row grew by more, with 4 when the trace is unfit to judge", "SIZE" } },
    { ARGUMENT_FLAME,
      { "flame", 0, 0, G_OPTION_ARG_NONE, &self->is_flame, "Draw the stacks of the range as a flame graph", NULL } },
    { ARGUMENT_FLAME,
      { "icicle", 0, 0, G_OPTION_ARG_NONE, &self->is_icicle, "The same upside down", NULL } },
    { ARGUMENT_FLAME,
      { "weight", 0, 0, G_OPTION_ARG_FILENAME, &self->weight,
        "What makes a frame wide: impacting (default; only what grew), size or count", "METRIC" } },
    { ARGUMENT_STACKS,
      { "stacktags", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->stack_tags,
        "Take stack tags from this file, for stacktag and frametags; repeatable, the first file wins", "FILE" } },
    { ARGUMENT_STACKS,
      { "fold", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->folds,
        "Leave out frames that match, as in nt!Ex*; their callers take their place; repeatable", "PATTERN" } },
    { ARGUMENT_STACKS,
      { "group-modules", 0, 0, G_OPTION_ARG_NONE, &self->groups_modules,
        "Show frames of one module in a row as one, module!*", NULL } },
    { ARGUMENT_GROUP | ARGUMENT_FILTER | ARGUMENT_LEAKS,
      { "pooltags", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->tag_files,
        "Take drivers and descriptions of tags from this pooltag.txt; repeatable, the last file wins", "FILE" } },
    { ARGUMENT_GROUP | ARGUMENT_FILTER | ARGUMENT_LEAKS,
      { "wrappers", 0, 0, G_OPTION_ARG_FILENAME, &self->wrappers,
        "Modules that allocate for others, for module and driver (default: ntoskrnl,hal,ndis, …)", "LIST" } },
    { ARGUMENT_FORMAT,
      { "format", 0, 0, G_OPTION_ARG_FILENAME, &self->format, "Write in this format", "FORMAT" } },
  };
  static const GOptionEntry end = G_OPTION_ENTRY_NULL;
  gboolean takes_trace = !(set & ARGUMENT_PROFILE);
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].set & set)
      g_option_context_add_main_entries (context, (GOptionEntry[]){ options[i].entry, end }, NULL);
  const GOptionEntry of_traces[]
      = { { "symbols", 0, 0, G_OPTION_ARG_FILENAME, &self->symbols,
            "Look for symbols along this path (default: $_NT_SYMBOL_PATH)", "PATH" },
          { "no-symbols", 0, 0, G_OPTION_ARG_NONE, &self->has_no_symbols,
            "Load no symbols: frames read module+0xRVA", NULL },
          { "offline", 0, 0, G_OPTION_ARG_NONE, &self->is_offline, "Use no network", NULL },
          G_OPTION_ENTRY_NULL };
  const GOptionEntry help[]
      = { { "help", 'h', 0, G_OPTION_ARG_NONE, &self->wants_help, "Show this help", NULL },
          G_OPTION_ENTRY_NULL };
  const GOptionEntry rest[]
      = { { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->traces, NULL,
            takes_trace ? "TRACE" : NULL },
          G_OPTION_ENTRY_NULL };
  if (takes_trace)
    g_option_context_add_main_entries (context, of_traces, NULL);
  g_option_context_add_main_entries (context, help, NULL);
  g_option_context_add_main_entries (context, rest, NULL);
}

static int
print_help (const Command *command, GOptionContext *context)
{
  g_autofree char *prgname = g_strconcat ("poolscope-cli ", command->name, NULL);
  g_set_prgname (prgname);
  g_option_context_set_summary (context, command->summary);
  g_option_context_set_description (context, command->description);
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  fputs (help, stdout);
  return CLI_DONE;
}

static int
check (const Arguments *self, ArgumentSet set, const Command *command)
{
  if (set & ARGUMENT_PROFILE)
    {
      if (!self->traces)
        return CLI_DONE;
      g_autofree char *message = g_strdup_printf ("“%s” is too many: no trace is read", self->traces[0]);
      return cli_print_usage_error (command, message);
    }
  if (self->symbols && self->has_no_symbols)
    return cli_print_usage_error (command, "--symbols and --no-symbols exclude each other; leave one out");
  if (!self->traces || !*self->traces[0])
    return cli_print_usage_error (command, "no trace given; name an .etl file");
  if (self->traces[1])
    {
      g_autofree char *message = g_strdup_printf ("one trace at a time: “%s” is too many", self->traces[1]);
      return cli_print_usage_error (command, message);
    }
  return CLI_DONE;
}

/* Parses @argv for a command that takes the options of @set; they may stand before or behind the trace.
 *
 * Returns: FALSE with @ret_status set when there is nothing left to do: help was shown, or the usage is
 * wrong and was reported. @self is to be cleared in either case.
 */
gboolean
arguments_parse (Arguments *self, const Command *command, ArgumentSet set, char ***argv, int *ret_status)
{
  *self = (Arguments){ 0 };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_option_context_set_help_enabled (context, FALSE);
  add_options (self, set, context);
  if (!g_option_context_parse_strv (context, argv, &error))
    *ret_status = cli_print_usage_error (command, error->message);
  else if (self->wants_help)
    {
      *ret_status = print_help (command, context);
      return FALSE;
    }
  else
    *ret_status = check (self, set, command);
  if (*ret_status == CLI_DONE && !cli_check_tag_files (self))
    *ret_status = CLI_FAILED;
  return *ret_status == CLI_DONE;
}

void
arguments_clear (Arguments *self)
{
  char **texts[] = { &self->format, &self->group,  &self->range, &self->columns, &self->sort,   &self->limit,
                     &self->bins,   &self->output, &self->width, &self->height,  &self->symbols,
                     &self->mode,   &self->check,  &self->weight, &self->by,    &self->minimum,
                     &self->ignore, &self->fail_over, &self->wrappers };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&self->traces, g_strfreev);
  g_clear_pointer (&self->filters, g_strfreev);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->stack_tags, g_strfreev);
  g_clear_pointer (&self->folds, g_strfreev);
  g_clear_pointer (&self->tag_files, g_strfreev);
}
