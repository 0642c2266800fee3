#include "chart/flame_chart.h"

#include <string.h>

#include "analysis/caseless.h"
#include "chart/chart_text.h"

#define HEADER_HEIGHT 28.0
#define LEAST_ROW_HEIGHT 2.0
#define LEAST_TEXT_ROW 11.0   /* height under which a row has no text */
#define LEAST_TEXT_WIDTH 24.0
#define LEAST_GAP_WIDTH 3.0   /* narrower boxes have no line between them: they would be nothing but lines */
#define TEXT_MARGIN 3.0
#define FILL_ALPHA 0.55       /* lets text stand out from every colour of the palette */
#define FAINT_ALPHA 0.18      /* of what is not looked for, and of what was zoomed past */

static double
get_top (const FlameChart *self)
{
  return self->title != NULL || self->subtitle != NULL ? HEADER_HEIGHT : 0;
}

static double
get_row_height (const FlameChart *self, double height)
{
  guint32 n_depths = flame_layout_get_n_depths (self->layout);
  double room = (height - get_top (self)) / MAX (n_depths, 1);
  return CLAMP (room, LEAST_ROW_HEIGHT, FLAME_CHART_ROW_HEIGHT);
}

double
flame_chart_get_natural_height (const FlameChart *self)
{
  return get_top (self) + FLAME_CHART_ROW_HEIGHT * flame_layout_get_n_depths (self->layout);
}

static double
get_y (const FlameChart *self, guint32 depth, double height)
{
  double row_height = get_row_height (self, height);
  return self->is_icicle ? get_top (self) + depth * row_height : height - (depth + 1) * row_height;
}

FlameBox
flame_chart_get_box (const FlameChart *self, guint32 rect, double width, double height)
{
  guint32 n_rects;
  const FlameRect *at = &flame_layout_get_rects (self->layout, &n_rects)[rect];
  return (FlameBox){ at->start * width, get_y (self, at->depth, height), at->width * width,
                     get_row_height (self, height) };
}

guint32
flame_chart_find (const FlameChart *self, double width, double height, double x, double y)
{
  double row_height = get_row_height (self, height);
  double depth = self->is_icicle ? (y - get_top (self)) / row_height : (height - y) / row_height;
  if (width <= 0 || depth < 0 || depth >= flame_layout_get_n_depths (self->layout))
    return FLAME_NO_RECT;
  return flame_layout_find (self->layout, x / width, (guint32) depth);
}

/* --- Colours -------------------------------------------------------------------------------------------- */

/* What frames of one module have in common; a tag's group for tags. (transfer full) */
static char *
dup_color_name (const char *text)
{
  gsize length = frame_text_get_module_length (text);
  return g_strndup (text, length > 0 ? length : strcspn (text, "\\"));
}

typedef struct
{
  guint64 key;
  double width;
} ModuleWidth;

static int
compare_widths (gconstpointer first, gconstpointer second)
{
  const ModuleWidth *a = first, *b = second;
  if (a->width != b->width)
    return a->width > b->width ? -1 : 1;
  return a->key < b->key ? -1 : a->key > b->key;
}

/* Adds the rectangle to what its module covers. @places: name (owned) -> index in @modules + 1. */
static void
add_width (GHashTable *places, GArray *modules, const char *text, double width)
{
  char *name = dup_color_name (text);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, name));
  if (place == 0)
    {
      g_array_append_val (modules, ((ModuleWidth){ g_str_hash (name), 0 }));
      place = modules->len;
      g_hash_table_insert (places, g_strdup (name), GUINT_TO_POINTER (place));
    }
  g_array_index (modules, ModuleWidth, place - 1).width += width;
  g_free (name);
}

/* The colour of each module: the widest choose first. Returns: (transfer full): key of the name -> slot + 1 */
static GHashTable *
assign_colors (const FlameChart *self)
{
  guint32 n_rects;
  const FlameRect *rects = flame_layout_get_rects (self->layout, &n_rects);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) modules = g_array_new (FALSE, FALSE, sizeof (ModuleWidth));
  for (guint32 i = 1; i < n_rects; i++)
    if (rects[i].n_merged == 0)
      add_width (places, modules, flame_layout_get_text (self->layout, i), rects[i].width);
  g_array_sort (modules, compare_widths);
  g_autofree guint64 *keys = g_new (guint64, modules->len + 1u);
  g_autofree guint *slots = g_new (guint, modules->len + 1u);
  for (guint i = 0; i < modules->len; i++)
    keys[i] = g_array_index (modules, ModuleWidth, i).key;
  chart_palette_assign_slots (keys, modules->len, self->color_memory, slots);
  GHashTable *colors = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < modules->len; i++)
    g_hash_table_insert (colors, GUINT_TO_POINTER ((guint) keys[i]), GUINT_TO_POINTER (slots[i] + 1));
  return colors;
}

