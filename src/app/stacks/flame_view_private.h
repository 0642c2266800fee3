/* What the files of the flame graph's widget share: flame_view.c (state), flame_view_draw.c, flame_view_text.c (in
 * words), flame_view_input.c (pointer and keys). */
#pragma once

#include "app/stacks/flame_view.h"

struct _FlameView
{
  GtkWidget parent_instance;
  FlameLayout *layout; /* (owned) (nullable) */
  Metric metric;
  gboolean is_icicle;
  char *find_text;     /* (owned) */
  char **selected_path; /* (owned) (nullable): of what is or was selected */
  guint32 selected, hovered; /* rectangles */
  GHashTable *color_memory;
  GskRenderNode *picture; /* (owned) (nullable): the chart as last drawn */
  graphene_size_t picture_size;
  char *root_label;    /* (owned) */
  int width;
};

/* What is drawn now. Nothing is owned. */
FlameChart flame_view_get_chart (FlameView *self);
/* (transfer none): of the layout, which is there */
const FlameRect *flame_view_get_rect (FlameView *self, guint32 rect);
/* 0 without a layout. */
guint32 flame_view_get_n_rects (FlameView *self);
/* Where @rect lies in the widget. */
FlameBox flame_view_get_box (FlameView *self, guint32 rect);

/* What is drawn is another; drawn again when it is seen. */
void flame_view_forget_picture (FlameView *self);
/* The snapshot of the widget class. */
void flame_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* Tells assistive technology what is shown and selected. */
void flame_view_update_description (FlameView *self);

/* Adds the controllers. */
void flame_view_input_init (FlameView *self);
