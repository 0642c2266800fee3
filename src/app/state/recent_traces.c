#include "app/state/recent_traces.h"

#include "model/trace_source.h"

#define MAX_TRACES 8
#define MIME_TYPE "application/x-etl"

static void
recent_trace_free (gpointer data)
{
  RecentTrace *trace = data;
  g_free (trace->uri);
  g_free (trace->path);
  g_free (trace->display_name);
  g_free (trace);
}

static int
compare_visited (gconstpointer a, gconstpointer b)
{
  return -g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) a),
                               gtk_recent_info_get_visited ((GtkRecentInfo *) b));
}

GPtrArray *
recent_traces_list (void)
{
  GPtrArray *traces = g_ptr_array_new_with_free_func (recent_trace_free);
  GList *infos
      = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), compare_visited);
  for (GList *l = infos; l != NULL && traces->len < MAX_TRACES; l = l->next)
    {
      GtkRecentInfo *info = l->data;
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
      if (path == NULL || g_strcmp0 (gtk_recent_info_get_mime_type (info), MIME_TYPE) != 0
          || !trace_source_may_exist (path))
        continue;
      RecentTrace *trace = g_new0 (RecentTrace, 1);
      trace->uri = g_strdup (gtk_recent_info_get_uri (info));
      trace->path = g_filename_display_name (path);
      trace->display_name = g_filename_display_basename (path);
      g_ptr_array_add (traces, trace);
    }
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
  return traces;
}

void
recent_traces_add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData data = {
    .mime_type = (char *) MIME_TYPE,
    .app_name = (char *) "Poolscope",
    .app_exec = (char *) "poolscope %u",
  };
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

GMenuModel *
recent_traces_create_menu (void)
{
  g_autoptr (GPtrArray) traces = recent_traces_list ();
  if (traces->len == 0)
    return NULL;
  GMenu *menu = g_menu_new ();
  for (guint i = 0; i < traces->len; i++)
    {
      const RecentTrace *trace = g_ptr_array_index (traces, i);
      /* An underscore in a file name is not a mnemonic. */
      g_auto (GStrv) parts = g_strsplit (trace->display_name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "app.open-uri", "s", trace->uri);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}
