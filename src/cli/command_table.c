#include "cli/argument_values.h"
#include "cli/symbol_session.h"
#include "cli/trace_session.h"
#include "export/tree_export.h"

#define DEFAULT_GROUPING "type,paged,tag,stack"
#define DEFAULT_COLUMNS "count,size,impacting,peak"
#define ALL_COLUMNS                                                                                           \
  "count,size,impacting,peak,allocs,frees,freed,average,growth,recent,steady,verdict" /* of JSON */
#define DEFAULT_SORT "impacting"

enum
{
  FORMAT_TEXT,
  FORMAT_CSV,
  FORMAT_JSON,
  FORMAT_FOLDED,
};
static const char *const formats[] = { "text", "csv", "json", "folded", NULL };

/* What the options ask for. */
typedef struct
{
  Dimension grouping[N_DIMENSIONS];
  gsize n_levels;
  Metric columns[N_METRICS];
  gsize n_columns;
  Metric sort;
  guint64 limit;
  guint format;
  PoolFilter *filter;   /* (owned) */
  StackOptions *stacks; /* (owned) */
} TableRequest;

static void
table_request_clear (TableRequest *self)
{
  g_clear_pointer (&self->filter, pool_filter_unref);
  g_clear_pointer (&self->stacks, stack_options_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TableRequest, table_request_clear)

static gboolean
table_request_parse (TableRequest *self, const Command *command, const Arguments *arguments)
{
  if (!argument_parse_word (command, "--format", arguments->format, formats, &self->format))
    return FALSE;
  if (self->format == FORMAT_FOLDED && arguments->columns)
    {
      cli_print_usage_error (command, "--columns: folded stacks always show the size alone; leave it out");
      return FALSE;
    }
  const char *columns = arguments->columns            ? arguments->columns
                        : self->format == FORMAT_JSON ? ALL_COLUMNS
                                                      : DEFAULT_COLUMNS;
  self->limit = self->format == FORMAT_TEXT ? TREE_EXPORT_TEXT_LIMIT : TREE_EXPORT_NO_LIMIT;
  return argument_parse_grouping (command, "--group", arguments->group ? arguments->group : DEFAULT_GROUPING,
                                  self->grouping, &self->n_levels)
         && argument_parse_metrics (command, columns, self->columns, &self->n_columns)
         && argument_parse_metric (command, arguments->sort ? arguments->sort : DEFAULT_SORT, &self->sort)
         && (!arguments->limit
             || argument_parse_number (command, "--limit", arguments->limit, 1, G_MAXUINT32, &self->limit))
         && argument_check_range (command, arguments->range)
         && argument_parse_filter (command, arguments->filters, &self->filter);
}

/* Different stacks are told by the names of their frames. */
static gboolean
counts_stacks (const TableRequest *self)
{
  Dimension dimension;
  Aggregation aggregation;
  for (gsize i = 0; i <= self->n_columns; i++)
    {
      Metric metric = i < self->n_columns ? self->columns[i] : self->sort;
      if (metric_get_aggregation (metric, &dimension, &aggregation) && dimension_is_named (dimension))
        return TRUE;
    }
  return FALSE;
}

/* The columns of the trace that the table asks for. */
static PoolColumns
choose_columns (const TableRequest *self, const Arguments *arguments)
{
  PoolColumns columns = 0;
  Dimension dimension;
  Aggregation aggregation;
  /* A filter can ask for anything, and JSON tells of the health of the whole trace. */
  if (arguments->filters || self->format == FORMAT_JSON)
    return POOL_COLUMNS_ALL;
  for (gsize i = 0; i < self->n_levels; i++)
    columns |= dimension_get_columns (self->grouping[i]);
  for (gsize i = 0; i <= self->n_columns; i++)
    if (metric_get_aggregation (i < self->n_columns ? self->columns[i] : self->sort, &dimension, &aggregation))
      columns |= dimension_get_columns (dimension);
  return columns;
}

static int
write_table (const TableRequest *request, const Arguments *arguments, PoolTrace *trace,
             const TimeRangeText *range)
{
  static void (*const writers[]) (const TreeExport *, TextOutput *)
      = { tree_export_write_text, tree_export_write_csv, tree_export_write_json, tree_export_write_folded };
  gboolean shows_stacks
      = cli_grouping_has_stacks (request->grouping, request->n_levels) || counts_stacks (request);
  g_autoptr (FrameNames) names = cli_load_frame_names (arguments, trace, request->stacks, shows_stacks);
  g_autoptr (PoolTree) tree = pool_tree_new_at_range (trace, names, request->grouping, request->n_levels,
                                                      request->filter, range->range, NULL, NULL);
  if (request->limit > TREE_EXPORT_TEXT_LIMIT)
    pool_tree_need_all (tree, NULL); /* so that the values are of all its levels from the first */
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range->range, NULL, NULL);
  pool_tree_values_set_span (values, time_range_text_resolve (range, trace));
  const TreeExport export = { .values = values,
                              .range = range,
                              .columns = request->columns,
                              .n_columns = request->n_columns,
                              .sort = request->sort,
                              .limit = (gsize) request->limit };
  g_auto (TextOutput) output = { 0 };
  cli_output_init (&output);
  writers[request->format](&export, &output);
  return cli_output_finish (&output);
}

int
command_table_run (const Command *self, char ***argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_auto (TableRequest) request = { 0 };
  int status;
  if (!arguments_parse (&arguments, self,
                        ARGUMENT_GROUP | ARGUMENT_RANGE | ARGUMENT_FILTER | ARGUMENT_ROWS | ARGUMENT_FORMAT
                            | ARGUMENT_STACKS,
                        argv, &status))
    return status;
  if (!table_request_parse (&request, self, &arguments))
    return CLI_USAGE;
  request.stacks = cli_load_stack_options (&arguments);
  if (!request.stacks)
    return CLI_FAILED;
  TimeRangeText range;
  PoolColumns columns = choose_columns (&request, &arguments);
  g_autoptr (PoolTrace) trace = cli_open_trace (self, &arguments, columns, &range, &status);
  if (!trace)
    return status;
  return write_table (&request, &arguments, trace, &range);
}