gboolean
flame_chart_is_found (const FlameChart *self, guint32 rect)
{
  guint32 n_rects;
  const FlameRect *at = &flame_layout_get_rects (self->layout, &n_rects)[rect];
  return at->depth > 0 && at->n_merged == 0
         && caseless_find (flame_layout_get_text (self->layout, rect), self->find_text, NULL) != NULL;
}

/* Those above the one zoomed into are numbered before it. */
static gboolean
is_faint (const FlameChart *self, guint32 rect)
{
  return self->find_text != NULL ? !flame_chart_is_found (self, rect) : rect < flame_layout_get_zoomed (self->layout);
}

static ChartColor
get_color (const FlameChart *self, const ChartPalette *palette, GHashTable *colors, guint32 rect)
{
  guint32 n_rects;
  const FlameRect *at = &flame_layout_get_rects (self->layout, &n_rects)[rect];
  guint slot = CHART_SLOT_OTHER;
  if (at->depth > 0 && at->n_merged == 0)
    {
      g_autofree char *name = dup_color_name (flame_layout_get_text (self->layout, rect));
      slot = GPOINTER_TO_UINT (g_hash_table_lookup (colors, GUINT_TO_POINTER (g_str_hash (name)))) - 1;
    }
  return chart_color_with_alpha (palette->bands[slot], is_faint (self, rect) ? FAINT_ALPHA : FILL_ALPHA);
}

/* --- Drawing -------------------------------------------------------------------------------------------- */

static const char *
get_label (const FlameChart *self, guint32 rect)
{
  guint32 n_rects;
  const FlameRect *at = &flame_layout_get_rects (self->layout, &n_rects)[rect];
  if (at->n_merged > 0)
    return self->rest_label != NULL ? self->rest_label : "…";
  if (at->depth == 0)
    return self->root_label != NULL ? self->root_label : "";
  return flame_layout_get_text (self->layout, rect);
}

/* The function alone where there is no room for the module too: the colour tells it. */
static const char *
shorten (PangoContext *context, const char *label, double room)
{
  const char *function = strchr (label, '!');
  double width;
  if (function == NULL)
    return label;
  chart_text_measure (context, label, &width, NULL);
  return width > room ? function + 1 : label;
}

static void
draw_label (const FlameChart *self, const ChartPalette *palette, PangoContext *context, cairo_t *cr, guint32 rect,
            FlameBox box)
{
  double room = box.width - 2 * TEXT_MARGIN, text_height;
  if (box.height < LEAST_TEXT_ROW || box.width < LEAST_TEXT_WIDTH)
    return;
  const char *label = shorten (context, get_label (self, rect), room);
  chart_text_measure (context, label, NULL, &text_height);
  cairo_save (cr);
  cairo_rectangle (cr, box.x, box.y, box.width, box.height);
  cairo_clip (cr);
  chart_text_draw (cr, context, label, box.x + TEXT_MARGIN, box.y + (box.height - text_height) / 2,
                   is_faint (self, rect) ? palette->dim_text : palette->text, (ChartTextStyle){ .max_width = room });
  cairo_restore (cr);
}

static void
draw_header (const FlameChart *self, const ChartPalette *palette, PangoContext *context, cairo_t *cr, double width)
{
  double x = TEXT_MARGIN, title_width = 0;
  if (self->title != NULL)
    {
      chart_text_measure (context, self->title, &title_width, NULL);
      chart_text_draw (cr, context, self->title, x, 6, palette->text,
                       (ChartTextStyle){ .is_bold = TRUE, .max_width = width - 2 * TEXT_MARGIN });
      x += title_width * 1.15 + 12;
    }
  if (self->subtitle != NULL && x < width - LEAST_TEXT_WIDTH)
    chart_text_draw (cr, context, self->subtitle, x, 6, palette->dim_text,
                     (ChartTextStyle){ .max_width = width - x - TEXT_MARGIN });
}

void
flame_chart_draw (const FlameChart *self, const ChartPalette *palette, PangoContext *context, cairo_t *cr, double width,
                  double height)
{
  guint32 n_rects;
  flame_layout_get_rects (self->layout, &n_rects);
  g_autoptr (GHashTable) colors = assign_colors (self);
  if (palette->background.alpha > 0)
    {
      chart_color_set_source (palette->background, cr);
      cairo_paint (cr);
    }
  draw_header (self, palette, context, cr, width);
  for (guint32 i = 0; i < n_rects; i++)
    {
      FlameBox box = flame_chart_get_box (self, i, width, height);
      double gap = box.width > LEAST_GAP_WIDTH ? 1 : 0;
      chart_color_set_source (get_color (self, palette, colors, i), cr);
      cairo_rectangle (cr, box.x, box.y, box.width - gap, box.height - (box.height > LEAST_GAP_WIDTH ? 1 : 0));
      cairo_fill (cr);
      draw_label (self, palette, context, cr, i, box);
    }
}
