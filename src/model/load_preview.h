/* The growing graph of a load in progress: outstanding size so far, in at most LOAD_PREVIEW_N_BINS
 * equal time bins, written by the loader and copied by whoever draws. When the bins run out two
 * become one. One thread writes, any thread reads.
 */
#pragma once

#include <glib.h>

#define LOAD_PREVIEW_N_BINS 1024

typedef struct _LoadPreview LoadPreview;

typedef struct
{
  gint64 bin_ns;     /* length of a bin */
  guint n_bins;      /* bins filled so far */
  gint64 nonpaged_bytes[LOAD_PREVIEW_N_BINS]; /* outstanding at the end of each bin */
  gint64 paged_bytes[LOAD_PREVIEW_N_BINS];
} LoadPreviewSnapshot;

LoadPreview *load_preview_new (void);
void load_preview_free (LoadPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LoadPreview, load_preview_free)
void load_preview_add (LoadPreview *self, gint64 time_ns, gboolean is_paged, gint64 change_bytes);
void load_preview_add_earlier (LoadPreview *self, gboolean is_paged, gint64 size_bytes);
void load_preview_read (LoadPreview *self, LoadPreviewSnapshot *ret_snapshot);
