/* Keys, focus and pointer in the list of single allocations. */
#include "app/allocations/allocation_pane_private.h"

#include "app/widgets/list_rows.h"

gboolean
allocation_keys_has_focus (AllocationPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pages));
}

/* Straight after a change of the model the heights of rows are unknown and a scroll can be lost: it is asked for again
 * in the next frames. */
static gboolean
on_focus_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AllocationPane *self = ALLOCATION_PANE (widget);
  guint position = 0;
  if (self->focus_tries == 0 || self->model == NULL)
    {
      self->focus_tick = 0;
      self->takes_focus = FALSE;
      return G_SOURCE_REMOVE;
    }
  self->focus_tries--;
  if (!allocation_model_get_cursor (self->model, &position))
    position = 0;
  gtk_widget_activate_action (list_rows_get_list (self->view), "list.scroll-to-item", "u", position);
  GtkWidget *row = list_rows_find_widget (self->bound, position);
  if (row != NULL && gtk_widget_get_mapped (row) && self->takes_focus)
    {
      gtk_widget_grab_focus (row);
      self->takes_focus = FALSE; /* what is focused from now on keeps the focus */
    }
  return G_SOURCE_CONTINUE;
}

void
allocation_keys_go_to_cursor (AllocationPane *self, gboolean takes_focus)
{
  guint position;
  if (self->model == NULL)
    {
      if (takes_focus)
        gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
      return;
    }
  /* The keys go on from a row that is seen to be the current one. */
  if (takes_focus && !allocation_model_get_cursor (self->model, &position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), 0, TRUE);
  self->takes_focus = self->takes_focus || takes_focus;
  self->focus_tries = 3;
  if (self->focus_tick == 0)
    self->focus_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_focus_tick, NULL, NULL);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  GtkWidget *self = GTK_WIDGET (data);
  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      /* The list would step through its rows instead of letting the focus out. */
      return gtk_widget_activate_action (self, "win.next-pane", NULL);
    case GDK_KEY_Escape:
      return gtk_widget_activate_action (self, "win.single-allocations", NULL);
    default:
      return FALSE;
    }
}

static void
on_menu_closed (GtkPopover *popover, gpointer data)
{
  allocation_keys_go_to_cursor (ALLOCATION_PANE (data), TRUE);
}

static void
on_secondary_press (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  AllocationPane *self = data;
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkListItem *item = list_rows_find_item (self->bound, picked);
  if (item == NULL || self->model == NULL)
    return;
  guint position = gtk_list_item_get_position (item);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->model), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), position, TRUE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

void
allocation_keys_init (AllocationPane *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->popover = gtk_popover_menu_new_from_model (self->menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_menu_closed), self);
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
