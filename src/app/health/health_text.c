#include "app/health/health_text.h"

#include <glib/gi18n.h>

/* Templates begin small, to stand within other sentences too. */
char *
health_text_dup_sentence (const TraceHealthItem *item)
{
  g_autofree char *text = trace_health_item_dup_sentence (item, _ (item->sentence_template));
  char first[6];
  int length = g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), first);
  return g_strdup_printf ("%.*s%s", length, first, *text != '\0' ? g_utf8_next_char (text) : "");
}

char *
health_text_dup_line (const GPtrArray *items, TraceHealthSeverity severity)
{
  GString *line = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = g_ptr_array_index (items, i);
      if (item->severity < severity)
        continue;
      g_autofree char *sentence = health_text_dup_sentence (item);
      g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", sentence);
    }
  return g_string_free (line, FALSE);
}
