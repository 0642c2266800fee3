#include "cli/argument_values.h"
#include "cli/symbol_session.h"
#include "cli/trace_session.h"
#include "analysis/leak_ignore_list.h"
#include "export/leak_report.h"

#define DEFAULT_GROUPING "paged,tag,stack"

/* What the options ask for. */
typedef struct
{
  Dimension grouping[N_DIMENSIONS];
  LeakQuery query;
  char **ignored;              /* (owned) (nullable): filter expressions */
  guint64 fail_over_bytes;
  gboolean has_fail_over;
  guint format;
} LeaksRequest;

static void
leaks_request_clear (LeaksRequest *self)
{
  g_clear_pointer (&self->ignored, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LeaksRequest, leaks_request_clear)

static gboolean
leaks_request_parse (LeaksRequest *self, const Command *command, const Arguments *arguments)
{
  static const char *const formats[] = { "text", "markdown", "json", NULL };
  if (!argument_parse_word (command, "--format", arguments->format, formats, &self->format)
      || !argument_parse_grouping (command, "--by", arguments->by ? arguments->by : DEFAULT_GROUPING,
                                   self->grouping, &self->query.n_levels))
    return FALSE;
  if (arguments->minimum && !argument_parse_size (command, "--min", arguments->minimum, &self->query.minimum_bytes))
    return FALSE;
  self->has_fail_over = arguments->fail_over != NULL;
  if (self->has_fail_over
      && !argument_parse_size (command, "--fail-over", arguments->fail_over, &self->fail_over_bytes))
    return FALSE;
  for (gsize i = 0; i < self->query.n_levels; i++)
    if (dimension_get_scope (self->grouping[i]) == DIMENSION_OF_RANGE)
      {
        cli_print_usage_error (command, "--by: type and impact say nothing of growth; leave them out");
        return FALSE;
      }
  self->query.grouping = self->grouping;
  self->query.only_growing = TRUE;
  return TRUE;
}

static gboolean
read_ignore_file (LeaksRequest *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  if (!path)
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_autofree char *message = g_strdup_printf ("--ignore: %s; name a file that can be read", error->message);
      cli_print_error (message);
      return FALSE;
    }
  self->ignored = leak_ignore_list_parse (text, path, &error);
  if (!self->ignored)
    cli_print_error (error->message);
  self->query.expressions = (const char *const *) self->ignored;
  return self->ignored != NULL;
}

static int
judge (const LeaksRequest *request, const LeakRanking *ranking, char **doubts)
{
  if (!request->has_fail_over)
    return CLI_DONE;
  if (*doubts)
    return CLI_UNFIT;
  for (guint i = 0; i < ranking->rows->len; i++)
    if ((guint64) g_array_index (ranking->rows, LeakRow, i).metrics.growth_bytes > request->fail_over_bytes)
      return CLI_LEAKS;
  return CLI_DONE;
}

static int
write_leaks (const LeaksRequest *request, const Arguments *arguments, PoolTrace *trace)
{
  static void (*const writers[]) (const LeakReport *, TextOutput *)
      = { leak_report_write_text, leak_report_write_markdown, leak_report_write_json };
  g_autoptr (GError) error = NULL;
  g_autoptr (FrameNames) names = cli_load_frame_names (arguments, trace, NULL, TRUE);
  g_autoptr (LeakRanking) ranking = leak_ranking_new (trace, names, &request->query, NULL, &error);
  if (!ranking)
    {
      cli_print_error (error->message);
      return CLI_FAILED;
    }
  g_auto (GStrv) doubts = leak_report_dup_doubts (trace);
  const LeakReport report = { trace, ranking, (const char *const *) doubts };
  g_auto (TextOutput) output = { 0 };
  cli_output_init (&output);
  writers[request->format](&report, &output);
  int status = cli_output_finish (&output);
  return status == CLI_DONE ? judge (request, ranking, doubts) : status;
}

int
command_leaks_run (const Command *self, char ***argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_auto (LeaksRequest) request = { 0 };
  int status;
  if (!arguments_parse (&arguments, self, ARGUMENT_LEAKS | ARGUMENT_FORMAT, argv, &status))
    return status;
  if (!leaks_request_parse (&request, self, &arguments))
    return CLI_USAGE;
  if (!read_ignore_file (&request, arguments.ignore))
    return CLI_FAILED;
  g_autoptr (PoolTrace) trace = cli_open_trace (self, &arguments, POOL_COLUMNS_ALL, NULL, &status);
  if (!trace)
    return status;
  return write_leaks (&request, &arguments, trace);
}
