#include "export/timeline_export.h"

#include "export/json_document.h"

#define INT64 "%" G_GINT64_FORMAT

static gint64
get_bin_end (const PoolTimeline *timeline, guint bin)
{
  return bin + 1 < timeline->n_bins ? pool_timeline_get_bin_start (timeline, bin + 1) : timeline->end_ns;
}

void
timeline_export_write_csv (const PoolTimeline *timeline, TextOutput *output)
{
  text_output_add (output, "Start ns,End ns,Last,Min,Max\n");
  for (guint i = 0; timeline && i < timeline->n_bins; i++)
    {
      const TimelineBin *bin = &timeline->total[i];
      text_output_printf (output, INT64 "," INT64 "," INT64 "," INT64 "," INT64 "\n",
                          pool_timeline_get_bin_start (timeline, i), get_bin_end (timeline, i), bin->last,
                          bin->minimum, bin->maximum);
    }
}

void
timeline_export_write_json (const PoolTimeline *timeline, const PoolTrace *trace, const TimeRangeText *range,
                            TextOutput *output)
{
  g_autoptr (JsonBuilder) builder = json_document_begin ("timeline", trace);
  json_document_add_range (builder, range);
  json_document_add_health (builder, trace);
  json_document_write_open (builder, "bins", output);
  for (guint i = 0; timeline && i < timeline->n_bins; i++)
    {
      const TimelineBin *bin = &timeline->total[i];
      text_output_printf (output,
                          "%s\n    {\"start_ns\":" INT64 ",\"end_ns\":" INT64 ",\"last\":" INT64
                          ",\"min\":" INT64 ",\"max\":" INT64 "}",
                          i > 0 ? "," : "", pool_timeline_get_bin_start (timeline, i),
                          get_bin_end (timeline, i), bin->last, bin->minimum, bin->maximum);
    }
  json_document_write_close (output);
}
