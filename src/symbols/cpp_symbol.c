#include "symbols/cpp_grammar.h"

/* Behind the name: whether it is a function with an object, without one, or has no type at all. The letters
 * are in groups of eight for private, protected and public members; Y and Z are free functions. */
static gboolean
read_encoding_start (CppReader *self, gboolean *ret_has_this)
{
  gint64 adjustment;
  *ret_has_this = FALSE;
  cpp_skip (self, "$$h");
  cpp_skip (self, "$$J0");
  char letter = cpp_peek (self);
  self->at++;
  if (letter == '$' && cpp_peek (self) >= '0' && cpp_peek (self) <= '5')
    {
      self->at++;
      *ret_has_this = TRUE;
      return cpp_read_number (self, &adjustment) && cpp_read_number (self, &adjustment);
    }
  if (letter < 'A' || letter > 'Z')
    return FALSE;
  guint place = (guint)(letter - 'A') % 8;
  *ret_has_this = letter < 'Y' && place != 2 && place != 3;
  return letter >= 'Y' || place < 6 || cpp_read_number (self, &adjustment);
}

/* Steps over what follows a name inside another one. Returns: what a function returns, "" for variables. */
static const char *
read_encoding (CppReader *self)
{
  gboolean has_this;
  char letter = cpp_peek (self);
  if (cpp_skip (self, "9"))
    return "";
  if (letter >= '0' && letter <= '4')
    {
      self->at++;
      return cpp_read_type (self) && cpp_read_qualifiers (self, 'A') ? "" : NULL;
    }
  return read_encoding_start (self, &has_this) ? cpp_read_function (self, has_this) : NULL;
}

const char *
cpp_read_symbol_name (CppReader *self, gboolean *ret_is_read)
{
  CppLeaf leaf;
  const char *first = "";
  *ret_is_read = FALSE;
  if (!cpp_read_leaf (self, &leaf))
    return NULL;
  if (leaf.kind == CPP_LEAF_WHOLE)
    return leaf.text;
  const char *scopes = cpp_read_scopes (self, &first);
  if (!scopes)
    return NULL;
  switch (leaf.kind)
    {
    case CPP_LEAF_CONSTRUCTOR:
    case CPP_LEAF_DESTRUCTOR:
      return *first ? cpp_join (self, scopes, leaf.kind == CPP_LEAF_DESTRUCTOR ? "~" : "", first,
                                leaf.template_arguments, NULL)
                    : NULL;
    case CPP_LEAF_CONVERSION:
      {
        const char *type = read_encoding (self);
        *ret_is_read = TRUE;
        return type ? cpp_join (self, scopes, "operator ", type, leaf.template_arguments, NULL) : NULL;
      }
    default:
      return cpp_join (self, scopes, leaf.text, NULL);
    }
}

const char *
cpp_read_symbol (CppReader *self)
{
  gboolean is_read;
  if (!cpp_skip (self, "?") || !cpp_enter (self))
    return NULL;
  const char *name = cpp_read_symbol_name (self, &is_read);
  gboolean is_good = name && (is_read || read_encoding (self));
  self->depth--;
  return is_good ? name : NULL;
}
