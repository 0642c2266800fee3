#include "analysis/leak_ignore_list.h"

#include "analysis/pool_filter.h"

#include <string.h>

/* Cuts off the comment, which stands at the beginning or behind a blank, and blanks around the rest. */
static char *
strip_line (char *line)
{
  for (char *mark = strchr (line, '#'); mark != NULL; mark = strchr (mark + 1, '#'))
    if (mark == line || g_ascii_isspace (mark[-1]))
      {
        *mark = '\0';
        break;
      }
  return g_strstrip (line);
}

static gboolean
add_expression (GStrvBuilder *builder, const char *dimension, const char *pattern, GError **error)
{
  g_autofree char *expression = g_strconcat (dimension, "!=", pattern, NULL);
  const char *const alone[] = { expression, NULL };
  g_autoptr (PoolFilter) filter = pool_filter_new (alone, error);
  if (filter == NULL)
    return FALSE;
  g_strv_builder_add (builder, expression);
  return TRUE;
}

/* @line: not empty. A frame may hold "=", behind something else than a name. */
static gboolean
add_line (GStrvBuilder *builder, const char *line, GError **error)
{
  gsize n_letters = strspn (line, "abcdefghijklmnopqrstuvwxyz");
  if (n_letters == 0 || line[n_letters] != '=')
    return add_expression (builder, "tag", line, error) && add_expression (builder, "stack", line, error);
  g_autofree char *name = g_strndup (line, n_letters);
  const char *pattern = line + n_letters + 1;
  if (!g_str_equal (name, "tag") && !g_str_equal (name, "stack"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "“%s” is neither tag nor stack; write tag=PATTERN, stack=PATTERN or a pattern alone", name);
      return FALSE;
    }
  if (*pattern == '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "there is no pattern behind “%s=”; write one, as in %s=*, or take the line out", name, name);
      return FALSE;
    }
  return add_expression (builder, name, pattern, error);
}

char **
leak_ignore_list_parse (const char *text, const char *name, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s: this is no text in UTF-8; name a text file with one pattern in each line", name);
      return NULL;
    }
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) wrong = NULL;
      const char *line = strip_line (lines[i]);
      if (*line != '\0' && !add_line (builder, line, &wrong))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s, line %u: %s", name, i + 1,
                       wrong->message);
          return NULL;
        }
    }
  return g_strv_builder_end (builder);
}
