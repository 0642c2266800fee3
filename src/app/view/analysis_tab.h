/* The tab of an analysis view: its title, a button that closes it, a menu, and a little form to rename it.
 *
 * Signal "close" (): the user wants the view to go.
 */
#pragma once

#include "app/view/analysis_view.h"

#define ANALYSIS_TYPE_TAB (analysis_tab_get_type ())
G_DECLARE_FINAL_TYPE (AnalysisTab, analysis_tab, ANALYSIS, TAB, GtkWidget)

/* For a page of a GtkNotebook. */
GtkWidget *analysis_tab_new (AnalysisView *view);
/* Asks for another title. */
void analysis_tab_rename (AnalysisTab *self);
