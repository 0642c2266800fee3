#include "chart_fixture.h"

#include <math.h>

static void
test_slots_are_distinct (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (guint round = 0; round < 500; round++)
    {
      guint64 keys[CHART_N_BAND_COLORS];
      guint slots[CHART_N_BAND_COLORS], users[CHART_N_BAND_COLORS] = { 0 };
      for (guint i = 0; i < CHART_N_BAND_COLORS; i++)
        keys[i] = (guint64) g_rand_int (random) << 32 | i;
      chart_palette_assign_slots (keys, CHART_N_BAND_COLORS, NULL, slots);
      for (guint i = 0; i < CHART_N_BAND_COLORS; i++)
        {
          g_assert_cmpuint (slots[i], <, CHART_N_BAND_COLORS);
          g_assert_cmpuint (users[slots[i]]++, ==, 0);
        }
    }
}

/* A band alone and the same band first among others have one colour. */
static void
test_slot_follows_key (void)
{
  guint64 keys[] = { 77, 5, 6, 7 };
  guint alone, slots[4];
  chart_palette_assign_slots (keys, 1, NULL, &alone);
  chart_palette_assign_slots (keys, 4, NULL, slots);
  g_assert_cmpuint (alone, ==, slots[0]);
}

static void
test_memory (void)
{
  g_autoptr (GHashTable) memory = chart_palette_memory_new ();
  guint64 keys[8], reversed[8];
  guint first[8], second[8];
  for (guint i = 0; i < 8; i++)
    {
      keys[i] = i * 1000 + 3;
      reversed[7 - i] = keys[i];
    }
  chart_palette_assign_slots (keys, 8, memory, first);
  chart_palette_assign_slots (reversed, 8, memory, second);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpuint (second[7 - i], ==, first[i]);
  /* Others between, then the first ones again. */
  guint64 other_keys[] = { 90001, 90002, 90003, 90004 };
  guint other[4];
  chart_palette_assign_slots (other_keys, 4, memory, other);
  chart_palette_assign_slots (keys, 8, memory, second);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpuint (second[i], ==, first[i]);
}

static void
test_more_keys_than_colors (void)
{
  guint64 keys[40];
  guint slots[40];
  for (guint i = 0; i < 40; i++)
    keys[i] = i;
  chart_palette_assign_slots (keys, 40, NULL, slots);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (slots[i], <, CHART_N_BAND_COLORS);
}

static void
test_other_is_grey (void)
{
  TimelineBands *bands = fixture_bands_new (4, TRUE);
  g_autofree guint *slots = timeline_chart_dup_slots (bands, NULL);
  g_assert_cmpuint (slots[3], ==, CHART_SLOT_OTHER);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (slots[i], <, CHART_N_BAND_COLORS);
  timeline_bands_free (bands);
}

static double
luminance (ChartColor color)
{
  double parts[] = { color.red, color.green, color.blue }, weights[] = { 0.2126, 0.7152, 0.0722 }, sum = 0;
  for (guint i = 0; i < 3; i++)
    sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
contrast (ChartColor one, ChartColor other)
{
  double a = luminance (one) + 0.05, b = luminance (other) + 0.05;
  return MAX (a, b) / MIN (a, b);
}

/* Text as accessibility guidelines ask for it; no band vanishes on its ground; no two bands are alike. */
static void
test_contrast (void)
{
  for (int is_dark = 0; is_dark < 2; is_dark++)
    {
      const ChartPalette *palette = chart_palette_get (is_dark);
      g_assert_cmpfloat (contrast (palette->text, palette->surface), >=, 7);
      g_assert_cmpfloat (contrast (palette->dim_text, palette->surface), >=, 4.5);
      for (guint i = 0; i <= CHART_SLOT_OTHER; i++)
        {
          g_assert_cmpfloat (contrast (palette->bands[i], palette->surface), >=, 1.5);
          for (guint j = 0; j < i; j++)
            {
              ChartColor a = palette->bands[i], b = palette->bands[j];
              double distance = hypot (hypot (a.red - b.red, a.green - b.green), a.blue - b.blue);
              g_assert_cmpfloat (distance, >, 0.15);
            }
        }
    }
}

static void
test_for_text (void)
{
  ChartPalette on_light = chart_palette_for_text ((ChartColor){ 0.1, 0.1, 0.1, 1 });
  ChartPalette on_dark = chart_palette_for_text ((ChartColor){ 0.9, 0.9, 0.9, 1 });
  g_assert_cmpfloat (on_light.surface.red, >, 0.9);
  g_assert_cmpfloat (on_dark.surface.red, <, 0.2);
  g_assert_cmpfloat (on_light.background.alpha, ==, 0);
  g_assert_cmpfloat (on_dark.text.red, ==, 0.9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-palette/slots-are-distinct", test_slots_are_distinct);
  g_test_add_func ("/chart-palette/slot-follows-key", test_slot_follows_key);
  g_test_add_func ("/chart-palette/memory", test_memory);
  g_test_add_func ("/chart-palette/more-keys-than-colors", test_more_keys_than_colors);
  g_test_add_func ("/chart-palette/other-is-grey", test_other_is_grey);
  g_test_add_func ("/chart-palette/contrast", test_contrast);
  g_test_add_func ("/chart-palette/for-text", test_for_text);
  return g_test_run ();
}
