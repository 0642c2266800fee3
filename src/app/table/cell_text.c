#include "app/table/cell_text.h"

#include "app/table/cell_tooltip.h"

#define NATURAL_CHARS 8
#define MUTED_OPACITY 0.6f

/* The sizes of a font take long to find out, and are those of all cells of a view. */
typedef struct
{
  guint serial; /* of the context when they were found; 0 for none */
  int char_width, line_height; /* in Pango units */
} FontSize;

static PangoContext *
get_context (GtkWidget *cell)
{
  GtkWidget *view = gtk_widget_get_ancestor (cell, GTK_TYPE_COLUMN_VIEW);
  return gtk_widget_get_pango_context (view != NULL ? view : cell);
}

static const FontSize *
get_font_size (PangoContext *context)
{
  FontSize *size = g_object_get_data (G_OBJECT (context), "cell-font-size");
  if (size == NULL)
    {
      size = g_new0 (FontSize, 1);
      g_object_set_data_full (G_OBJECT (context), "cell-font-size", size, g_free);
    }
  guint serial = pango_context_get_serial (context);
  if (size->serial == serial)
    return size;
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  *size = (FontSize){ serial,
                      MAX (pango_font_metrics_get_approximate_char_width (metrics),
                           pango_font_metrics_get_approximate_digit_width (metrics)),
                      pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics) };
  pango_font_metrics_unref (metrics);
  return size;
}

void
cell_text_clear (CellText *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->layout);
}

void
cell_text_set (CellText *self, GtkWidget *cell, const char *text)
{
  /* What stays is not told again: assistive technology would get a message for each cell. */
  if (g_strcmp0 (text, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  if (self->layout != NULL)
    pango_layout_set_text (self->layout, text != NULL ? text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
  gtk_widget_queue_draw (cell);
  cell_tooltip_follow (cell);
}

void
cell_text_set_muted (CellText *self, GtkWidget *cell, gboolean is_muted)
{
  if (is_muted == self->is_muted)
    return;
  self->is_muted = is_muted;
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (cell);
}

void
cell_text_measure (GtkWidget *cell, GtkOrientation orientation, int *ret_natural)
{
  const FontSize *size = get_font_size (get_context (cell));
  *ret_natural = PANGO_PIXELS_CEIL (orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_CHARS * size->char_width
                                                                              : size->line_height);
}

static PangoAlignment
get_alignment (GtkWidget *cell, PangoAlignment alignment)
{
  if (gtk_widget_get_direction (cell) != GTK_TEXT_DIR_RTL || alignment == PANGO_ALIGN_CENTER)
    return alignment;
  return alignment == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static PangoLayout *
create_layout (const CellText *self, GtkWidget *cell, const CellTextStyle *style)
{
  PangoLayout *layout = pango_layout_new (get_context (cell));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  if (style->has_even_digits)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (self->is_muted)
    pango_attr_list_insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, style->ellipsize);
  pango_layout_set_height (layout, 0); /* one line */
  pango_layout_set_text (layout, self->text, -1);
  return layout;
}

void
cell_text_draw (CellText *self, GtkWidget *cell, GtkSnapshot *snapshot, const GdkRectangle *area,
                const CellTextStyle *style)
{
  if (self->text == NULL || *self->text == '\0' || area->width <= 0)
    return;
  if (self->layout == NULL)
    self->layout = create_layout (self, cell, style);
  pango_layout_set_width (self->layout, area->width * PANGO_SCALE);
  pango_layout_set_alignment (self->layout, get_alignment (cell, style->alignment));
  int height, top = 0;
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  if (!style->is_from_top && !pango_layout_is_ellipsized (self->layout))
    top = MAX (0, (area->height - height) / 2);
  GdkRGBA color;
  gtk_style_context_get_color (gtk_widget_get_style_context (cell), &color);
  if (self->is_muted)
    color.alpha *= MUTED_OPACITY;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) area->x, (float) (area->y + top)));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}
