/* Folding frames away and showing modules once: for the current row, the selected frame of the flame graph, or a
 * pattern. Both are steps of the view's history, and chips of the filter bar. */
#include "app/window/window_private.h"

#include "app/test_log.h"

#include <glib/gi18n.h>

/* Takes over @stacks. */
static void
set_stacks (PoolscopeWindow *self, StackOptions *stacks)
{
  g_autoptr (StackOptions) owned_stacks = stacks;
  trace_session_set_stacks (window_get_session (self), stacks);
  g_autofree char *folds = g_strjoinv (" ", stacks->folds), *groups = g_strjoinv (" ", stacks->groups);
  test_log_add ("stacks folds=%s groups=%s", folds, groups);
}

static StackOptions *
get_stacks (PoolscopeWindow *self)
{
  return trace_session_get_stacks (window_get_session (self));
}

/* Folds, or groups, what @dup_glob makes of the current frame. */
static void
add_for_frame (PoolscopeWindow *self, char *(*dup_glob) (const char *frame_text), gboolean is_group)
{
  Dimension dimension;
  g_autofree char *frame = window_dup_current_frame (self, &dimension);
  g_autofree char *glob = frame != NULL ? dup_glob (frame) : NULL;
  if (glob != NULL)
    set_stacks (self, is_group ? stack_options_with_group (get_stacks (self), glob)
                               : stack_options_with_fold (get_stacks (self), glob));
}

static void
on_fold_function (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_for_frame (data, stack_fold_dup_function, FALSE);
}

static void
on_fold_module (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_for_frame (data, stack_fold_dup_module, FALSE);
}

static void
on_group_module (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_for_frame (data, stack_group_dup_module, TRUE);
}

static void
on_group_modules (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  StackOptions *stacks = get_stacks (self);
  static const char *const all[] = { STACK_OPTIONS_ALL_MODULES, NULL };
  set_stacks (self, stack_options_new (NULL, (const char *const *) stacks->folds, all));
}

static void
on_unfold_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_stacks (data, stack_options_new (NULL, NULL, NULL));
}

static void
on_remove_fold (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (window_get_session (data) != NULL)
    set_stacks (data, stack_options_without (get_stacks (data), g_variant_get_uint32 (parameter)));
}

/* By pattern */

static void
on_pattern_typed (GtkWidget *widget, gpointer data)
{
  GtkWidget *dialog = GTK_WIDGET (gtk_widget_get_root (widget));
  PoolscopeWindow *self = POOLSCOPE_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
  g_autofree char *pattern = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (data))));
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (*pattern == '\0' || window_get_session (self) == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (window_get_view (self)));
  set_stacks (self, stack_options_with_fold (get_stacks (self), pattern));
}

static GtkWidget *
new_pattern_box (const char *pattern)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *text = gtk_label_new (_ ("Frames that read like the pattern go into their caller. * stands for any text, ? for one "
                                      "character; “Ntfs.sys!*” is all of a module."));
  GtkWidget *entry = gtk_entry_new (), *button = gtk_button_new_with_mnemonic (_ ("_Fold"));
  gtk_widget_add_css_class (box, "page");
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 48);
  gtk_editable_set_text (GTK_EDITABLE (entry), pattern);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pattern"), -1);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect (entry, "activate", G_CALLBACK (on_pattern_typed), entry);
  g_signal_connect (button, "clicked", G_CALLBACK (on_pattern_typed), entry);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (widget));
  return TRUE;
}

static void
on_fold_pattern (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  Dimension dimension;
  g_autofree char *frame = window_dup_current_frame (self, &dimension);
  g_autofree char *pattern = frame != NULL ? stack_fold_dup_module (frame) : NULL;
  GtkWidget *dialog = g_object_new (GTK_TYPE_WINDOW, "title", _ ("Fold by Pattern"), "transient-for", self, "modal",
                                    TRUE, "destroy-with-parent", TRUE, "resizable", FALSE, "child",
                                    new_pattern_box (pattern != NULL ? pattern : ""), NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (dialog, keys);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Actions */

static const GActionEntry entries[] = {
  { "fold-function", on_fold_function, NULL, NULL, NULL, { 0 } },
  { "fold-module", on_fold_module, NULL, NULL, NULL, { 0 } },
  { "fold-pattern", on_fold_pattern, NULL, NULL, NULL, { 0 } },
  { "group-module", on_group_module, NULL, NULL, NULL, { 0 } },
  { "group-modules", on_group_modules, NULL, NULL, NULL, { 0 } },
  { "unfold-all", on_unfold_all, NULL, NULL, NULL, { 0 } },
  { "remove-fold", on_remove_fold, "u", NULL, NULL, { 0 } },
};

void
window_folds_install (PoolscopeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
window_folds_update_actions (PoolscopeWindow *self)
{
  Dimension dimension;
  TraceSession *session = window_get_session (self);
  StackOptions *stacks = session != NULL ? trace_session_get_stacks (session) : NULL;
  g_autofree char *frame = window_dup_current_frame (self, &dimension);
  g_autofree char *function = frame != NULL ? stack_fold_dup_function (frame) : NULL;
  g_autofree char *module = frame != NULL ? stack_group_dup_module (frame) : NULL;
  gboolean groups_all = stacks != NULL && stacks->groups[0] != NULL
                        && g_str_equal (stacks->groups[0], STACK_OPTIONS_ALL_MODULES);
  window_actions_set_enabled (self, "fold-function", function != NULL);
  window_actions_set_enabled (self, "fold-module", module != NULL);
  window_actions_set_enabled (self, "fold-pattern", session != NULL);
  window_actions_set_enabled (self, "group-module", module != NULL && !groups_all);
  window_actions_set_enabled (self, "group-modules", session != NULL && !groups_all);
  window_actions_set_enabled (self, "unfold-all", stacks != NULL && !stack_options_is_plain (stacks));
  window_actions_set_enabled (self, "remove-fold", stacks != NULL && !stack_options_is_plain (stacks));
}
