/* Any bytes as a recording profile: checked, mended, and the mended one checked; and as a layout of WPA. */
#include "profile/profile_check.h"
#include "profile/wpa_presets.h"
#include "profile/wpa_query.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) mend_error = NULL;
  g_autoptr (GPtrArray) findings = profile_check (bytes, "fuzz.wprp", &error);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GBytes) mended = profile_mend (bytes, "fuzz.wprp", &left, &mend_error);
  g_assert ((findings != NULL) == (mended != NULL));
  g_assert (findings != NULL || (error != NULL && g_utf8_validate (error->message, -1, NULL)));
  for (guint i = 0; findings && i < findings->len; i++)
    {
      g_autofree char *sentence = profile_finding_dup_sentence (g_ptr_array_index (findings, i), NULL);
      g_assert (g_utf8_validate (sentence, -1, NULL));
    }
  g_autoptr (GError) layout_error = NULL;
  g_autoptr (GPtrArray) presets = wpa_presets_parse (bytes, "fuzz.wpaProfile", &layout_error);
  g_assert ((presets == NULL) == (layout_error != NULL));
  for (guint i = 0; presets && i < presets->len; i++)
    {
      const WpaPreset *preset = g_ptr_array_index (presets, i);
      g_autoptr (GPtrArray) terms = wpa_query_parse (preset->filter, preset->filter_keeps, NULL);
    }
  return 0;
}
