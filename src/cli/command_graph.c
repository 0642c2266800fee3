#include "analysis/pool_timeline.h"
#include "base/number_format.h"
#include "chart/chart_export.h"
#include "cli/argument_values.h"
#include "cli/symbol_session.h"
#include "cli/trace_session.h"

#define DEFAULT_GROUPING "paged,tag"
#define DEFAULT_WIDTH "1200"
#define DEFAULT_HEIGHT "600"
#define MIN_SIZE 100
#define N_TOP_BANDS 9
#define LEAST_FLAME_PIXELS 0.5

static const char *const weights[] = { "impacting", "size", "count", NULL };
static const Metric weight_metrics[] = { METRIC_IMPACTING, METRIC_SIZE, METRIC_COUNT };

/* What the options ask for. */
typedef struct
{
  Dimension grouping[N_DIMENSIONS];
  gsize n_levels;
  guint64 width, height; /* pixels */
  gboolean is_dark, is_flame, is_icicle;
  guint weight; /* index of weights */
  const char *path;
  PoolFilter *filter;   /* (owned) */
  StackOptions *stacks; /* (owned) */
} GraphRequest;

static void
graph_request_clear (GraphRequest *self)
{
  g_clear_pointer (&self->filter, pool_filter_unref);
  g_clear_pointer (&self->stacks, stack_options_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GraphRequest, graph_request_clear)

static gboolean
graph_request_parse (GraphRequest *self, const Command *command, const Arguments *arguments)
{
  self->is_dark = arguments->is_dark;
  self->is_icicle = arguments->is_icicle;
  self->is_flame = arguments->is_flame || arguments->is_icicle;
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
         && argument_parse_word (command, "--weight", arguments->weight, weights, &self->weight)
         && argument_check_range (command, arguments->range)
         && argument_parse_filter (command, arguments->filters, &self->filter);
}

/* The stacks that the grouping names first; without any those of the allocations. */
static Dimension
choose_stacks (const GraphRequest *request)
{
  for (gsize i = 0; i < request->n_levels; i++)
    if (dimension_is_stack (request->grouping[i]))
      return request->grouping[i];
  return DIMENSION_STACK;
}

/* @text with the conditions of the filter behind it: a picture tells what it leaves out. (transfer full) */
static char *
dup_with_filter (const char *text, char **filters)
{
  g_autofree char *conditions = filters ? g_strjoinv (", ", filters) : NULL;
  return conditions ? g_strconcat (text, ", ", conditions, NULL) : g_strdup (text);
}

/* Draws the flame graph, as high as it needs unless the height was given. Returns: FALSE with @error. */
static gboolean
draw_flame (const GraphRequest *request, const Arguments *arguments, PoolTrace *trace, TimeRange range, GError **error)
{
  g_autoptr (FrameNames) names = cli_load_frame_names (arguments, trace, request->stacks, TRUE);
  g_autoptr (PoolTree) tree = pool_tree_new_at_range (trace, names, NULL, 0, request->filter, range, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, range, NULL, NULL);
  const FlameOptions options
      = { .metric = weight_metrics[request->weight], .least_width = LEAST_FLAME_PIXELS / (double) request->width };
  g_autoptr (FlameStacks) stacks
      = flame_stacks_new (values, POOL_TREE_ROOT, choose_stacks (request), NULL, NULL);
  g_autoptr (FlameLayout) layout = flame_layout_new (stacks, &options, NULL, NULL);
  gint64 weight = (gint64) flame_layout_get_weight (layout);
  g_autofree char *whole = options.metric == METRIC_COUNT ? format_count (weight) : format_bytes (weight);
  g_autofree char *subtitle = dup_with_filter (metric_get_display_name (options.metric), arguments->filters);
  const FlameChart chart = { .layout = layout,
                             .is_icicle = request->is_icicle,
                             .root_label = whole,
                             .title = trace->info.display_name,
                             .subtitle = subtitle };
  double height = arguments->height ? (double) request->height : flame_chart_get_natural_height (&chart);
  height = CLAMP (height, MIN_SIZE, CHART_EXPORT_MAX_SIZE);
  return chart_export_flame_file (&chart, request->path, (int) request->width, (int) height,
                                  chart_palette_get (request->is_dark), error);
}

static gboolean
draw_timeline (const GraphRequest *request, const Arguments *arguments, PoolTrace *trace, const TimeRangeText *range,
               GError **error)
{
  gboolean shows_stacks = cli_grouping_has_stacks (request->grouping, request->n_levels);
  g_autoptr (FrameNames) names = cli_load_frame_names (arguments, trace, request->stacks, shows_stacks);
  g_autoptr (PoolTree) tree = pool_tree_new_at_range (trace, names, request->grouping, request->n_levels,
                                                      request->filter, range->range, NULL, NULL);
  g_autoptr (TimelineBands) bands = timeline_bands_new (tree, range->range, N_TOP_BANDS);
  TimeRange span = time_range_text_resolve (range, trace);
  g_autoptr (PoolTimeline) timeline
      = pool_timeline_new (trace, pool_tree_get_selection (tree), range->range, bands, TIMELINE_OUTSTANDING_SIZE, span,
                           timeline_chart_get_n_bins ((double) request->width), NULL, NULL);
  g_autofree char *measure = timeline_chart_dup_subtitle (TIMELINE_OUTSTANDING_SIZE, span);
  g_autofree char *subtitle = dup_with_filter (measure, arguments->filters);
  TimelineChart chart
      = { .timeline = timeline, .bands = bands, .title = trace->info.display_name, .subtitle = subtitle };
  timeline_chart_set_trace (&chart, trace);
  return chart_export_file (&chart, request->path, (int) request->width, (int) request->height,
                            chart_palette_get (request->is_dark), error);
}

int
command_graph_run (const Command *self, char ***argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_auto (GraphRequest) request = { 0 };
  int status;
  if (!arguments_parse (&arguments, self,
                        ARGUMENT_GROUP | ARGUMENT_RANGE | ARGUMENT_FILTER | ARGUMENT_PICTURE | ARGUMENT_FLAME
                            | ARGUMENT_STACKS,
                        argv, &status))
    return status;
  if (!graph_request_parse (&request, self, &arguments))
    return CLI_USAGE;
  request.stacks = cli_load_stack_options (&arguments);
  if (!request.stacks)
    return CLI_FAILED;
  TimeRangeText range;
  g_autoptr (PoolTrace) trace = cli_open_trace (self, &arguments, POOL_COLUMNS_ALL, &range, &status);
  if (!trace)
    return status;
  g_autoptr (GError) error = NULL;
  if (request.is_flame ? draw_flame (&request, &arguments, trace, range.range, &error)
                       : draw_timeline (&request, &arguments, trace, &range, &error))
    return CLI_DONE;
  cli_print_error (error->message);
  return CLI_FAILED;
}
