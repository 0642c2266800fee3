/* The text that a cell draws itself. A table has thousands of cells: a widget for each text would double them, and a font
 * of its own for each takes longer to make than the cell. All share the font of their view, and have a layout only once
 * they are drawn.
 */
#pragma once

#include <gtk/gtk.h>

typedef struct
{
  PangoEllipsizeMode ellipsize;
  PangoAlignment alignment; /* for left-to-right; the other way round mirrors it */
  gboolean is_from_top;     /* else in the middle: a text with an ellipsis of a taller font stands lower */
  gboolean has_even_digits;
} CellTextStyle;

/* All zero bits: a cell without a text. */
typedef struct
{
  char *text;          /* (owned) (nullable) */
  PangoLayout *layout; /* (owned) (nullable) */
  gboolean is_muted;
} CellText;

void cell_text_clear (CellText *self);
/* @cell draws @text (nullable) from now on, and tells it to assistive technology. */
void cell_text_set (CellText *self, GtkWidget *cell, const char *text);
/* Slanted and pale. */
void cell_text_set_muted (CellText *self, GtkWidget *cell, gboolean is_muted);
/* The size of some characters, in pixels. */
void cell_text_measure (GtkWidget *cell, GtkOrientation orientation, int *ret_natural);
void cell_text_draw (CellText *self, GtkWidget *cell, GtkSnapshot *snapshot, const GdkRectangle *area,
                     const CellTextStyle *style);
