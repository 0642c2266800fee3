/* The flame graph, or upside down the icicle, of what a session counts: the stacks in range and filter, or those of the
 * selected row, with what chooses, zooms and finds among them.
 *
 * A selected frame is the selected row of the table too, where the table has its column. While the page is not shown
 * nothing is computed.
 *
 * Tells the window's action win.table-page when the table is asked for. Signal "selection-changed" (): another frame is
 * the selected one, or none.
 *
 * Signal "message" (const char *text): something to tell in the status line.
 */
#pragma once

#include "app/session/trace_session.h"
#include "app/table/tree_walk.h"

#define FLAME_TYPE_PAGE (flame_page_get_type ())
G_DECLARE_FINAL_TYPE (FlamePage, flame_page, FLAME, PAGE, GtkWidget)

/* Both nullable together: nothing is shown. @walk goes to rows of the session's table. */
void flame_page_set_session (FlamePage *self, TraceSession *session, TreeWalk *walk);
/* Outermost frames at the top. */
void flame_page_set_icicle (FlamePage *self, gboolean is_icicle);
/* Puts the cursor where the frame to find is typed; goes to the next one found, or the one before. */
void flame_page_open_find (FlamePage *self);
void flame_page_find (FlamePage *self, gboolean is_backward);
/* The text of the selected frame, NULL when there is none. (transfer full) (nullable) */
char *flame_page_dup_frame (FlamePage *self, Dimension *ret_dimension);
/* Keeps or excludes the selected frame; FALSE when there is none. */
gboolean flame_page_filter (FlamePage *self, gboolean is_excluded);
/* Writes the picture to @path; see flame_view_export(). */
gboolean flame_page_export (FlamePage *self, const char *path, GError **error);
