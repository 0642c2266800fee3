/* What the files of the page share: flame_page.c (what is shown of what), flame_page_choice.c (of which metric and
 * stacks), flame_page_zoom.c (the way into the zoom), flame_page_find.c (frames with a text), flame_page_frame.c (what
 * is done with the selected frame). */
#pragma once

#include "app/stacks/flame_data.h"
#include "app/stacks/flame_page.h"
#include "app/stacks/flame_view.h"

struct _FlamePage
{
  GtkWidget parent_instance;
  /* Template */
  GtkWidget *bar; /* bound so that it goes with the template, as pages does */
  GtkDropDown *metric_drop_down, *dimension_drop_down;
  GtkBox *steps;
  GtkLabel *found_label, *empty_title, *empty_text;
  GtkSearchEntry *find_entry;
  GtkStack *pages;
  GtkScrolledWindow *scroller;
  FlameView *view;
  GMenuModel *menu;

  GtkWidget *popover;    /* (nullable) */
  GSimpleActionGroup *actions; /* (owned) */
  FlameData *data;       /* (owned) */
  TraceSession *session; /* (owned) (nullable) */
  TreeWalk *walk;        /* (owned) (nullable) */
  gboolean is_icicle;
  gboolean follows_row;  /* the scope is the selected row */
  PoolTree *scope_tree;  /* (owned) (nullable): of the scope */
  PoolTreeRow scope;
  GPtrArray *zooms;      /* (owned): of char **; the way into the zoom, each path longer than the one before */
  GCancellable *locating; /* (owned) (nullable): of the search for the row of the selected frame */
  gboolean is_walking;   /* the table is on its way to that row: the scope stays */
  double distance_to_base; /* of what is seen from the outermost frames, in pixels */
  gboolean is_scrolling; /* by ourselves */
};

/* Asks for the picture of what is chosen now. */
void flame_page_request (FlamePage *self);

/* flame_page_choice.c */
void flame_page_choice_init (FlamePage *self);
/* What makes a frame wide, and which stacks are drawn. */
Metric flame_page_get_metric (FlamePage *self);
Dimension flame_page_get_dimension (FlamePage *self);

/* flame_page_find.c */
void flame_page_find_init (FlamePage *self);
/* Tells how much of @result was found, or else when some of it is not drawn. */
void flame_page_find_show_found (FlamePage *self, const FlameResult *result);

/* flame_page_zoom.c */
void flame_page_zoom_init (FlamePage *self);
/* Lets what zooms be used where it can. */
void flame_page_zoom_update_actions (FlamePage *self);
/* The texts down to the frame that is zoomed into. (transfer none) (nullable) */
const char *const *flame_page_get_zoom (FlamePage *self);
/* Shows everything again, once something else asks for the picture. */
void flame_page_forget_zoom (FlamePage *self);

/* flame_page_frame.c */
void flame_page_frame_init (FlamePage *self);
/* Lets what is done with a frame be used where one is selected. */
void flame_page_frame_update_actions (FlamePage *self);
/* Rows of frames are looked for with @walk (nullable) from now on. */
void flame_page_frame_set_walk (FlamePage *self, TreeWalk *walk);
/* Stops looking for the row of a frame. */
void flame_page_stop_locating (FlamePage *self);
