#include "app/find/filter_bar.h"

#include "analysis/glob.h"
#include "app/find/filter_entry.h"
#include "app/find/filter_text.h"
#include "app/widgets/wrap_layout.h"

#include <glib/gi18n.h>

/* More lines of chips than this are scrolled: graph and table need the room. */
#define MAX_LINES 3
#define CHIP_SPACING 6
#define CHIP_MAX_CHARS 48

struct _FilterBar
{
  GtkWidget parent_instance;
  GtkWidget *scroller, *box; /* of the chips */
  GtkWidget *buttons;
  GtkMenuButton *add_button;
  GtkWidget *range_chip; /* (nullable) */
  GPtrArray *chips;      /* (owned): of the conditions, then of what is folded and grouped, in their order */
  TraceSession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (FilterBar, filter_bar, GTK_TYPE_WIDGET)

/* @action: what the button does; @target is taken over (nullable). */
static GtkWidget *
new_chip (const char *text, const char *typed, const char *action, GVariant *target, const char *remove_text)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (text), *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = g_strdup_printf ("%s: %s", remove_text, text);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHIP_MAX_CHARS);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_tooltip_text (label, typed);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_widget_set_tooltip_text (button, remove_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static gboolean
has_focus (GtkWidget *chip)
{
  GtkRoot *root = gtk_widget_get_root (chip);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, chip);
}

/* A chip goes while it has the focus: the next one gets it, so that several can be removed by keyboard. */
static void
remove_chip (FilterBar *self, GtkWidget *chip)
{
  if (has_focus (chip))
    {
      GtkWidget *next = gtk_widget_get_next_sibling (chip);
      gtk_widget_grab_focus (next != NULL ? next : GTK_WIDGET (self->add_button));
    }
  gtk_box_remove (GTK_BOX (self->box), chip);
}

void
filter_bar_set_range (FilterBar *self, const char *text)
{
  if (self->range_chip != NULL && text != NULL)
    {
      gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (self->range_chip)), text);
      return;
    }
  if (self->range_chip != NULL)
    remove_chip (self, self->range_chip);
  self->range_chip = NULL;
  if (text == NULL)
    return;
  self->range_chip = new_chip (text, _ ("The range of time that is counted (Ctrl+R)"), "win.clear-range", NULL,
                               _ ("Count the whole trace again (Esc)"));
  gtk_box_prepend (GTK_BOX (self->box), self->range_chip);
}

/* The chip that the focus goes to when the conditions change under it, by its place. */
static guint
find_focused_chip (FilterBar *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    if (has_focus (self->chips->pdata[i]))
      return i;
  return G_MAXUINT;
}

/* Puts a chip behind @before (nullable), and takes it down. Returns: the chip */
static GtkWidget *
add_chip (FilterBar *self, GtkWidget *chip, GtkWidget *before)
{
  gtk_box_insert_child_after (GTK_BOX (self->box), chip, before);
  g_ptr_array_add (self->chips, chip);
  return chip;
}

static GtkWidget *
add_conditions (FilterBar *self, const PoolFilter *filter, GtkWidget *before)
{
  for (guint i = 0; i < pool_filter_get_n_conditions (filter); i++)
    {
      const PoolCondition *condition = pool_filter_get_condition (filter, i);
      g_autofree char *text = filter_text_dup_condition (condition);
      g_autofree char *typed = pool_condition_dup_text (condition);
      before = add_chip (
          self, new_chip (text, typed, "win.remove-filter", g_variant_new_uint32 (i), _ ("Remove this filter")), before);
    }
  return before;
}

/* What a chip says of a pattern of frames, @is_group: of modules. */
static char *
dup_fold_text (const char *glob, gboolean is_group)
{
  g_autofree char *literal = glob_dup_literal (glob);
  const char *shown = literal != NULL ? literal : glob;
  if (is_group && g_str_equal (glob, STACK_OPTIONS_ALL_MODULES))
    return g_strdup (_ ("All modules grouped"));
  return is_group ? g_strdup_printf (_ ("Grouped %s"), shown) : g_strdup_printf (_ ("Folded %s"), shown);
}

static void
add_folds (FilterBar *self, const StackOptions *stacks, GtkWidget *before)
{
  guint n_folds = g_strv_length (stacks->folds);
  for (guint i = 0; i < n_folds + g_strv_length (stacks->groups); i++)
    {
      const char *glob = i < n_folds ? stacks->folds[i] : stacks->groups[i - n_folds];
      g_autofree char *text = dup_fold_text (glob, i >= n_folds);
      const char *what = i < n_folds ? _ ("These frames are folded into their callers (Ctrl+U unfolds all)")
                                     : _ ("Frames of a module in a row are one row (Ctrl+U ungroups all)");
      before = add_chip (
          self, new_chip (text, what, "win.remove-fold", g_variant_new_uint32 (i), _ ("Show these frames again")), before);
    }
}

