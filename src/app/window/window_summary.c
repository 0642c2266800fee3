/* The summary above graph and table: opened and closed, and the way from what grew to its row. */
#include "app/window/window_private.h"

#include "app/settings/app_settings.h"
#include "app/test_log.h"

static gboolean
is_open (PoolscopeWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->summary));
}

static gboolean
has_focus (PoolscopeWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->summary));
}

gboolean
window_summary_close (PoolscopeWindow *self)
{
  if (!is_open (self))
    return FALSE;
  if (has_focus (self))
    gtk_widget_grab_focus (GTK_WIDGET (window_get_view (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
  test_log_add ("summary closed");
  return TRUE;
}

gboolean
window_summary_leave (PoolscopeWindow *self)
{
  return has_focus (self) && window_summary_close (self);
}

static void
on_close_summary (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  window_summary_close (data);
}

/* Opens it, goes to it, and from it closes it. */
static void
on_summary (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PoolscopeWindow *self = data;
  if (window_summary_leave (self))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->summary), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->summary));
  test_log_add ("summary opened");
}

/* What the row that stands for @grower has in the column of @dimension. (nullable): nothing that is known. */
static const char *
get_text (const LeakRanking *growers, const LeakRow *grower, Dimension dimension)
{
  if (dimension == DIMENSION_TYPE)
    return "AIFO";
  if (dimension == DIMENSION_IMPACT)
    return "Impacting";
  for (gsize i = 0; i < growers->n_levels; i++)
    if (growers->grouping[i] == dimension)
      return grower->key[i];
  for (LeakOrigin origin = 0; origin < LEAK_N_ORIGINS; origin++)
    {
      Dimension of_origin;
      if (leak_origin_get_dimension (origin, &of_origin) && of_origin == dimension)
        return grower->origins[origin];
    }
  return NULL;
}

/* The texts from the root down to the tag, as far as the grouping of the table goes along. */
static char **
dup_path (PoolscopeWindow *self, const LeakRanking *growers, const LeakRow *grower)
{
  gsize n_levels;
  const Dimension *grouping = trace_session_get_grouping (window_get_session (self), &n_levels);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (gsize i = 0, n_found = 0; i < n_levels && n_found < growers->n_levels; i++)
    {
      const char *text = get_text (growers, grower, grouping[i]);
      if (text == NULL)
        break;
      g_strv_builder_add (builder, text);
      n_found += grouping[i] == DIMENSION_TAG || grouping[i] == DIMENSION_PAGED;
    }
  return g_strv_builder_end (builder);
}

static void
on_activated (SummaryView *summary, guint position, gpointer data)
{
  PoolscopeWindow *self = data;
  const LeakRanking *growers = summary_view_get_summary (summary)->growers;
  g_auto (GStrv) path = dup_path (self, growers, &g_array_index (growers->rows, LeakRow, position));
  analysis_view_go_to_row (window_get_view (self), (const char *const *) path);
}

static void
on_health_listed (HealthBar *bar, gpointer data)
{
  summary_view_set_health (POOLSCOPE_WINDOW (data)->summary, health_bar_get_items (bar));
}

void
window_summary_set_trace (PoolscopeWindow *self)
{
  summary_view_set_trace (self->summary, self->trace, self->names);
  gtk_widget_set_visible (GTK_WIDGET (self->summary),
                          self->trace != NULL
                              && app_settings_get_boolean (app_settings_get (), "summary-after-load"));
}

void
window_summary_install (PoolscopeWindow *self)
{
  static const GActionEntry entries[] = {
    { "summary", on_summary, NULL, NULL, NULL, { 0 } },
    { "close-summary", on_close_summary, NULL, NULL, NULL, { 0 } },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (self->summary, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect (self->health_bar, "listed", G_CALLBACK (on_health_listed), self);
}

void
window_summary_update_actions (PoolscopeWindow *self)
{
  static const char *const names[] = { "summary", "close-summary" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    window_actions_set_enabled (self, names[i], self->trace != NULL);
}
