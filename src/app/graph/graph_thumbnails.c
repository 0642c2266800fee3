#include "app/graph/graph_thumbnails.h"

#include "chart/chart_thumbnail.h"
#include "chart/lifetime_chart.h"

/* Wider steps than of a graph are enough. */
#define BIN_WIDTH 2
#define RATE_BIN_WIDTH 6

typedef struct
{
  PoolTree *tree; /* (owned) */
  TimeRange range;
  ChartPalette palette;
  int width, height;
} Request;

struct _GraphThumbnails
{
  GObject parent_instance;
  Request wanted;            /* tree NULL: nothing more is wanted */
  GCancellable *cancellable; /* (owned) (nullable): of what runs */
  GPtrArray *pictures;       /* (owned): of GdkTexture, by kind */
};

G_DEFINE_FINAL_TYPE (GraphThumbnails, graph_thumbnails, G_TYPE_OBJECT)

static guint changed_signal;

static void
request_free (gpointer data)
{
  Request *request = data;
  pool_tree_unref (request->tree);
  g_free (request);
}

/* FALSE when cancelled. */
static gboolean
draw_kind (const GraphKind *kind, const Request *request, cairo_t *cr, GCancellable *cancellable)
{
  PoolTrace *trace = pool_tree_get_trace (request->tree);
  if (kind->is_of_lifetimes)
    {
      LifetimeHistogram histogram;
      if (!lifetime_histogram_fill (&histogram, request->tree, request->range, cancellable, NULL))
        return FALSE;
      lifetime_chart_draw (&histogram, &request->palette, NULL, cr, request->width, request->height);
      return TRUE;
    }
  gboolean is_rate = kind->measure == TIMELINE_ALLOCATION_RATE || kind->measure == TIMELINE_FREE_RATE;
  guint n_bins = (guint) MAX (1, request->width / (is_rate ? RATE_BIN_WIDTH : BIN_WIDTH));
  g_autoptr (TimelineBands) bands = graph_split_dup_bands (kind->split, request->tree);
  g_autoptr (PoolTimeline) timeline
      = pool_timeline_new (trace, pool_tree_get_selection (request->tree), request->range, bands, kind->measure,
                           pool_timeline_resolve_range (trace, TIME_RANGE_WHOLE), n_bins, cancellable, NULL);
  if (timeline == NULL)
    return FALSE;
  chart_thumbnail_draw (timeline, bands, &request->palette, cr, request->width, request->height);
  return TRUE;
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_graph_kinds; i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, request->width, request->height);
      cairo_t *cr = cairo_create (surface);
      gboolean is_drawn = draw_kind (&graph_kinds[i], request, cr, cancellable);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      gsize stride = (gsize) cairo_image_surface_get_stride (surface);
      g_autoptr (GBytes) bytes
          = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) request->height);
      cairo_surface_destroy (surface);
      if (!is_drawn)
        {
          g_task_return_error_if_cancelled (task);
          return;
        }
      g_ptr_array_add (pictures, gdk_memory_texture_new (request->width, request->height, GDK_MEMORY_DEFAULT, bytes,
                                                         stride));
    }
  g_task_return_pointer (task, g_steal_pointer (&pictures), (GDestroyNotify) g_ptr_array_unref);
}

static void start (GraphThumbnails *self);

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  GraphThumbnails *self = GRAPH_THUMBNAILS (source);
  g_autoptr (GPtrArray) pictures = g_task_propagate_pointer (G_TASK (result), NULL);
  g_clear_object (&self->cancellable);
  if (pictures != NULL)
    {
      g_ptr_array_unref (self->pictures);
      self->pictures = g_steal_pointer (&pictures);
      g_signal_emit (self, changed_signal, 0);
    }
  start (self);
}

static void
start (GraphThumbnails *self)
{
  if (self->cancellable != NULL || self->wanted.tree == NULL)
    return;
  Request *request = g_new (Request, 1);
  *request = self->wanted;
  self->wanted.tree = NULL;
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, run_job);
}

void
graph_thumbnails_request (GraphThumbnails *self, PoolTree *tree, TimeRange range, const ChartPalette *palette,
                          int width, int height)
{
  g_return_if_fail (width > 0 && height > 0);
  pool_tree_ref (tree);
  g_clear_pointer (&self->wanted.tree, pool_tree_unref);
  self->wanted = (Request){ tree, range, *palette, width, height };
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  start (self);
}

void
graph_thumbnails_clear (GraphThumbnails *self)
{
  g_clear_pointer (&self->wanted.tree, pool_tree_unref);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->pictures, 0);
  g_signal_emit (self, changed_signal, 0);
}

GdkTexture *
graph_thumbnails_get (GraphThumbnails *self, guint index)
{
  return index < self->pictures->len ? self->pictures->pdata[index] : NULL;
}

static void
graph_thumbnails_finalize (GObject *object)
{
  GraphThumbnails *self = GRAPH_THUMBNAILS (object);
  g_clear_pointer (&self->wanted.tree, pool_tree_unref);
  g_ptr_array_unref (self->pictures);
  G_OBJECT_CLASS (graph_thumbnails_parent_class)->finalize (object);
}

static void
graph_thumbnails_class_init (GraphThumbnailsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = graph_thumbnails_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
graph_thumbnails_init (GraphThumbnails *self)
{
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);
}

GraphThumbnails *
graph_thumbnails_new (void)
{
  return g_object_new (GRAPH_TYPE_THUMBNAILS, NULL);
}
