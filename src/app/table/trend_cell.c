#include "app/table/trend_cell.h"

#include "app/table/cell_tooltip.h"
#include "chart/chart_sparkline.h"

/* Pixels between the line and the edges of the cell. */
#define MARGIN 2

struct _TrendCell
{
  GtkWidget parent_instance;
  guint64 *sizes_bytes; /* (array length=n_sizes) (owned) (nullable) */
  guint n_sizes;
  char *tooltip; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TrendCell, trend_cell, GTK_TYPE_WIDGET)

static void
trend_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TrendCell *self = TREND_CELL (widget);
  int width = gtk_widget_get_width (widget) - 2 * MARGIN, height = gtk_widget_get_height (widget) - 2 * MARGIN;
  if (self->sizes_bytes == NULL || width <= 0 || height <= 0)
    return;
  GdkRGBA color;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (MARGIN, MARGIN, (float) width, (float) height));
  cairo_translate (cr, MARGIN, MARGIN);
  chart_sparkline_draw (cr, self->sizes_bytes, self->n_sizes, width, height,
                        (ChartColor){ color.red, color.green, color.blue, color.alpha },
                        gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  cairo_destroy (cr);
}

static gboolean
trend_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean is_by_keyboard, GtkTooltip *tooltip)
{
  return cell_tooltip_show (TREND_CELL (widget)->tooltip, tooltip);
}

static void
trend_cell_finalize (GObject *object)
{
  g_free (TREND_CELL (object)->sizes_bytes);
  g_free (TREND_CELL (object)->tooltip);
  G_OBJECT_CLASS (trend_cell_parent_class)->finalize (object);
}

static void
trend_cell_class_init (TrendCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = trend_cell_finalize;
  widget_class->snapshot = trend_cell_snapshot;
  widget_class->query_tooltip = trend_cell_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "trendcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
trend_cell_init (TrendCell *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

GtkWidget *
trend_cell_new (void)
{
  return g_object_new (TREND_TYPE_CELL, NULL);
}

void
trend_cell_show (TrendCell *self, const guint64 *sizes_bytes, guint n_sizes, const char *text)
{
  gboolean is_same = (sizes_bytes == NULL) == (self->sizes_bytes == NULL)
                     && (sizes_bytes == NULL
                         || (n_sizes == self->n_sizes
                             && memcmp (sizes_bytes, self->sizes_bytes, n_sizes * sizeof *sizes_bytes) == 0));
  if (is_same)
    return;
  g_free (self->sizes_bytes);
  self->sizes_bytes = sizes_bytes != NULL ? g_memdup2 (sizes_bytes, n_sizes * sizeof *sizes_bytes) : NULL;
  self->n_sizes = n_sizes;
  cell_tooltip_set (&self->tooltip, GTK_WIDGET (self), *text != '\0' ? text : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
