#include "app/health_text.h"

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
