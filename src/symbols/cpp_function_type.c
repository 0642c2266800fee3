#include "symbols/cpp_grammar.h"

static const char *
read_calling_convention (CppReader *self)
{
  static const char *const texts[] = { "__cdecl", "__pascal",  "__thiscall", "__stdcall",   "__fastcall",
                                       "",        "__clrcall", "__eabi",     "__vectorcall" };
  char letter = cpp_peek (self);
  if (letter == 'S' || letter == 'W')
    {
      self->at++;
      return letter == 'S' ? "__attribute__((__swiftcall__))" : "__attribute__((__swiftasynccall__))";
    }
  if (letter < 'A' || letter > 'Q')
    return NULL;
  self->at++;
  return texts[(letter - 'A') / 2];
}

/* Parameters up to "@", or "Z" for a variable number. */
static const char *
read_parameters (CppReader *self)
{
  const char *text = "";
  if (cpp_skip (self, "X"))
    return "void";
  while (cpp_peek (self) != '@' && cpp_peek (self) != 'Z')
    {
      const char *start = self->at, *type = NULL;
      guint digit = (guint)cpp_peek (self) - '0';
      if (digit < self->types.n)
        {
          self->at++;
          type = self->types.texts[digit];
        }
      else
        type = cpp_read_type (self);
      if (!type)
        return NULL;
      if (self->at - start > 1 && self->types.n < MOST_BACK_REFERENCES)
        self->types.texts[self->types.n++] = type;
      text = cpp_join (self, text, *text ? "," : "", type, NULL);
      if (!text)
        return NULL;
    }
  if (cpp_skip (self, "Z"))
    return cpp_join (self, text, *text ? "," : "", "...", NULL);
  self->at++;
  return text;
}

gboolean
cpp_read_function_type (CppReader *self, CppType *type, const char *member_of)
{
  CppType result = { "", "", NULL };
  const char *qualifiers = "";
  const char *convention = read_calling_convention (self);
  if (!convention)
    return FALSE;
  if (cpp_skip (self, "?") && !(qualifiers = cpp_read_qualifiers (self, 'A')))
    return FALSE;
  if (!cpp_skip (self, "@") && !cpp_read_open_type (self, &result))
    return FALSE;
  const char *parameters = read_parameters (self);
  if (!parameters || (!cpp_skip (self, "Z") && !cpp_skip (self, "_E")))
    return FALSE;
  type->left = cpp_join (self, result.left, result.inner ? result.inner : "", qualifiers, " ", NULL);
  type->inner = member_of ? cpp_join (self, convention, " ", member_of, "::", NULL) : convention;
  type->right = cpp_join (self, "(", parameters, ")", result.right, NULL);
  return type->left && type->inner && type->right;
}

const char *
cpp_read_function (CppReader *self, gboolean has_this)
{
  CppType type = { 0 };
  if (has_this)
    {
      cpp_skip_any (self, "EIF");
      if (!cpp_skip (self, "G"))
        cpp_skip (self, "H");
      if (!cpp_read_qualifiers (self, 'A'))
        return NULL;
    }
  if (!cpp_read_function_type (self, &type, NULL))
    return NULL;
  gsize length = strlen (type.left);
  char *text = g_string_chunk_insert (self->texts, type.left);
  text[length - 1] = '\0'; /* the blank that a name would follow */
  return text;
}
