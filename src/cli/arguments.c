#include "cli/arguments.h"

#include "cli/argument_table.h"
#include "cli/attribution_session.h"

#include <stdio.h>

static void
add_options (Arguments *self, ArgumentSet set, GOptionContext *context)
{
  static const GOptionEntry end = G_OPTION_ENTRY_NULL;
  for (gsize i = 0; i < argument_table_n_rows; i++)
    {
      const ArgumentDescription *row = &argument_table[i];
      const GOptionEntry entry = { row->name, row->short_name, 0, row->kind, G_STRUCT_MEMBER_P (self, row->offset),
                                   row->description, row->value_name };
      if (row->set & set)
        g_option_context_add_main_entries (context, (GOptionEntry[]){ entry, end }, NULL);
    }
  const GOptionEntry rest = { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->traces, NULL,
                              set & ARGUMENT_TRACE ? "TRACE" : NULL };
  g_option_context_add_main_entries (context, (GOptionEntry[]){ rest, end }, NULL);
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
  set |= ARGUMENT_ANY | (set & ARGUMENT_PROFILE ? 0 : ARGUMENT_TRACE);
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
  for (gsize i = 0; i < argument_table_n_rows; i++)
    {
      gpointer field = G_STRUCT_MEMBER_P (self, argument_table[i].offset);
      if (argument_table[i].kind == G_OPTION_ARG_FILENAME)
        g_clear_pointer ((char **) field, g_free);
      else if (argument_table[i].kind == G_OPTION_ARG_FILENAME_ARRAY)
        g_clear_pointer ((char ***) field, g_strfreev);
    }
  g_clear_pointer (&self->traces, g_strfreev);
}
