/* The list of what grew the most, a line per tag. */
#pragma once

#include "analysis/leak_ranking.h"

#include <gtk/gtk.h>

/* A column view without rows; "activate" tells the row that the user wants to see. (transfer floating) */
GtkWidget *grower_list_new (void);
/* @ranking: by Paged and Pool Tag; nullable. Stays the caller's and is to live as long as it is shown. */
void grower_list_show (GtkColumnView *list, const LeakRanking *ranking);
/* Gives the focus to the line that had it, or to the first. */
gboolean grower_list_grab_focus (GtkColumnView *list);
