#include "app/settings/shortcuts_window.h"

#include "app/widgets/info_window.h"

#include <glib/gi18n.h>

/* A line without keys is a heading. */
static const struct
{
  const char *keys, *what;
} lines[] = {
  { NULL, N_ ("Table") },
  { "→", N_ ("Open the row through every single frame, to where paths part") },
  { "←", N_ ("Close the row, then go to its parent") },
  { "Ctrl+→", N_ ("Follow the heaviest path to its end") },
  { "*", N_ ("Open everything below") },
  { "+  −", N_ ("Open or close one row") },
  { "Home  End  Page Up  Page Down", N_ ("Move through the rows") },
  { "Ctrl+B", N_ ("Callers and callees of the function; Enter there goes on, Alt+← back, Ctrl+M by module") },
  { "Ctrl+I", N_ ("Show the allocations of the selected rows one by one, or close them") },
  { "Space  .", N_ ("Show or hide the row, or its band, in the graph") },
  { "A … Z  0 … 9", N_ ("Jump to the next row with the text typed") },
  { "Ctrl+P", N_ ("Choose a preset: groups, columns and sort at once") },
  { "Ctrl+E", N_ ("View Editor: columns, groups, aggregations, sort, your presets; Alt+↑ and Alt+↓ there move a column") },
  { "Ctrl+F", N_ ("Find text in the groups, also in closed rows") },
  { "F3  Shift+F3", N_ ("Go to the next or the previous hit") },
  { "Ctrl+F3  Ctrl+Shift+F3", N_ ("Select every hit; filter to what was found") },
  { "Ctrl+C", N_ ("Copy the stack") },
  { "Ctrl+Alt+C", N_ ("Copy the stack as Markdown") },
  { "Ctrl+Shift+C", N_ ("Copy the selected rows with headers") },
  { NULL, N_ ("Single Allocations") },
  { "Ctrl+C", N_ ("Copy the selected allocations for the debugger, as !pool commands") },
  { "Ctrl+Shift+C", N_ ("Copy the selected allocations with headers") },
  { "Ctrl+Alt+C", N_ ("Copy the addresses") },
  { "Ctrl+A", N_ ("Select all of them") },
  { "Esc", N_ ("Close them") },
  { NULL, N_ ("Graph") },
  { "←  →", N_ ("Move the start of the range") },
  { "Shift+←  Shift+→", N_ ("Move the end of the range") },
  { "Home  End", N_ ("Range to the start or the end of the trace") },
  { "Ctrl+.", N_ ("Zoom to the range") },
  { "Ctrl++  Ctrl+−", N_ ("Zoom in or out; also Ctrl and the wheel") },
  { "Ctrl+Shift+−", N_ ("Unzoom") },
  { NULL, N_ ("Flame Graph") },
  { "F8  Shift+F8  Ctrl+F8", N_ ("Flame graph, icicle or table in the same place") },
  { "↑  ↓", N_ ("Go to the caller or the heaviest callee") },
  { "←  →", N_ ("Go to the frame beside it") },
  { "Home  End", N_ ("Go to all stacks, or to the end of the heaviest path") },
  { "Enter", N_ ("Zoom into the frame; Esc or Backspace goes back") },
  { NULL, N_ ("Stacks") },
  { "Ctrl+D  Ctrl+Shift+D", N_ ("Fold away the function of the row, or its module") },
  { "Ctrl+Alt+D", N_ ("Fold away what reads like a pattern") },
  { "Ctrl+Alt+M  Ctrl+Alt+Shift+M", N_ ("One row for frames of the module in a row, or of any module") },
  { "Ctrl+U", N_ ("Unfold and ungroup everything") },
  { "Alt+F8", N_ ("Files of stack tags") },
  { NULL, N_ ("Range and Filter") },
  { "Ctrl+R", N_ ("Type the range") },
  { "Ctrl+Shift+F", N_ ("Type a filter") },
  { "Ctrl+Enter", N_ ("Filter to what the row stands for") },
  { "Ctrl+Shift+Enter", N_ ("Filter to the row and all that it lies in") },
  { "Ctrl+Delete", N_ ("Filter out what the selected rows stand for") },
  { "Ctrl+Z  Ctrl+Shift+Z", N_ ("Undo and redo ranges and filters") },
  { "Ctrl+Shift+Delete", N_ ("Remove the range and all filters") },
  { "Ctrl+Shift+R", N_ ("Use the complete part of a trace that wrapped") },
  { "Esc", N_ ("Count the whole trace again; close the summary; stop reading") },
  { NULL, N_ ("Analysis Views") },
  { "Ctrl+N", N_ ("New analysis view: its own range, filters, columns and open rows") },
  { "Ctrl+K", N_ ("Duplicate the view as it is") },
  { "F2", N_ ("Rename the view") },
  { "Ctrl+G  F9", N_ ("Graph Explorer: arrows choose a graph, Enter adds it to the view") },
  { "Ctrl+Shift+.", N_ ("Zoom to the range in a new view") },
  { "Ctrl+T", N_ ("Show or hide the table") },
  { "Ctrl+Shift+T  Ctrl+Shift+G  Ctrl+Shift+B", N_ ("Table only, graph only, both") },
  { "Ctrl+L  Ctrl+H", N_ ("Show or hide the legend; the column headers") },
  { "Ctrl+M  Ctrl+Shift+M", N_ ("Highlight the range in all graphs and views; no more") },
  { "Ctrl+Page Down  Ctrl+Page Up", N_ ("Next and previous view") },
  { "Ctrl+Shift+Page Up  Ctrl+Shift+Page Down", N_ ("Move the view to the left or right") },
  { NULL, N_ ("Window") },
  { "Ctrl+O", N_ ("Open a trace") },
  { "F4", N_ ("Open the summary, go to it, close it; Enter shows the row in the table") },
  { "Ctrl+Alt+R", N_ ("Record a trace: the commands for Windows") },
  { "F6", N_ ("Go from the graph to the table, the single allocations and back") },
  { "F7  Shift+F7  Ctrl+F7", N_ ("Load symbols; say where they are looked for; modules and their symbols") },
  { "Ctrl+J", N_ ("Notes on the trace") },
  { "Ctrl+Shift+J", N_ ("Show the trace as new: one view, the default columns, no range and filters") },
  { "Alt+Enter", N_ ("Trace properties") },
  { "Ctrl+,", N_ ("Preferences") },
  { "F1", N_ ("This list") },
  { "Shift+F1", N_ ("What a pool trace cannot show") },
  { "Ctrl+W  Ctrl+Shift+W  Ctrl+Q", N_ ("Close the view; the window with all its views; quit") },
};

void
shortcuts_window_show (GtkWindow *parent)
{
  InfoWindow *window = info_window_new (parent, _ ("Keyboard Shortcuts"), 620, 640);
  info_window_add_page (window, _ ("Keyboard Shortcuts"));
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].keys == NULL)
      info_window_add_heading (window, _ (lines[i].what));
    else
      info_window_add_line (window, lines[i].keys, _ (lines[i].what), FALSE);
  gtk_window_present (GTK_WINDOW (window));
}
