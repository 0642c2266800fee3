/* The timeline of a load in progress, in the two bands that are known from the start. */
#pragma once

#include "analysis/pool_timeline.h"
#include "model/load_preview.h"

/* (transfer full) (nullable): NULL while there is nothing to show. */
PoolTimeline *graph_preview_dup_timeline (LoadPreview *preview);
/* Its bands; (transfer none). */
const TimelineBands *graph_preview_get_bands (void);
