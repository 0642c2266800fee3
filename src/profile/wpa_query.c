#include "profile/wpa_query.h"

#include <string.h>

#define MAXIMUM_TERMS 100

typedef struct
{
  const char *at;
} Scanner;

static void
wpa_term_free (gpointer data)
{
  WpaTerm *self = data;
  g_free (self->column);
  g_free (self->value);
  g_free (self);
}

static void
skip_blanks (Scanner *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

/* Whether @word follows, in any case, and something else behind it. */
static gboolean
take_word (Scanner *self, const char *word)
{
  gsize length = strlen (word);
  skip_blanks (self);
  if (g_ascii_strncasecmp (self->at, word, length) != 0 || g_ascii_isalnum (self->at[length]))
    return FALSE;
  self->at += length;
  return TRUE;
}

/* What stands between the next two characters @open and @close; (nullable): NULL, and nothing is taken. */
static char *
take_between (Scanner *self, char open, char close)
{
  skip_blanks (self);
  const char *end = *self->at == open ? strchr (self->at + 1, close) : NULL;
  if (!end)
    return NULL;
  char *text = g_strndup (self->at + 1, (gsize) (end - self->at) - 1);
  self->at = end + 1;
  return text;
}

static gboolean
take_match (Scanner *self, WpaMatch *ret_match)
{
  /* The longer ones first. */
  static const struct
  {
    const char *text;
    WpaMatch match;
  } matches[] = {
    { ":~=", WPA_MATCH_CONTAINS }, { ":~<", WPA_MATCH_BEGINS },  { ":~>", WPA_MATCH_ENDS },  { ":>=", WPA_MATCH_AT_LEAST },
    { ":<=", WPA_MATCH_AT_MOST },  { ":=", WPA_MATCH_EQUALS }, { ":>", WPA_MATCH_ABOVE }, { ":<", WPA_MATCH_BELOW },
  };
  skip_blanks (self);
  for (gsize i = 0; i < G_N_ELEMENTS (matches); i++)
    if (g_str_has_prefix (self->at, matches[i].text))
      {
        self->at += strlen (matches[i].text);
        *ret_match = matches[i].match;
        return TRUE;
      }
  return FALSE;
}

/* A value in quotes, or up to the next blank or bracket. */
static char *
take_value (Scanner *self)
{
  char *quoted = take_between (self, '"', '"');
  if (quoted || *self->at == '"')
    return quoted;
  gsize length = strcspn (self->at, " \t\r\n()[]\"");
  char *word = length > 0 ? g_strndup (self->at, length) : NULL;
  self->at += length;
  return word;
}

/* (nullable) */
static WpaTerm *
take_term (Scanner *self)
{
  WpaTerm *term = g_new0 (WpaTerm, 1);
  while (take_word (self, "NOT"))
    term->is_negated = !term->is_negated;
  term->column = take_between (self, '[', ']');
  if (term->column && take_match (self, &term->match))
    term->value = take_value (self);
  if (term->value)
    return term;
  wpa_term_free (term);
  return NULL;
}

GPtrArray *
wpa_query_parse (const char *query, gboolean keeps, gsize *ret_place)
{
  Scanner scanner = { query };
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (wpa_term_free);
  /* Not (a or b) is not a and not b: what is filtered out may have alternatives, what is kept may not. */
  const char *word = keeps ? "AND" : "OR";
  gboolean is_understood;
  do
    {
      WpaTerm *term = take_term (&scanner);
      is_understood = term != NULL && terms->len < MAXIMUM_TERMS;
      if (term)
        {
          term->is_negated ^= !keeps;
          g_ptr_array_add (terms, term);
        }
    }
  while (is_understood && take_word (&scanner, word));
  skip_blanks (&scanner);
  if (is_understood && *scanner.at == '\0')
    return g_steal_pointer (&terms);
  if (ret_place)
    *ret_place = (gsize) (scanner.at - query);
  return NULL;
}
