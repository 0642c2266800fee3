#include "app/widgets/wrap_layout.h"

struct _WrapLayout
{
  GtkLayoutManager parent_instance;
  int spacing;
};

G_DEFINE_FINAL_TYPE (WrapLayout, wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* One line of children that stand beside each other. */
typedef struct
{
  GtkWidget *first, *end; /* children from first up to end, which may be NULL */
  int height;
} WrapLine;

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* A child is as wide as it likes, where the line has room for that. */
static int
get_child_width (GtkWidget *child, int width)
{
  int minimum, natural;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static WrapLine
measure_line (WrapLayout *self, GtkWidget *first, int width)
{
  WrapLine line = { first, first, 0 };
  int used = 0;
  while (line.end != NULL)
    {
      int child_width = get_child_width (line.end, width), height;
      if (line.end != first && used + self->spacing + child_width > width)
        break;
      used += (line.end != first ? self->spacing : 0) + child_width;
      gtk_widget_measure (line.end, GTK_ORIENTATION_VERTICAL, child_width, NULL, &height, NULL, NULL);
      line.height = MAX (line.height, height);
      line.end = skip_hidden (gtk_widget_get_next_sibling (line.end));
    }
  return line;
}

static GtkSizeRequestMode
wrap_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wrap_layout_measure (GtkLayoutManager *layout, GtkWidget *widget, GtkOrientation orientation, int for_size,
                     int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  WrapLayout *self = WRAP_LAYOUT (layout);
  GtkWidget *first = skip_hidden (gtk_widget_get_first_child (widget));
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for (GtkWidget *child = first; child != NULL; child = skip_hidden (gtk_widget_get_next_sibling (child)))
      {
        int child_minimum, child_natural;
        gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
        *minimum = MAX (*minimum, child_minimum);
        *natural += child_natural + (child != first ? self->spacing : 0);
      }
  else
    {
      for (WrapLine line = { .end = first }; line.end != NULL;)
        {
          line = measure_line (self, line.end, for_size < 0 ? G_MAXINT / 2 : for_size);
          *natural += line.height + (line.first != first ? self->spacing : 0);
        }
      *minimum = *natural;
    }
}

static void
wrap_layout_allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  WrapLayout *self = WRAP_LAYOUT (layout);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  WrapLine line = { .end = skip_hidden (gtk_widget_get_first_child (widget)) };
  int y = 0;
  while (line.end != NULL)
    {
      line = measure_line (self, line.end, width);
      int x = 0;
      for (GtkWidget *child = line.first; child != line.end;
           child = skip_hidden (gtk_widget_get_next_sibling (child)))
        {
          int child_width = get_child_width (child, width);
          GtkAllocation place = { is_rtl ? width - x - child_width : x, y, child_width, line.height };
          gtk_widget_size_allocate (child, &place, -1);
          x += child_width + self->spacing;
        }
      y += line.height + self->spacing;
    }
}

static void
wrap_layout_class_init (WrapLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);
  layout_class->get_request_mode = wrap_layout_get_request_mode;
  layout_class->measure = wrap_layout_measure;
  layout_class->allocate = wrap_layout_allocate;
}

static void
wrap_layout_init (WrapLayout *self)
{
}

GtkLayoutManager *
wrap_layout_new (int spacing)
{
  WrapLayout *self = g_object_new (WRAP_TYPE_LAYOUT, NULL);
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
