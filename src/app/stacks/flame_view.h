/* Draws a flame layout, and lets it be pointed at, walked through with the keyboard, and zoomed.
 *
 * Signals:
 *   selection-changed (): another rectangle is the selected one, or none
 *   zoom (): the selected rectangle is to be zoomed into
 *   zoom-back (): the last zoom is to be undone
 *   resized (): least_width is another
 *   context-menu (double x, double y): asked for on the selected rectangle
 */
#pragma once

#include "chart/flame_chart.h"

#include <gtk/gtk.h>

#define FLAME_TYPE_VIEW (flame_view_get_type ())
G_DECLARE_FINAL_TYPE (FlameView, flame_view, FLAME, VIEW, GtkWidget)

/* @layout nullable, weighed by @metric. The rectangle with the path that was selected stays selected. */
void flame_view_set_layout (FlameView *self, FlameLayout *layout, Metric metric);
const FlameLayout *flame_view_get_layout (FlameView *self); /* (transfer none) (nullable) */
/* Outermost frames at the top. */
void flame_view_set_icicle (FlameView *self, gboolean is_icicle);
/* What has no such part in its text is drawn faintly; "" for nothing looked for. */
void flame_view_set_find_text (FlameView *self, const char *text);
/* Selects the next rectangle that is found, or the one before; FALSE when there is none. */
gboolean flame_view_find (FlameView *self, gboolean is_backward);
/* The selected rectangle, or FLAME_NO_RECT. */
guint32 flame_view_get_selected (FlameView *self);
/* Selects and shows @rect, or with FLAME_NO_RECT none; emits selection-changed. */
void flame_view_select (FlameView *self, guint32 rect);
/* What one pixel is of the width, for FlameOptions; 0 before there is a width. */
double flame_view_get_least_width (FlameView *self);
/* The selected rectangle, or @rect, in words: function, module, what it holds and its share. (transfer full) */
char *flame_view_dup_rect_text (FlameView *self, guint32 rect);
/* All of it as a picture file, light as paper; see chart_export_flame_file(). */
gboolean flame_view_export (FlameView *self, const char *path, const char *title, const char *subtitle,
                            GError **error);
