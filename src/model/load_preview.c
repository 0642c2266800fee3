#include "model/load_preview.h"

#define FIRST_BIN_NS G_GINT64_CONSTANT (1000000)

struct _LoadPreview
{
  GMutex mutex; /* guards snapshot and published_earlier */
  LoadPreviewSnapshot snapshot;
  guint64 published_earlier[2];
  /* The writer's own, by is_paged, and as all sums here modulo 2^64, should a damaged trace claim such sizes: */
  guint64 outstanding_bytes[2];
  guint64 earlier_bytes[2]; /* allocated before the trace: outstanding from the first bin on */
  gint64 bin_end_ns;
};

LoadPreview *
load_preview_new (void)
{
  LoadPreview *self = g_new0 (LoadPreview, 1);
  g_mutex_init (&self->mutex);
  self->snapshot.bin_ns = FIRST_BIN_NS;
  self->bin_end_ns = FIRST_BIN_NS;
  return self;
}

void
load_preview_free (LoadPreview *self)
{
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
halve_bins (LoadPreviewSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->n_bins / 2; i++)
    {
      snapshot->nonpaged_bytes[i] = snapshot->nonpaged_bytes[2 * i + 1];
      snapshot->paged_bytes[i] = snapshot->paged_bytes[2 * i + 1];
    }
  snapshot->n_bins /= 2;
  snapshot->bin_ns *= 2;
}

/* Fills the bins that end at or before @time_ns with the value so far. */
static void
publish (LoadPreview *self, gint64 time_ns)
{
  g_mutex_lock (&self->mutex);
  LoadPreviewSnapshot *snapshot = &self->snapshot;
  while (time_ns / snapshot->bin_ns >= LOAD_PREVIEW_N_BINS)
    {
      /* An odd last bin is doubled, so that no bin is lost in halving. */
      if (snapshot->n_bins % 2)
        {
          snapshot->nonpaged_bytes[snapshot->n_bins] = (gint64) self->outstanding_bytes[0];
          snapshot->paged_bytes[snapshot->n_bins] = (gint64) self->outstanding_bytes[1];
          snapshot->n_bins++;
        }
      halve_bins (snapshot);
    }
  guint n_bins = (guint) (time_ns / snapshot->bin_ns);
  for (guint i = snapshot->n_bins; i < n_bins; i++)
    {
      snapshot->nonpaged_bytes[i] = (gint64) self->outstanding_bytes[0];
      snapshot->paged_bytes[i] = (gint64) self->outstanding_bytes[1];
    }
  snapshot->n_bins = MAX (snapshot->n_bins, n_bins);
  self->published_earlier[0] = self->earlier_bytes[0];
  self->published_earlier[1] = self->earlier_bytes[1];
  self->bin_end_ns = ((gint64) snapshot->n_bins + 1) * snapshot->bin_ns;
  g_mutex_unlock (&self->mutex);
}

/* Outstanding memory changes by @change_bytes at @time_ns, which never goes backwards. */
void
load_preview_add (LoadPreview *self, gint64 time_ns, gboolean is_paged, gint64 change_bytes)
{
  if (G_UNLIKELY (time_ns >= self->bin_end_ns))
    publish (self, time_ns);
  self->outstanding_bytes[is_paged ? 1 : 0] += (guint64) change_bytes;
}

/* A block of @size_bytes turned out to have been outstanding from the beginning. */
void
load_preview_add_earlier (LoadPreview *self, gboolean is_paged, gint64 size_bytes)
{
  self->earlier_bytes[is_paged ? 1 : 0] += (guint64) size_bytes;
}

/* Copies what has been published so far; safe from any thread. */
void
load_preview_read (LoadPreview *self, LoadPreviewSnapshot *ret_snapshot)
{
  g_mutex_lock (&self->mutex);
  *ret_snapshot = self->snapshot;
  for (guint i = 0; i < ret_snapshot->n_bins; i++)
    {
      ret_snapshot->nonpaged_bytes[i]
          = (gint64) ((guint64) ret_snapshot->nonpaged_bytes[i] + self->published_earlier[0]);
      ret_snapshot->paged_bytes[i] = (gint64) ((guint64) ret_snapshot->paged_bytes[i] + self->published_earlier[1]);
    }
  g_mutex_unlock (&self->mutex);
}
