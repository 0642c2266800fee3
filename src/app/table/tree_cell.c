#include "app/table/tree_cell.h"

#define ARROW_WIDTH 16
#define STEP_WIDTH 10
/* Deeper steps share the last place: the text must stay in the column. */
#define MAX_STEPS 24

struct _TreeCell
{
  GtkWidget parent_instance;
  GtkWidget *arrow; /* GtkImage (nullable): not before it is needed, for a row has one among its cells */
  GtkWidget *text;  /* GtkInscription */
  guint indentation;
  TreeCellState state;
  gboolean is_empty;
};

G_DEFINE_FINAL_TYPE (TreeCell, tree_cell, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TOGGLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static int
get_indent_width (TreeCell *self)
{
  return (int) MIN (self->indentation, MAX_STEPS) * STEP_WIDTH;
}

static void
tree_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  TreeCell *self = TREE_CELL (widget);
  gtk_widget_measure (self->text, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural += ARROW_WIDTH + get_indent_width (self);
    }
}

static void
tree_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TreeCell *self = TREE_CELL (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int indent = MIN (get_indent_width (self), MAX (0, width - ARROW_WIDTH - 40));
  int text_width = MAX (0, width - indent - ARROW_WIDTH);
  GtkAllocation arrow = { is_rtl ? width - indent - ARROW_WIDTH : indent, 0, ARROW_WIDTH, height };
  int text_height;
  gtk_widget_measure (self->text, GTK_ORIENTATION_VERTICAL, -1, NULL, &text_height, NULL, NULL);
  int top = MAX (0, (height - text_height) / 2);
  GtkAllocation text = { is_rtl ? 0 : indent + ARROW_WIDTH, top, text_width, height - top };
  if (self->arrow != NULL)
    gtk_widget_size_allocate (self->arrow, &arrow, -1);
  gtk_widget_size_allocate (self->text, &text, -1);
}

static void
on_arrow_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  TreeCell *self = TREE_CELL (data);
  if (self->state == TREE_CELL_LEAF || self->is_empty)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

static void
on_arrow_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  /* The press must not also select the row, which would move the cursor. */
  if (TREE_CELL (data)->state != TREE_CELL_LEAF)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
tree_cell_dispose (GObject *object)
{
  TreeCell *self = TREE_CELL (object);
  g_clear_pointer (&self->arrow, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (tree_cell_parent_class)->dispose (object);
}

static void
tree_cell_class_init (TreeCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = tree_cell_dispose;
  widget_class->measure = tree_cell_measure;
  widget_class->size_allocate = tree_cell_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "treecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  signals[SIGNAL_TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
tree_cell_init (TreeCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  self->text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  /* The ellipsis may come from a taller font: from the top, all texts of a column stand on one line. */
  gtk_inscription_set_yalign (GTK_INSCRIPTION (self->text), 0);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->text), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->text), 8);
  gtk_widget_set_parent (self->text, widget);
}

static void
show_icon (TreeCell *self, const char *icon)
{
  if (icon == NULL && self->arrow == NULL)
    return;
  if (self->arrow == NULL)
    {
      self->arrow = gtk_image_new ();
      gtk_widget_add_css_class (self->arrow, "arrow");
      gtk_widget_insert_after (self->arrow, GTK_WIDGET (self), NULL);
      GtkGesture *click = gtk_gesture_click_new ();
      g_signal_connect (click, "pressed", G_CALLBACK (on_arrow_pressed), self);
      g_signal_connect (click, "released", G_CALLBACK (on_arrow_released), self);
      gtk_widget_add_controller (self->arrow, GTK_EVENT_CONTROLLER (click));
    }
  if (g_strcmp0 (icon, gtk_image_get_icon_name (GTK_IMAGE (self->arrow))) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), icon);
}

GtkWidget *
tree_cell_new (void)
{
  return g_object_new (TREE_TYPE_CELL, NULL);
}

void
tree_cell_show (TreeCell *self, const char *text, TreeCellState state, guint indentation)
{
  static const char *const icons[] = { [TREE_CELL_LEAF] = NULL,
                                       [TREE_CELL_CLOSED] = "pan-end-symbolic",
                                       [TREE_CELL_OPEN] = "pan-down-symbolic" };
  GtkWidget *widget = GTK_WIDGET (self);
  show_icon (self, text != NULL ? icons[state] : NULL);
  self->state = state;
  self->is_empty = text == NULL;
  /* What stays is not told again: assistive technology would get a message for each cell. */
  if (g_strcmp0 (text, gtk_inscription_get_text (GTK_INSCRIPTION (self->text))) != 0)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (self->text), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      text != NULL ? text : "", -1);
    }
  if (self->indentation != indentation)
    {
      self->indentation = indentation;
      gtk_widget_queue_resize (widget);
    }
}

void
tree_cell_set_muted (TreeCell *self, gboolean is_muted)
{
  if (is_muted)
    gtk_widget_add_css_class (self->text, "muted");
  else
    gtk_widget_remove_css_class (self->text, "muted");
}
