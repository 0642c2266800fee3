/* What the flame graph draws, computed off the main thread.
 *
 * One computation runs at a time; what is asked for meanwhile starts when it is done, the latest only. So the picture
 * follows a range that is dragged at the pace of the machine, and what it has stays on screen until better is there.
 *
 * Signal "changed": there is a new result.
 */
#pragma once

#include "analysis/flame_layout.h"

#include <glib-object.h>

#define FLAME_TYPE_DATA (flame_data_get_type ())
G_DECLARE_FINAL_TYPE (FlameData, flame_data, FLAME, DATA, GObject)

typedef struct
{
  PoolTreeValues *values;
  PoolTree *scope_tree;    /* of the scope; may be an older one than that of the values */
  PoolTreeRow scope;       /* whose stacks are shown; POOL_TREE_ROOT for all of the values */
  Dimension dimension;     /* of stacks */
  FlameOptions options;
  const char *find_text;   /* "" for none */
} FlameRequest;

/* What came of the last request that was computed. */
typedef struct
{
  FlameLayout *layout;
  PoolTreeValues *values;
  PoolTreeRow scope;     /* the row of the values that the scope is */
  Metric metric;
  guint64 found_weight;  /* what goes through frames that were looked for */
} FlameResult;

FlameData *flame_data_new (void);
/* All is copied. NULL: there is nothing to show, at once. */
void flame_data_request (FlameData *self, const FlameRequest *request);
/* (transfer none) (nullable): until "changed" is emitted */
const FlameResult *flame_data_get_result (FlameData *self);
