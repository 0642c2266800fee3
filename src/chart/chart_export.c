#include "chart/chart_export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <pango/pangocairo.h>

#define FONT "Sans"
#define FONT_SIZE 12.0

typedef enum
{
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
  N_FORMATS
} Format;

static gboolean
get_format (const char *path, Format *ret_format)
{
  static const char *const endings[N_FORMATS] = { ".png", ".svg", ".pdf" };
  gsize length = strlen (path);
  for (guint i = 0; i < N_FORMATS; i++)
    if (length > 4 && g_ascii_strcasecmp (path + length - 4, endings[i]) == 0)
      {
        *ret_format = (Format) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
chart_export_knows_path (const char *path)
{
  Format format;
  return get_format (path, &format);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
create_surface (Format format, GByteArray *bytes, int width, int height)
{
  if (format == FORMAT_PNG)
    return cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  if (format == FORMAT_PDF)
    return cairo_pdf_surface_create_for_stream (append_bytes, bytes, width, height);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  return surface;
}

/* Draws what is exported. */
typedef void (*DrawFunc) (gconstpointer chart, const ChartPalette *palette, PangoContext *context, cairo_t *cr,
                          int width, int height);

typedef struct
{
  DrawFunc draw;
  gconstpointer chart;
  const ChartPalette *palette;
  int width, height;
} Picture;

static void
draw_timeline (gconstpointer chart, const ChartPalette *palette, PangoContext *context, cairo_t *cr, int width,
               int height)
{
  ChartGeometry geometry;
  timeline_chart_lay_out (chart, context, width, height, &geometry);
  timeline_chart_draw (chart, &geometry, palette, context, cr, width, height);
}

static void
draw_flame (gconstpointer chart, const ChartPalette *palette, PangoContext *context, cairo_t *cr, int width, int height)
{
  flame_chart_draw (chart, palette, context, cr, width, height);
}

static void
draw_picture (const Picture *picture, cairo_t *cr)
{
  PangoContext *context = pango_cairo_create_context (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);
  ChartPalette opaque = *picture->palette;
  opaque.background = opaque.background.alpha > 0 ? opaque.background : opaque.surface;
  pango_font_description_set_absolute_size (font, FONT_SIZE * PANGO_SCALE);
  pango_context_set_font_description (context, font);
  picture->draw (picture->chart, &opaque, context, cr, picture->width, picture->height);
  g_object_unref (context);
}

/* Renders into memory: what cannot be drawn never touches the file. */
static cairo_status_t
render (const Picture *picture, Format format, GByteArray *bytes)
{
  cairo_surface_t *surface = create_surface (format, bytes, picture->width, picture->height);
  cairo_t *cr = cairo_create (surface);
  draw_picture (picture, cr);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == FORMAT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static gboolean
write_picture (const Picture *picture, const char *path, GError **error)
{
  Format format;
  if (!get_format (path, &format))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                   "%s: pictures are written as .png, .svg or .pdf; give the file one of these endings",
                   path);
      return FALSE;
    }
  if (picture->width < 1 || picture->height < 1 || picture->width > CHART_EXPORT_MAX_SIZE
      || picture->height > CHART_EXPORT_MAX_SIZE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s: a picture of %d × %d pixels cannot be written; each side may have 1 to %d", path,
                   picture->width, picture->height, CHART_EXPORT_MAX_SIZE);
      return FALSE;
    }
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = render (picture, format, bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: the picture could not be drawn: %s", path,
                   cairo_status_to_string (status));
      return FALSE;
    }
  g_autoptr (GError) write_error = NULL;
  if (!g_file_set_contents_full (path, (const char *) bytes->data, (gssize) bytes->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0666, &write_error))
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_file_error ((GFileError) write_error->code),
                   "%s: the picture could not be written: %s", path, write_error->message);
      return FALSE;
    }
  return TRUE;
}

gboolean
chart_export_file (const TimelineChart *chart, const char *path, int width, int height,
                   const ChartPalette *palette, GError **error)
{
  const Picture picture = { draw_timeline, chart, palette, width, height };
  return write_picture (&picture, path, error);
}

gboolean
chart_export_flame_file (const FlameChart *chart, const char *path, int width, int height,
                         const ChartPalette *palette, GError **error)
{
  const Picture picture = { draw_flame, chart, palette, width, height };
  return write_picture (&picture, path, error);
}
