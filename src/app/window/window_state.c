/* What the window remembers of its trace: saved now and then and when the trace goes, put back when it is opened. */
#include "app/window/window_private.h"

#include "app/settings/app_settings.h"
#include "app/state/notes_window.h"
#include "app/state/trace_state_store.h"
#include "app/test_log.h"

#include <glib/gi18n.h>

#define SAVE_SECONDS 60

static void
get_identity (PoolscopeWindow *self, TraceIdentity *ret_identity)
{
  trace_identity_init (ret_identity, g_file_peek_path (self->file), &self->trace->info);
}

static TraceState *
dup_state (PoolscopeWindow *self)
{
  TraceState *state = trace_state_new ();
  for (int i = 0; i < gtk_notebook_get_n_pages (self->views) && state->views->len < TRACE_STATE_MAX_VIEWS; i++)
    g_ptr_array_add (state->views,
                     analysis_view_dup_state (ANALYSIS_VIEW (gtk_notebook_get_nth_page (self->views, i))));
  state->current_view = MIN ((guint) MAX (0, gtk_notebook_get_current_page (self->views)), state->views->len);
  g_free (state->notes);
  state->notes = g_strdup (self->notes != NULL ? self->notes : "");
  return state;
}

void
window_state_save (PoolscopeWindow *self)
{
  if (self->trace == NULL)
    return;
  g_auto (TraceIdentity) identity = { 0 };
  g_autoptr (TraceState) state = dup_state (self);
  g_autofree char *folder = trace_state_store_dup_folder ();
  g_autoptr (GError) error = NULL;
  get_identity (self, &identity);
  g_autofree char *text = trace_state_write (state, &identity);
  if (g_strcmp0 (text, self->saved_state) == 0)
    return;
  g_free (self->saved_state);
  self->saved_state = g_steal_pointer (&text);
  if (!trace_state_store_save (folder, &identity, state, &error))
    window_show_message (self, error->message);
  test_log_add ("state saved");
}

static gboolean
on_save_timeout (gpointer data)
{
  window_state_save (data);
  return G_SOURCE_CONTINUE;
}

static void
restore_views (PoolscopeWindow *self, const TraceState *state)
{
  for (guint i = 0; i < state->views->len; i++)
    {
      if (i > 0)
        window_views_add (self);
      analysis_view_restore (window_get_view (self), g_ptr_array_index (state->views, i));
    }
  gtk_notebook_set_current_page (self->views, (int) state->current_view);
}

void
window_state_restore (PoolscopeWindow *self)
{
  g_auto (TraceIdentity) identity = { 0 };
  g_autofree char *folder = trace_state_store_dup_folder ();
  g_autoptr (GError) error = NULL;
  get_identity (self, &identity);
  g_autoptr (TraceState) state = trace_state_store_load (folder, &identity, &error);
  self->state_timer = g_timeout_add_seconds (SAVE_SECONDS, on_save_timeout, self);
  if (error != NULL)
    {
      window_show_message (self, error->message);
      test_log_add ("state refused %s", error->message);
    }
  if (state == NULL)
    return;
  self->notes = g_steal_pointer (&state->notes);
  if (!app_settings_get_boolean (app_settings_get (), "restore-view") || state->views->len == 0)
    return;
  restore_views (self, state);
  gtk_widget_grab_focus (GTK_WIDGET (window_get_view (self)));
  window_show_message (self, _ ("This is how you left the trace. “Start Fresh” in the menu shows it as new."));
  test_log_add ("state restored views=%u", state->views->len);
}

void
window_state_stop (PoolscopeWindow *self)
{
  window_state_save (self);
  g_clear_handle_id (&self->state_timer, g_source_remove);
  g_clear_pointer (&self->notes, g_free);
  g_clear_pointer (&self->saved_state, g_free);
}

/* Actions */

static void
on_start_fresh (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  window_views_close_all (self);
  window_views_add (self);
  table_view_reset_columns (window_get_table (self));
  window_show_message (self, self->notes != NULL && *self->notes != '\0'
                                 ? _ ("The trace is shown as new. The notes on it stay.")
                                 : _ ("The trace is shown as new."));
  test_log_add ("fresh");
}

static void
on_notes_changed (const char *notes, gpointer data)
{
  PoolscopeWindow *self = data;
  g_free (self->notes);
  self->notes = g_strdup (notes);
}

static void
on_notes (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  notes_window_show (GTK_WINDOW (self), self->trace->info.display_name, self->notes, on_notes_changed, self);
}

static const GActionEntry entries[] = {
  { "start-fresh", on_start_fresh, NULL, NULL, NULL, { 0 } },
  { "notes", on_notes, NULL, NULL, NULL, { 0 } },
};

void
window_state_install (PoolscopeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
window_state_update_actions (PoolscopeWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    window_actions_set_enabled (self, entries[i].name, self->trace != NULL);
}
