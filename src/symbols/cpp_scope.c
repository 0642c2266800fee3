#include "symbols/cpp_grammar.h"

/* A block of a function, as in "?1??main@@YAXXZ": the number and the whole symbol of the function. */
static const char *
read_local_scope (CppReader *self)
{
  char number[24];
  gint64 value;
  if (!cpp_read_number (self, &value) || !cpp_skip (self, "?"))
    return NULL;
  const char *symbol = cpp_read_symbol (self);
  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, value);
  return symbol ? cpp_join (self, "`", symbol, "'::`", number, "'", NULL) : NULL;
}

static const char *
read_scope (CppReader *self)
{
  if (g_ascii_isdigit (cpp_peek (self)))
    return cpp_read_back_reference (self);
  if (cpp_skip (self, "?$"))
    return cpp_read_template_name (self);
  if (cpp_skip (self, "?A"))
    {
      const char *end = memchr (self->at, '@', (gsize)(self->end - self->at));
      if (!end)
        return NULL;
      self->at = end + 1;
      if (self->names.n < MOST_BACK_REFERENCES)
        self->names.texts[self->names.n++] = "`anonymous namespace'";
      return "`anonymous namespace'";
    }
  if (cpp_skip (self, "?"))
    return read_local_scope (self);
  return cpp_read_identifier (self);
}

const char *
cpp_read_scopes (CppReader *self, const char **ret_first)
{
  const char *text = "";
  *ret_first = "";
  while (!cpp_skip (self, "@"))
    {
      if (!cpp_enter (self))
        return NULL;
      const char *scope = read_scope (self);
      self->depth--;
      if (!scope)
        return NULL;
      if (**ret_first == '\0')
        *ret_first = scope;
      if (!(text = cpp_join (self, scope, "::", text, NULL)))
        return NULL;
    }
  return text;
}

const char *
cpp_read_type_name (CppReader *self)
{
  const char *first, *leaf;
  if (g_ascii_isdigit (cpp_peek (self)))
    leaf = cpp_read_back_reference (self);
  else if (cpp_skip (self, "?$"))
    leaf = cpp_read_template_name (self);
  else
    leaf = cpp_read_identifier (self);
  const char *scopes = leaf ? cpp_read_scopes (self, &first) : NULL;
  return scopes ? cpp_join (self, scopes, leaf, NULL) : NULL;
}
