/* Traces that were opened lately, in the desktop's own list of recent files. */
#pragma once

#include <gtk/gtk.h>

typedef struct
{
  char *uri, *path, *display_name; /* (owned) */
} RecentTrace;

/* The latest first, those that still exist; (transfer full): GPtrArray of RecentTrace. */
GPtrArray *recent_traces_list (void);
void recent_traces_add (GFile *file);
/* A menu of them with app.open-uri; (transfer full) (nullable): NULL when there is none. */
GMenuModel *recent_traces_create_menu (void);
