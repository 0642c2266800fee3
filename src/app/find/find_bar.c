#include "app/find/find_bar.h"

#include "app/test_log.h"
#include "app/widgets/wrap_layout.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

#define SPACING 4

struct _FindBar
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkSearchEntry *entry;
  GtkDropDown *columns;
  GtkLabel *count;
  TableView *table;      /* weak */
  TraceSession *session; /* (owned) (nullable) */
  TreeFind *find;        /* (owned) (nullable) */
  guint guard;           /* > 0: the list of columns is being made */
};

G_DEFINE_FINAL_TYPE (FindBar, find_bar, GTK_TYPE_WIDGET)

static const char *
get_text (FindBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* The dimension whose column is chosen, N_DIMENSIONS for all. */
static guint
get_dimension (FindBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->columns);
  gsize n_levels;
  const Dimension *grouping = trace_session_get_grouping (self->session, &n_levels);
  return selected >= 1 && selected <= n_levels ? grouping[selected - 1] : N_DIMENSIONS;
}

static void
search (FindBar *self)
{
  if (self->find != NULL && self->guard == 0)
    tree_find_set_text (self->find, get_text (self), get_dimension (self));
}

/* "2 of 17", and how many are selected where that is fewer. (transfer full) */
static char *
dup_count_text (TreeFindState state)
{
  g_autofree char *n_hits = format_count (state.n_hits), *current = format_count (state.current);
  g_autofree char *n_selected = format_count (state.n_selected);
  g_autofree char *limited = g_strdup_printf (state.is_limited ? _ ("more than %s") : "%s", n_hits);
  gboolean is_part = state.n_selected > 0 && (state.n_selected < state.n_hits || state.is_limited);
  return state.current == 0 ? g_strdup_printf (_ ("%s found"), limited)
         : is_part          ? g_strdup_printf (_ ("%s of %s, the first %s selected"), current, limited, n_selected)
                            : g_strdup_printf (_ ("%s of %s"), current, limited);
}

static void
on_find_changed (TreeFind *find, gpointer data)
{
  FindBar *self = data;
  TreeFindState state = tree_find_get_state (find);
  gboolean is_missing = state.is_known && state.n_hits == 0;
  g_autofree char *text = *get_text (self) == '\0' ? g_strdup ("")
                          : !state.is_known        ? g_strdup (_ ("Searching…"))
                          : is_missing             ? g_strdup (_ ("Not found"))
                                                   : dup_count_text (state);
  gtk_label_set_text (self->count, text);
  if (is_missing)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  test_log_add ("find %s: %u of %u%s", get_text (self), state.current, state.n_hits, state.is_known ? "" : "?");
}

static void
on_find_moved (TreeFind *find, gpointer data)
{
  FindBar *self = data;
  if (self->table != NULL)
    table_view_show_cursor (self->table);
}

/* The columns that can be chosen are those of the grouping; the choice stays where it can. */
static void
on_tree_changed (TraceSession *session, gpointer data)
{
  FindBar *self = data;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint old = get_dimension (self), selected = 0;
  gsize n_levels;
  const Dimension *grouping = trace_session_get_grouping (session, &n_levels);
  gtk_string_list_append (list, _ ("All groups"));
  for (gsize i = 0; i < n_levels; i++)
    {
      gtk_string_list_append (list, _ (dimension_get_display_name (grouping[i])));
      if (grouping[i] == old)
        selected = (guint) i + 1;
    }
  self->guard++;
  gtk_drop_down_set_model (self->columns, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->columns, selected);
  self->guard--;
}

static void
stop (FindBar *self)
{
  if (self->find != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->find, self);
      tree_find_close (self->find);
    }
  g_clear_object (&self->find);
}

static void
close_bar (FindBar *self)
{
  stop (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (self->table != NULL && self->session != NULL)
    table_view_focus_cursor (self->table);
}

void
find_bar_open (FindBar *self)
{
  if (self->session == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  if (self->find != NULL)
    return;
  self->find = tree_find_new (self->session);
  g_signal_connect (self->find, "changed", G_CALLBACK (on_find_changed), self);
  g_signal_connect (self->find, "moved", G_CALLBACK (on_find_moved), self);
  search (self);
}

void
find_bar_go (FindBar *self, TreeFindStep step)
{
  if (self->find == NULL || *get_text (self) == '\0')
    find_bar_open (self);
  if (self->find != NULL && *get_text (self) != '\0')
    tree_find_go (self->find, step);
}

void
find_bar_filter (FindBar *self)
{
  g_autoptr (PoolCondition) condition = self->find != NULL ? tree_find_dup_condition (self->find) : NULL;
  if (condition == NULL)
    return;
  g_autoptr (PoolFilter) filter = pool_filter_with (trace_session_get_filter (self->session), condition);
  trace_session_set_filter (self->session, filter);
}

void
find_bar_set_session (FindBar *self, TraceSession *session)
{
  stop (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "tree-changed", G_CALLBACK (on_tree_changed), self);
  on_tree_changed (session, self);
}

void
find_bar_set_table (FindBar *self, TableView *table)
{
  g_set_weak_pointer (&self->table, table);
}

/* Input */

static void
on_text_changed (GtkSearchEntry *entry, gpointer data)
{
  search (data);
}

static void
on_column_chosen (GtkDropDown *columns, GParamSpec *property, gpointer data)
{
  search (data);
}

static void
on_activate (GtkSearchEntry *entry, gpointer data)
{
  find_bar_go (data, TREE_FIND_NEXT);
}

static void
on_stop (GtkSearchEntry *entry, gpointer data)
{
  close_bar (data);
}

static void
on_close_clicked (GtkButton *button, gpointer data)
{
  close_bar (data);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;
  if (key == GDK_KEY_Escape)
    close_bar (data);
  else if (is_enter && (state & gtk_accelerator_get_default_mod_mask ()) == GDK_SHIFT_MASK)
    find_bar_go (data, TREE_FIND_PREVIOUS);
  else
    return FALSE;
  return TRUE;
}

/* Object */

static void
find_bar_dispose (GObject *object)
{
  FindBar *self = FIND_BAR (object);
  stop (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->table);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIND_TYPE_BAR);
  G_OBJECT_CLASS (find_bar_parent_class)->dispose (object);
}

static void
find_bar_class_init (FindBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = find_bar_dispose;
  gtk_widget_class_set_css_name (widget_class, "findbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/poolscope/Poolscope/ui/find_bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FindBar, box);
  gtk_widget_class_bind_template_child (widget_class, FindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, FindBar, columns);
  gtk_widget_class_bind_template_child (widget_class, FindBar, count);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_column_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
find_bar_init (FindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->box, wrap_layout_new (SPACING));
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
