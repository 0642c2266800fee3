#include "app/find/filter_entry.h"

#include <glib/gi18n.h>
#include <string.h>

#define VISIBLE_HINTS_HEIGHT 190
#define TEXT_CHARS 44

typedef struct
{
  TraceSession *session; /* weak */
  GtkWidget *popover, *entry, *message, *list;
} FilterEntry;

static void
filter_entry_free (gpointer data)
{
  FilterEntry *self = data;
  g_clear_weak_pointer (&self->session);
  g_free (self);
}

/* What stands behind a field's name in the list of hints, and what choosing it writes. */
typedef struct
{
  const char *name, *display_name, *typed_operator;
  const char *example; /* (nullable) */
} FieldHint;

static FieldHint
get_hint (guint index)
{
  static const char *const examples[POOL_N_NUMBERS]
      = { "size>=4KiB", "age>10s", "lifetime<5ms", "allocated>=12.4s", "freed<20s" };
  if (index >= N_DIMENSIONS)
    {
      PoolNumber number = (PoolNumber) (index - N_DIMENSIONS);
      return (FieldHint){ pool_number_get_name (number), pool_number_get_display_name (number), ">",
                          examples[number] };
    }
  Dimension dimension = (Dimension) index;
  const char *example = dimension == DIMENSION_TAG     ? "tag=Irp*"
                        : dimension == DIMENSION_STACK ? "stack=*!Ntfs*"
                        : dimension == DIMENSION_TYPE  ? "type!=AIFI"
                                                       : NULL;
  return (FieldHint){ dimension_get_name (dimension), dimension_get_display_name (dimension), "=", example };
}

static void
set_text (FilterEntry *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
show_message (FilterEntry *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (self->message, *text != '\0');
  if (*text != '\0')
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               *text != '\0' ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
on_apply (GtkWidget *widget, gpointer data)
{
  FilterEntry *self = data;
  g_autoptr (GError) error = NULL;
  gsize offset;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gsize n_blanks = strspn (text, " ");
  if (self->session == NULL)
    return;
  g_autoptr (PoolCondition) condition = pool_condition_parse (text + n_blanks, &offset, &error);
  if (condition == NULL)
    {
      /* What is wrong is selected: typing replaces it. */
      int place = (int) g_utf8_pointer_to_offset (text, text + n_blanks + offset);
      gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
      gtk_editable_select_region (GTK_EDITABLE (self->entry), place, -1);
      show_message (self, error->message);
      return;
    }
  g_autoptr (PoolFilter) filter = pool_filter_with (trace_session_get_filter (self->session), condition);
  trace_session_set_filter (self->session, filter);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Whether a number has the same name as dimension @index: one hint is enough. */
static gboolean
is_number_too (guint index)
{
  for (guint i = N_DIMENSIONS; index < N_DIMENSIONS && i < N_DIMENSIONS + POOL_N_NUMBERS; i++)
    if (g_str_equal (get_hint (i).name, get_hint (index).name))
      return TRUE;
  return FALSE;
}

static gboolean
is_hint_shown (GtkListBoxRow *row, gpointer data)
{
  FilterEntry *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  guint index = (guint) gtk_list_box_row_get_index (row);
  FieldHint hint = get_hint (index);
  if (is_number_too (index))
    return FALSE;
  gsize length = strcspn (text, "=!<> ");
  if (text[length] != '\0')
    return strlen (hint.name) == length && strncmp (hint.name, text, length) == 0;
  return g_ascii_strncasecmp (hint.name, text, length) == 0;
}

static void
on_changed (GtkEditable *editable, gpointer data)
{
  FilterEntry *self = data;
  show_message (self, "");
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static void
on_hint_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  FilterEntry *self = data;
  FieldHint hint = get_hint ((guint) gtk_list_box_row_get_index (row));
  g_autofree char *text = g_strconcat (hint.name, hint.typed_operator, NULL);
  if (strcspn (gtk_editable_get_text (GTK_EDITABLE (self->entry)), "=!<>")
      == strlen (gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    set_text (self, text);
  else
    gtk_widget_grab_focus (self->entry);
}

/* Tab completes the name when only one begins so; Down goes to the hints. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  FilterEntry *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (key == GDK_KEY_Down)
    return gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
  if (key != GDK_KEY_Tab || *text == '\0' || text[strcspn (text, "=!<>")] != '\0')
    return FALSE;
  guint found = G_MAXUINT;
  for (guint i = 0; i < N_DIMENSIONS + POOL_N_NUMBERS; i++)
    if (g_ascii_strncasecmp (get_hint (i).name, text, strlen (text)) == 0)
      {
        if (found != G_MAXUINT && strcmp (get_hint (found).name, get_hint (i).name) != 0)
          return FALSE;
        found = i; /* of a name that is both, the number */
      }
  if (found == G_MAXUINT)
    return FALSE;
  g_autofree char *completed = g_strconcat (get_hint (found).name, get_hint (found).typed_operator, NULL);
  set_text (self, completed);
  return TRUE;
}

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_wrapped_label (const char *text, const char *class)
{
  GtkWidget *label = new_label (text, class);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_CHARS);
  return label;
}

static GtkWidget *
new_hint_list (FilterEntry *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->list = gtk_list_box_new ();
  for (guint i = 0; i < N_DIMENSIONS + POOL_N_NUMBERS; i++)
    {
      FieldHint hint = get_hint (i);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      GtkWidget *name = new_label (hint.name, "command-name");
      gtk_label_set_width_chars (GTK_LABEL (name), 10);
      gtk_box_append (GTK_BOX (line), name);
      gtk_box_append (GTK_BOX (line), new_label (_ (hint.display_name), NULL));
      if (hint.example != NULL)
        {
          GtkWidget *example = new_label (hint.example, "dim-label");
          gtk_widget_set_hexpand (example, TRUE);
          gtk_widget_set_halign (example, GTK_ALIGN_END);
          gtk_box_append (GTK_BOX (line), example);
        }
      gtk_list_box_append (GTK_LIST_BOX (self->list), line);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), is_hint_shown, self, NULL);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_hint_activated), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What a filter can begin with"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), VISIBLE_HINTS_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), VISIBLE_HINTS_HEIGHT);
  return scroller;
}

GtkWidget *
filter_entry_new (TraceSession *session)
{
  FilterEntry *self = g_new0 (FilterEntry, 1);
  g_set_weak_pointer (&self->session, session);
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "filter-entry", self, filter_entry_free);
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("tag=Leak, size>4KB, stack!=*ntfs*"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Condition that blocks must meet"), -1);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_apply), self);
  g_signal_connect (self->entry, "changed", G_CALLBACK (on_changed), self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->entry, keys);
  self->message = new_wrapped_label (NULL, "error");
  gtk_widget_set_visible (self->message, FALSE);
  GtkWidget *help = new_wrapped_label (
      _ ("= and != take patterns with *, ? and […]; numbers take <, <=, > and >= with units such as KiB or ms."),
      "dim-label");
  GtkWidget *apply = gtk_button_new_with_mnemonic (_ ("_Count Only These"));
  gtk_widget_add_css_class (apply, "suggested-action");
  gtk_widget_set_halign (apply, GTK_ALIGN_END);
  g_signal_connect (apply, "clicked", G_CALLBACK (on_apply), self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), new_hint_list (self));
  gtk_box_append (GTK_BOX (box), help);
  gtk_box_append (GTK_BOX (box), apply);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  return self->popover;
}
