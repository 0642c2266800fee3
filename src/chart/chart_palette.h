/* Colours of a chart, for light and dark surroundings.
 *
 * The colours of bands derive from Okabe's and Ito's, which people with any kind of colour vision tell
 * apart; a band keeps its colour by its stable key.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

#define CHART_N_BAND_COLORS 10
#define CHART_SLOT_OTHER CHART_N_BAND_COLORS /* the neutral grey of "Other" */

typedef struct
{
  double red, green, blue, alpha; /* 0 to 1 */
} ChartColor;

typedef struct
{
  ChartColor background; /* alpha 0: nothing is painted behind the chart */
  ChartColor surface;    /* what the chart stands on; halos and separating lines have it */
  ChartColor text;
  ChartColor dim_text;
  ChartColor grid;
  ChartColor total;                          /* the line of the total, and the marked peak */
  ChartColor selection;                      /* edges of the selected range */
  ChartColor loss;                           /* hatching where events were lost */
  ChartColor bands[CHART_N_BAND_COLORS + 1]; /* by slot */
} ChartPalette;

/* That of pictures, with a background of its own. (transfer none) */
const ChartPalette *chart_palette_get (gboolean is_dark);

/* The palette that suits text of @text on a surface of a theme: light text stands on dark. Nothing is painted
 * behind the chart. */
ChartPalette chart_palette_for_text (ChartColor text);

/* Gives each of @keys a slot of its own (more than CHART_N_BAND_COLORS share), preferring the one that
 * @remembered (nullable; guint64 key to slot, see chart_palette_memory_new()) holds, else that of the key's
 * hash.
 * @ret_slots (array length=n_keys). What was given is remembered. */
void chart_palette_assign_slots (const guint64 *keys, guint n_keys, GHashTable *remembered, guint *ret_slots);
GHashTable *chart_palette_memory_new (void);

/* What is drawn next has @color. */
void chart_color_set_source (ChartColor color, cairo_t *cr);
/* @color with another alpha. */
ChartColor chart_color_with_alpha (ChartColor color, double alpha);
