#include "app/health/limits_window.h"

#include "app/widgets/info_window.h"

#include <glib/gi18n.h>

static const struct
{
  const char *heading, *text;
} sections[] = {
  { N_ ("What stood in a lookaside list"),
    N_ ("Drivers keep freed blocks of one size in lookaside lists and hand them out again. A list turns to the pool "
        "only when it is empty, and returns blocks to it only when it is full. So a trace has no event for an "
        "allocation that a list served, and the blocks that wait in a list look as if they had never been freed. "
        "Such growth levels off when the list is as long as it gets; a leak does not.") },
  { N_ ("How large the pool is"),
    N_ ("A trace tells what changed while it was recorded. Blocks from before it are known only when they are freed in "
        "it. What the graph shows is the outstanding size of the blocks that were seen, never the size of the pool; "
        "poolmon, or the performance counters of the category Memory, tell that.") },
  { N_ ("Who is charged, and what is wasted"),
    N_ ("Quota charged to a process is not in the events: the process shown is the one that ran at that moment, also "
        "when a driver worked for another or an interrupt came in between. Sizes are those of the events. What the "
        "pool adds to each block for its header, for alignment and for the unused rest of a page is not seen, so many "
        "small blocks take more memory than their sum.") },
  { N_ ("Special pool"),
    N_ ("With special pool, as Driver Verifier uses it, each block has a page of its own and a guard page behind it. "
        "The trace shows the size that was asked for; the memory taken is many times that.") },
  { N_ ("Memory taken around the pool"),
    N_ ("Drivers can take memory from the memory manager directly: contiguous memory, pages for a memory descriptor "
        "list, mappings, views of sections. None of it passes the pool and none of it is in a pool trace. When a "
        "machine runs out of memory and no tag grows, look there.") },
};

void
limits_window_show (GtkWindow *parent)
{
  InfoWindow *window = info_window_new (parent, _ ("What a Pool Trace Cannot Show"), 620, 640);
  info_window_add_page (window, _ ("What a Pool Trace Cannot Show"));
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      info_window_add_heading (window, _ (sections[i].heading));
      info_window_add_text (window, _ (sections[i].text), "prose");
    }
  gtk_window_present (GTK_WINDOW (window));
}