static void
on_view_changed (TraceSession *session, gpointer data)
{
  FilterBar *self = data;
  guint focused = find_focused_chip (self);
  if (focused != G_MAXUINT)
    gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
  for (guint i = 0; i < self->chips->len; i++)
    gtk_box_remove (GTK_BOX (self->box), self->chips->pdata[i]);
  g_ptr_array_set_size (self->chips, 0);
  add_folds (self, trace_session_get_stacks (session),
             add_conditions (self, trace_session_get_filter (session), self->range_chip));
  if (focused != G_MAXUINT && self->chips->len > 0)
    gtk_widget_child_focus (self->chips->pdata[MIN (focused, self->chips->len - 1)], GTK_DIR_TAB_FORWARD);
}

void
filter_bar_set_session (FilterBar *self, TraceSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "filter-changed", G_CALLBACK (on_view_changed), self);
  g_signal_connect (session, "stacks-changed", G_CALLBACK (on_view_changed), self);
  on_view_changed (session, self);
}

static void
create_entry (GtkMenuButton *button, gpointer data)
{
  FilterBar *self = data;
  if (self->session != NULL)
    gtk_menu_button_set_popover (button, filter_entry_new (self->session));
}

void
filter_bar_edit (FilterBar *self)
{
  gtk_menu_button_popup (self->add_button);
}

/* Size: the scroller does not know that the height of its child depends on the width. */

static GtkSizeRequestMode
filter_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
get_buttons_width (FilterBar *self)
{
  int width;
  gtk_widget_measure (self->buttons, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static void
filter_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  FilterBar *self = FILTER_BAR (widget);
  int chips_width = for_size < 0 ? -1 : MAX (for_size - get_buttons_width (self), 0), button_size;
  gtk_widget_measure (self->buttons, orientation, -1, NULL, &button_size, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->box, orientation, -1, minimum, natural, NULL, NULL);
      *minimum += button_size;
      *natural += button_size;
      return;
    }
  int line_height, chips_height;
  gtk_widget_measure (self->box, orientation, chips_width, NULL, &chips_height, NULL, NULL);
  gtk_widget_measure (self->box, orientation, -1, NULL, &line_height, NULL, NULL);
  chips_height = MIN (chips_height, MAX_LINES * line_height + (MAX_LINES - 1) * CHIP_SPACING);
  *minimum = *natural = MAX (chips_height, button_size);
}

static void
filter_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FilterBar *self = FILTER_BAR (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int buttons_width = get_buttons_width (self), chips_width;
  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &chips_width, NULL, NULL);
  chips_width = CLAMP (chips_width, 0, MAX (width - buttons_width, 0));
  GtkAllocation chips = { is_rtl ? width - chips_width : 0, 0, chips_width, height };
  GtkAllocation buttons
      = { is_rtl ? width - chips_width - buttons_width : chips_width, 0, buttons_width, height };
  gtk_widget_size_allocate (self->scroller, &chips, -1);
  gtk_widget_size_allocate (self->buttons, &buttons, -1);
}

/* Object */

static void
filter_bar_dispose (GObject *object)
{
  FilterBar *self = FILTER_BAR (object);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), FILTER_TYPE_BAR);
  G_OBJECT_CLASS (filter_bar_parent_class)->dispose (object);
}

static void
filter_bar_finalize (GObject *object)
{
  g_ptr_array_unref (FILTER_BAR (object)->chips);
  G_OBJECT_CLASS (filter_bar_parent_class)->finalize (object);
}

static void
filter_bar_class_init (FilterBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = filter_bar_dispose;
  G_OBJECT_CLASS (class)->finalize = filter_bar_finalize;
  widget_class->get_request_mode = filter_bar_get_request_mode;
  widget_class->measure = filter_bar_measure;
  widget_class->size_allocate = filter_bar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "filterbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/poolscope/Poolscope/ui/filter_bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FilterBar, scroller);
  gtk_widget_class_bind_template_child (widget_class, FilterBar, box);
  gtk_widget_class_bind_template_child (widget_class, FilterBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, FilterBar, add_button);
}

static void
filter_bar_init (FilterBar *self)
{
  self->chips = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->box, wrap_layout_new (CHIP_SPACING));
  gtk_menu_button_set_create_popup_func (self->add_button, create_entry, self, NULL);
}
