#include "analysis/pool_timeline.h"
#include "chart/chart_export.h"
#include "cli/argument_values.h"
#include "cli/symbol_session.h"
#include "cli/trace_session.h"

#define DEFAULT_GROUPING "paged,tag"
#define DEFAULT_WIDTH "1200"
#define DEFAULT_HEIGHT "600"
#define MIN_SIZE 100
#define N_TOP_BANDS 9

/* What the options ask for. */
typedef struct
{
  Dimension grouping[N_DIMENSIONS];
  gsize n_levels;
  guint64 width, height; /* pixels */
  gboolean is_dark;
  const char *path;
} GraphRequest;

static gboolean
graph_request_parse (GraphRequest *self, const Command *command, const Arguments *arguments)
{
  self->is_dark = arguments->is_dark;
  self->path = arguments->output;
  if (!self->path || !chart_export_knows_path (self->path))
    {
      cli_print_usage_error (command,
                             self->path ? "--output: the file's ending must be .png, .svg or .pdf"
                                        : "no file for the picture given: -o FILE.png, FILE.svg or FILE.pdf");
      return FALSE;
    }
  return argument_parse_grouping (command, "--group", arguments->group ? arguments->group : DEFAULT_GROUPING,
                                  self->grouping, &self->n_levels)
         && argument_parse_number (command, "--width", arguments->width ? arguments->width : DEFAULT_WIDTH,
                                   MIN_SIZE, CHART_EXPORT_MAX_SIZE, &self->width)
         && argument_parse_number (command, "--height",
                                   arguments->height ? arguments->height : DEFAULT_HEIGHT, MIN_SIZE,
                                   CHART_EXPORT_MAX_SIZE, &self->height)
         && argument_check_range (command, arguments->range);
}

static int
draw (const GraphRequest *request, const Arguments *arguments, PoolTrace *trace, const TimeRangeText *range)
{
  gboolean shows_stacks = cli_grouping_has_stacks (request->grouping, request->n_levels);
  g_autoptr (FrameNames) names = cli_load_frame_names (arguments, trace, NULL, shows_stacks);
  g_autoptr (PoolTree) tree
      = pool_tree_new (trace, names, request->grouping, request->n_levels, NULL, NULL, NULL);
  g_autoptr (TimelineBands) bands = timeline_bands_new (tree, range->range, N_TOP_BANDS);
  TimeRange span = time_range_text_resolve (range, trace);
  g_autoptr (PoolTimeline) timeline
      = pool_timeline_new (trace, NULL, range->range, bands, TIMELINE_OUTSTANDING_SIZE, span,
                           timeline_chart_get_n_bins ((double) request->width), NULL, NULL);
  g_autofree char *subtitle = timeline_chart_dup_subtitle (TIMELINE_OUTSTANDING_SIZE, span);
  TimelineChart chart
      = { .timeline = timeline, .bands = bands, .title = trace->info.display_name, .subtitle = subtitle };
  timeline_chart_set_trace (&chart, trace);
  g_autoptr (GError) error = NULL;
  if (chart_export_file (&chart, request->path, (int) request->width, (int) request->height,
                         chart_palette_get (request->is_dark), &error))
    return CLI_DONE;
  cli_print_error (error->message);
  return CLI_FAILED;
}

int
command_graph_run (const Command *self, char ***argv)
{
  g_auto (Arguments) arguments = { 0 };
  GraphRequest request = { 0 };
  int status;
  if (!arguments_parse (&arguments, self, ARGUMENT_GROUP | ARGUMENT_RANGE | ARGUMENT_PICTURE, argv, &status))
    return status;
  if (!graph_request_parse (&request, self, &arguments))
    return CLI_USAGE;
  g_autoptr (PoolTrace) trace = cli_load_trace (arguments.traces[0]);
  if (!trace)
    return CLI_FAILED;
  TimeRangeText range;
  if (!cli_resolve_range (self, arguments.range, trace, &range, &status))
    return status;
  cli_warn_of_health (trace);
  return draw (&request, &arguments, trace, &range);
}
