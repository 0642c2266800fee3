#include "app/graph/graph_preview.h"

enum
{
  BAND_NONPAGED,
  BAND_PAGED,
  N_BANDS
};

PoolTimeline *
graph_preview_dup_timeline (LoadPreview *preview)
{
  g_autofree LoadPreviewSnapshot *snapshot = g_new0 (LoadPreviewSnapshot, 1);
  load_preview_read (preview, snapshot);
  if (snapshot->n_bins == 0 || snapshot->bin_ns <= 0)
    return NULL;
  guint n_bins = MIN (snapshot->n_bins, LOAD_PREVIEW_N_BINS);
  PoolTimeline *timeline = g_new0 (PoolTimeline, 1);
  timeline->n_bins = n_bins;
  timeline->n_bands = N_BANDS;
  timeline->measure = TIMELINE_OUTSTANDING_SIZE;
  timeline->end_ns = snapshot->bin_ns > G_MAXINT64 / n_bins ? G_MAXINT64 : snapshot->bin_ns * n_bins;
  timeline->total = g_new0 (TimelineBin, n_bins);
  timeline->bands = g_new0 (TimelineBin, (gsize) N_BANDS * n_bins);
  for (guint i = 0; i < n_bins; i++)
    {
      gint64 nonpaged = snapshot->nonpaged_bytes[i];
      gint64 paged = snapshot->paged_bytes[i];
      timeline->bands[BAND_NONPAGED * n_bins + i] = (TimelineBin){ nonpaged, nonpaged, nonpaged };
      timeline->bands[BAND_PAGED * n_bins + i] = (TimelineBin){ paged, paged, paged };
      timeline->total[i] = (TimelineBin){ nonpaged + paged, nonpaged + paged, nonpaged + paged };
    }
  return timeline;
}

const TimelineBands *
graph_preview_get_bands (void)
{
  static char *labels[] = { (char *) "NonPaged", (char *) "Paged" };
  static guint64 keys[] = { 0, 1 };
  static const TimelineBands bands = { .n_bands = N_BANDS, .labels = labels, .keys = keys };
  return &bands;
}
