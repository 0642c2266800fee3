/* Symbols in a window: loading, what the bars show of it, the first use of the network. */
#include "app/window/window_private.h"

#include "app/health/modules_window.h"
#include "app/settings/app_settings.h"
#include "app/settings/symbol_paths_window.h"

#include <glib/gi18n.h>

static void
on_progress_changed (SymbolLoad *symbols, gpointer data)
{
  PoolscopeWindow *self = data;
  g_autofree char *state = symbol_load_dup_state (symbols);
  gboolean is_running = symbol_load_is_running (symbols);
  gtk_button_set_label (GTK_BUTTON (self->symbol_button), state);
  if (is_running)
    {
      g_autofree char *text = symbol_load_dup_progress (symbols);
      gtk_label_set_text (self->symbol_label, text);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->symbol_label), text);
    }
  if (is_running != gtk_widget_get_visible (self->symbol_bar))
    {
      gtk_widget_set_visible (self->symbol_bar, is_running);
      window_actions_update (self);
    }
}

static void
on_names_changed (SymbolLoad *symbols, gpointer data)
{
  PoolscopeWindow *self = data;
  window_views_set_names (self, symbol_load_get_names (symbols));
}

/* What to ask before the first use of the network. */
typedef struct
{
  PoolscopeWindow *window; /* (owned) */
  SymbolLoad *symbols;     /* (owned): the trace may be gone when the answer comes */
} Question;

static void
on_answer (GtkDialog *dialog, int response, gpointer data)
{
  Question *question = data;
  g_auto (SymbolSettings) settings = { 0 };
  symbol_settings_read (&settings);
  if (response == GTK_RESPONSE_ACCEPT)
    app_settings_set_boolean (app_settings_get (), "symbol-network-agreed", TRUE);
  else
    settings.is_offline = TRUE;
  if (question->window->symbols == question->symbols
      && (response == GTK_RESPONSE_ACCEPT || response == GTK_RESPONSE_REJECT))
    symbol_load_start (question->symbols, &settings);
  g_object_unref (question->window);
  g_object_unref (question->symbols);
  g_free (question);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
ask_for_network (PoolscopeWindow *self, const SymbolSettings *settings)
{
  Question *question = g_new (Question, 1);
  question->window = g_object_ref (self);
  question->symbols = g_object_ref (self->symbols);
  GtkWidget *dialog
    = gtk_message_dialog_new (GTK_WINDOW (self), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_QUESTION,
                              GTK_BUTTONS_NONE, "%s", _ ("Ask symbol servers on the network?"));
  gtk_message_dialog_format_secondary_text (
    GTK_MESSAGE_DIALOG (dialog),
    _ ("The servers of the symbol path are told the names and builds of the modules in your traces, nothing else. "
       "Downloaded files are kept.\n\nSymbol path: %s"),
    settings->path);
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Not Now"), GTK_RESPONSE_CANCEL, _ ("_Local Files Only"),
                          GTK_RESPONSE_REJECT, _ ("_Ask Servers"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Symbol Servers"));
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
window_symbols_load (PoolscopeWindow *self)
{
  g_auto (SymbolSettings) settings = { 0 };
  if (self->symbols == NULL)
    return;
  symbol_settings_read (&settings);
  if (symbol_settings_use_network (&settings)
      && !app_settings_get_boolean (app_settings_get (), "symbol-network-agreed"))
    ask_for_network (self, &settings);
  else
    symbol_load_start (self->symbols, &settings);
}

void
window_symbols_start (PoolscopeWindow *self)
{
  self->symbols = symbol_load_new (self->trace, frame_names_get_modules (self->names),
                                   frame_names_get_attribution (self->names));
  g_signal_connect (self->symbols, "progress-changed", G_CALLBACK (on_progress_changed), self);
  g_signal_connect (self->symbols, "names-changed", G_CALLBACK (on_names_changed), self);
  if (app_settings_get_boolean (app_settings_get (), "symbol-load-after-opening"))
    window_symbols_load (self);
  /* What lies beside the trace costs nothing and needs no asking. */
  if (!symbol_load_is_running (self->symbols))
    symbol_load_start (self->symbols, NULL);
}

void
window_symbols_stop (PoolscopeWindow *self)
{
  if (self->symbols == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->symbols, self);
  symbol_load_cancel (self->symbols);
  g_clear_object (&self->symbols);
  gtk_widget_set_visible (self->symbol_bar, FALSE);
}

static void
on_paths_saved (gboolean loads_now, gpointer data)
{
  g_autoptr (PoolscopeWindow) self = data;
  if (loads_now)
    window_symbols_load (self);
}

void
window_symbols_configure (PoolscopeWindow *self)
{
  symbol_paths_window_show (GTK_WINDOW (self), on_paths_saved, g_object_ref (self));
}

void
window_symbols_show_modules (PoolscopeWindow *self)
{
  if (self->symbols != NULL)
    modules_window_show (GTK_WINDOW (self), self->symbols);
}
