/* Charts as picture files: PNG, SVG or PDF. */
#pragma once

#include "chart/flame_chart.h"
#include "chart/timeline_chart.h"

#include <gio/gio.h>

#define CHART_EXPORT_MAX_SIZE 16384 /* pixels, each way */

/* Writes @chart to @path; the format is told by its ending (.png, .svg or .pdf, in any case). Sizes are in
 * pixels (in points for PDF). The file appears whole or, on errors, not at all; an older one is then kept.
 * Errors: G_IO_ERROR, with the path in the message. */
gboolean chart_export_file (const TimelineChart *chart, const char *path, int width, int height,
                            const ChartPalette *palette, GError **error);

/* The same for a flame graph. */
gboolean chart_export_flame_file (const FlameChart *chart, const char *path, int width, int height,
                                  const ChartPalette *palette, GError **error);

/* Whether @path ends in one of the endings. */
gboolean chart_export_knows_path (const char *path);
