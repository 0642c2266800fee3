/* Keys and focus of the table. */
#include "app/widgets/list_rows.h"
#include "app/table/table_view_private.h"

/* The widget that has the focus; a row that was taken out of the list while it had it does not count.
 * (transfer none) (nullable) */
static GtkWidget *
get_focus (TableView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_get_root (focus) == root ? focus : NULL;
}

/* Whether the focus is in the table, or nowhere; a menu above it is not the table. */
static gboolean
has_focus_inside (TableView *self)
{
  GtkWidget *focus = get_focus (self);
  return focus == NULL
         || (gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
             && gtk_widget_get_native (focus) == gtk_widget_get_native (GTK_WIDGET (self)));
}

/* Straight after a change of the model the heights of rows are unknown and a scroll can be lost: it is asked
 * for again in the next frames. */
static gboolean
on_focus_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  TableView *self = TABLE_VIEW (widget);
  RowNode *cursor
      = self->session != NULL ? row_model_get_cursor (trace_session_get_rows (self->session)) : NULL;
  if (cursor == NULL || self->focus_tries == 0)
    {
      self->focus_tick = 0;
      /* Without any rows yet, the first ones get the focus that was asked for. */
      self->takes_focus = self->takes_focus && cursor == NULL;
      return G_SOURCE_REMOVE;
    }
  self->focus_tries--;
  gtk_widget_activate_action (list_rows_get_list (self->columns_view), "list.scroll-to-item", "u", cursor->position);
  GtkWidget *row = list_rows_find_widget (self->bound, cursor->position);
  if (row != NULL && gtk_widget_get_mapped (row) && (self->takes_focus || has_focus_inside (self)))
    {
      gtk_widget_grab_focus (row);
      self->takes_focus = FALSE; /* what is focused from now on keeps the focus */
    }
  return G_SOURCE_CONTINUE;
}

/* A row that is there already gets the focus at once: a key that comes before the next frame must not find the focus
 * on a row that goes. */
static void
focus_shown_row (TableView *self)
{
  RowNode *cursor = self->session != NULL ? row_model_get_cursor (trace_session_get_rows (self->session)) : NULL;
  GtkWidget *row = cursor != NULL ? list_rows_find_widget (self->bound, cursor->position) : NULL;
  if (row != NULL && gtk_widget_get_mapped (row))
    gtk_widget_grab_focus (row);
}

static void
go_to_cursor (TableView *self, gboolean takes_focus)
{
  self->focus_tries = 3;
  self->takes_focus = self->takes_focus || takes_focus;
  if (self->takes_focus)
    focus_shown_row (self);
  if (self->focus_tick == 0)
    self->focus_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_focus_tick, NULL, NULL);
}

void
table_keys_keep_focus (TableView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root == NULL || gtk_root_get_focus (root) == NULL || get_focus (self) != NULL)
    return;
  gtk_root_set_focus (root, NULL);
  focus_shown_row (self);
  /* Not asked for: what takes the focus before the next frame, like an entry that just opened, keeps it. */
  go_to_cursor (self, FALSE);
}

void
table_view_focus_cursor (TableView *self)
{
  go_to_cursor (self, TRUE);
}

void
table_view_show_cursor (TableView *self)
{
  if (has_focus_inside (self))
    focus_shown_row (self);
  go_to_cursor (self, FALSE);
}

void
table_view_walk (TableView *self, TreeWalkMode mode)
{
  if (self->walk != NULL)
    tree_walk_from_cursor (self->walk, mode);
}

void
table_view_close_or_go_to_parent (TableView *self)
{
  RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  RowNode *cursor = rows != NULL ? row_model_get_cursor (rows) : NULL;
  if (cursor == NULL)
    return;
  if (cursor->is_open)
    row_model_close (rows, cursor);
  else if (cursor->parent != NULL && cursor->parent->parent != NULL)
    row_model_select_only (rows, cursor->parent);
  table_view_focus_cursor (self);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  TableView *self = data;
  state &= gtk_accelerator_get_default_mod_mask ();
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  if (is_rtl && (key == GDK_KEY_Right || key == GDK_KEY_Left))
    key = key == GDK_KEY_Right ? GDK_KEY_Left : GDK_KEY_Right;
  switch (key)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (state != 0 && state != GDK_CONTROL_MASK)
        return FALSE;
      table_view_walk (self, state == GDK_CONTROL_MASK ? TREE_WALK_HEAVIEST : TREE_WALK_THROUGH);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_BackSpace:
      if (state != 0)
        return FALSE;
      table_view_close_or_go_to_parent (self);
      return TRUE;
    case GDK_KEY_asterisk:
    case GDK_KEY_KP_Multiply:
      table_view_walk (self, TREE_WALK_SUBTREE);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      if (state & GDK_CONTROL_MASK)
        return FALSE;
      table_view_walk (self, TREE_WALK_OPEN);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      {
        RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
        RowNode *cursor = rows != NULL ? row_model_get_cursor (rows) : NULL;
        if (cursor == NULL || (state & GDK_CONTROL_MASK))
          return FALSE;
        row_model_close (rows, cursor);
        table_view_focus_cursor (self);
        return TRUE;
      }
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      return state == 0 && gtk_widget_activate_action (GTK_WIDGET (self), "win.show-in-graph", NULL);
    case GDK_KEY_period:
      /* Within a word that is being typed it is a letter. */
      if (state == 0 && self->typed->len == 0)
        return gtk_widget_activate_action (GTK_WIDGET (self), "win.show-in-graph", NULL);
      return table_type_ahead_key (self, key, state);
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      /* The list would step through its rows instead of letting the focus out. */
      return gtk_widget_activate_action (GTK_WIDGET (self), "win.next-pane", NULL);
    case GDK_KEY_Escape:
      return table_type_ahead_end (self);
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      /* The list goes there itself, as far as it knows. */
      if (self->session != NULL)
        row_model_tell_all (trace_session_get_rows (self->session));
      return FALSE;
    default:
      return table_type_ahead_key (self, key, state);
    }
}

static void
on_row_activated (GtkColumnView *view, guint position, gpointer data)
{
  TableView *self = data;
  RowNode *node = self->session != NULL
                      ? row_model_get_visible (trace_session_get_rows (self->session), position)
                      : NULL;
  if (node != NULL && self->walk != NULL)
    tree_walk_toggle (self->walk, node);
}

static void
on_secondary_press (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  TableView *self = data;
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkListItem *item = list_rows_find_item (self->bound, picked);
  RowModel *rows = self->session != NULL ? trace_session_get_rows (self->session) : NULL;
  RowNode *node = item != NULL && rows != NULL ? row_model_get_visible (rows, gtk_list_item_get_position (item)) : NULL;
  if (node == NULL)
    return;
  if (!node->is_selected)
    row_model_select_only (rows, node);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit_by_name (self, "context-menu", x, y);
}

void
table_keys_init (TableView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->columns_view), keys);
  g_signal_connect (self->columns_view, "activate", G_CALLBACK (on_row_activated), self);
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
