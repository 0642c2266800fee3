#include "chart/chart_palette.h"

#define RGB(hex)                                                                                             \
  {                                                                                                          \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex) &255) / 255.0, 1.0                       \
  }
#define RGBA(hex, alpha)                                                                                     \
  {                                                                                                          \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex) &255) / 255.0, alpha                     \
  }

static const ChartPalette light_palette = {
  .background = RGB (0xffffff),
  .surface = RGB (0xffffff),
  .text = RGB (0x24292f),
  .dim_text = RGB (0x656d76),
  .grid = RGBA (0x24292f, 0.10),
  .total = RGB (0x24292f),
  .selection = RGB (0x1c71d8),
  .loss = RGBA (0xb3261e, 0.70),
  .bands = {
    RGB (0x0072b2), RGB (0xe69f00), RGB (0x009e73), RGB (0xd55e00), RGB (0x56b4e9),
    RGB (0xcc79a7), RGB (0xdcc84c), RGB (0x4b3f8f), RGB (0x882255), RGB (0x8a6d3b),
    RGB (0xb4b9bf),
  },
};

static const ChartPalette dark_palette = {
  .background = RGB (0x1e1e1e),
  .surface = RGB (0x1e1e1e),
  .text = RGB (0xeeeeec),
  .dim_text = RGB (0xa5a9ae),
  .grid = RGBA (0xffffff, 0.11),
  .total = RGB (0xf6f5f4),
  .selection = RGB (0x78aeed),
  .loss = RGBA (0xff7b72, 0.75),
  .bands = {
    RGB (0x2b8bc9), RGB (0xd99a1c), RGB (0x1aa57c), RGB (0xd4652a), RGB (0x7cc3ee),
    RGB (0xd088b0), RGB (0xcdbf5c), RGB (0x7d71c6), RGB (0xa8406f), RGB (0x9c8257),
    RGB (0x6a7077),
  },
};

const ChartPalette *
chart_palette_get (gboolean is_dark)
{
  return is_dark ? &dark_palette : &light_palette;
}

ChartPalette
chart_palette_for_text (ChartColor text)
{
  double luminance = 0.2126 * text.red + 0.7152 * text.green + 0.0722 * text.blue;
  ChartPalette palette = *chart_palette_get (luminance > 0.5);
  palette.background.alpha = 0;
  palette.text = palette.total = text;
  palette.dim_text = chart_color_with_alpha (text, 0.66 * text.alpha);
  palette.grid = chart_color_with_alpha (text, palette.grid.alpha);
  return palette;
}

/* Spreads keys that differ in few bits over all slots. */
static guint
slot_of_key (guint64 key)
{
  key ^= key >> 33;
  key *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  key ^= key >> 33;
  return (guint) (key % CHART_N_BAND_COLORS);
}

void
chart_palette_assign_slots (const guint64 *keys, guint n_keys, GHashTable *remembered, guint *ret_slots)
{
  guint users[CHART_N_BAND_COLORS] = { 0 };
  /* What was shown before keeps its colour, so it chooses first. */
  for (guint i = 0; i < n_keys; i++)
    {
      gpointer slot;
      ret_slots[i] = CHART_SLOT_OTHER;
      if (remembered && g_hash_table_lookup_extended (remembered, &keys[i], NULL, &slot)
          && users[GPOINTER_TO_UINT (slot)] == 0)
        users[ret_slots[i] = GPOINTER_TO_UINT (slot)]++;
    }
  for (guint i = 0; i < n_keys; i++)
    {
      if (ret_slots[i] != CHART_SLOT_OTHER)
        continue;
      guint first = slot_of_key (keys[i]), best = first;
      for (guint j = 0; j < CHART_N_BAND_COLORS; j++)
        if (users[(first + j) % CHART_N_BAND_COLORS] < users[best])
          best = (first + j) % CHART_N_BAND_COLORS;
      users[ret_slots[i] = best]++;
      if (remembered)
        g_hash_table_replace (remembered, g_memdup2 (&keys[i], sizeof keys[i]), GUINT_TO_POINTER (best));
    }
}

GHashTable *
chart_palette_memory_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

void
chart_color_set_source (ChartColor color, cairo_t *cr)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

ChartColor
chart_color_with_alpha (ChartColor color, double alpha)
{
  color.alpha = alpha;
  return color;
}
