#include "symbols/cpp_name_private.h"

#include <string.h>

static gboolean read_type (CppReader *self, CppType *type);

static const char *
get_type_text (CppReader *self, const CppType *type)
{
  return cpp_join (self, type->left, type->inner ? type->inner : "", type->right, NULL);
}

static gboolean
set_plain (CppType *type, const char *text)
{
  *type = (CppType){ text, "", NULL };
  return text != NULL;
}

/* The letters A to D after a pointer, and of a member function's object. */
static const char *
read_qualifiers (CppReader *self)
{
  static const char *const texts[] = { "", " const", " volatile", " const volatile" };
  while (cpp_peek (self) == 'E' || cpp_peek (self) == 'I' || cpp_peek (self) == 'F')
    self->at++;
  char letter = cpp_peek (self);
  if (letter < 'A' || letter > 'D')
    return NULL;
  self->at++;
  return texts[letter - 'A'];
}

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

/* A calling convention, a return type and parameters. */
static gboolean
read_function_type (CppReader *self, CppType *type, const char *member_of)
{
  CppType result = { "", "", NULL };
  const char *qualifiers = "";
  const char *convention = read_calling_convention (self);
  if (!convention)
    return FALSE;
  if (cpp_skip (self, "?") && !(qualifiers = read_qualifiers (self)))
    return FALSE;
  if (!cpp_skip (self, "@") && !read_type (self, &result))
    return FALSE;
  const char *parameters = read_parameters (self);
  if (!parameters || (!cpp_skip (self, "Z") && !cpp_skip (self, "_E")))
    return FALSE;
  type->left = cpp_join (self, result.left, result.inner ? result.inner : "", qualifiers, " ", NULL);
  type->inner = member_of ? cpp_join (self, convention, " ", member_of, "::", NULL) : convention;
  type->right = cpp_join (self, "(", parameters, ")", result.right, NULL);
  return type->left && type->inner && type->right;
}

/* Steps over the type of a function behind its name.
 *
 * Returns: (transfer none) (nullable): what it returns, for the name of a conversion.
 */
const char *
cpp_read_function (CppReader *self, gboolean has_this)
{
  CppType type = { 0 };
  if (has_this)
    {
      while (cpp_peek (self) == 'E' || cpp_peek (self) == 'I' || cpp_peek (self) == 'F')
        self->at++;
      if (cpp_peek (self) == 'G' || cpp_peek (self) == 'H')
        self->at++;
      if (!read_qualifiers (self))
        return NULL;
    }
  if (!read_function_type (self, &type, NULL))
    return NULL;
  gsize length = strlen (type.left);
  char *text = g_string_chunk_insert (self->texts, type.left);
  text[length - 1] = '\0'; /* the blank that a name would follow */
  return text;
}

static gboolean
point_to (CppReader *self, CppType *type, const char *symbol)
{
  if (type->inner)
    {
      type->left = cpp_join (self, type->left, "(", type->inner, symbol, NULL);
      type->right = cpp_join (self, ")", type->right, NULL);
      type->inner = NULL;
    }
  else
    type->left = cpp_join (self, type->left, " ", symbol, NULL);
  return type->left && type->right;
}

/* What a pointer or reference, written as @symbol, points to. */
static gboolean
read_pointee (CppReader *self, CppType *type, const char *symbol)
{
  if (cpp_skip (self, "6"))
    return read_function_type (self, type, NULL) && point_to (self, type, symbol);
  if (cpp_skip (self, "8"))
    {
      const char *class_name = cpp_read_type_name (self);
      return class_name && read_qualifiers (self) && read_function_type (self, type, class_name)
             && point_to (self, type, symbol);
    }
  while (cpp_peek (self) == 'E' || cpp_peek (self) == 'I' || cpp_peek (self) == 'F')
    self->at++;
  char letter = cpp_peek (self);
  const char *class_name = NULL;
  if (letter >= 'Q' && letter <= 'T')
    {
      static const char *const texts[] = { "", " const", " volatile", " const volatile" };
      self->at++;
      class_name = cpp_read_type_name (self);
      if (!class_name || !read_type (self, type))
        return FALSE;
      type->left = cpp_join (self, type->left, texts[letter - 'Q'], NULL);
      symbol = cpp_join (self, class_name, "::", symbol, NULL);
      return type->left && symbol && point_to (self, type, symbol);
    }
  const char *qualifiers = read_qualifiers (self);
  if (!qualifiers || !read_type (self, type))
    return FALSE;
  if (type->inner)
    type->left = *qualifiers ? cpp_join (self, g_strchomp (g_string_chunk_insert (self->texts, type->left)),
                                         qualifiers, " ", NULL)
                             : type->left;
  else
    type->left = cpp_join (self, type->left, qualifiers, NULL);
  return type->left && point_to (self, type, symbol);
}

static gboolean
read_array (CppReader *self, CppType *type)
{
  gint64 rank, size;
  const char *sizes = "", *qualifiers = "";
  if (!cpp_read_number (self, &rank) || rank < 1 || rank > 64)
    return FALSE;
  for (; rank > 0; rank--)
    {
      char text[32];
      if (!cpp_read_number (self, &size))
        return FALSE;
      g_snprintf (text, sizeof text, "[%" G_GINT64_FORMAT "]", size);
      if (!(sizes = cpp_join (self, sizes, text, NULL)))
        return FALSE;
    }
  if (cpp_skip (self, "$$C") && !(qualifiers = read_qualifiers (self)))
    return FALSE;
  if (!read_type (self, type))
    return FALSE;
  type->left = cpp_join (self, type->left, qualifiers, " ", NULL);
  type->right = cpp_join (self, sizes, type->right, NULL);
  type->inner = "";
  return type->left && type->right;
}

static const char *
find_plain_type (const char *letters, const char *const *names, char letter)
{
  const char *found = letter ? strchr (letters, letter) : NULL;
  return found ? names[found - letters] : NULL;
}

/* The types whose code begins with "_". */
static gboolean
read_long_code (CppReader *self, CppType *type)
{
  static const char *const names[] = { "__int8",        "unsigned __int8",
                                       "__int16",       "unsigned __int16",
                                       "__int32",       "unsigned __int32",
                                       "__int64",       "unsigned __int64",
                                       "bool",          "wchar_t",
                                       "char8_t",       "char16_t",
                                       "char32_t",      "auto",
                                       "decltype(auto)" };
  char letter = cpp_peek (self);
  self->at++;
  return set_plain (type, find_plain_type ("DEFGHIJKNWQSUPT", names, letter));
}

/* The types whose code begins with "$$". */
static gboolean
read_dollar_code (CppReader *self, CppType *type)
{
  if (cpp_skip (self, "$$T"))
    return set_plain (type, "std::nullptr_t");
  if (cpp_skip (self, "$$Q"))
    return read_pointee (self, type, "&&");
  if (cpp_skip (self, "$$R"))
    return read_pointee (self, type, "&& volatile");
  if (cpp_skip (self, "$$A6"))
    return read_function_type (self, type, NULL);
  if (cpp_skip (self, "$$A8@@"))
    return read_qualifiers (self) && read_function_type (self, type, NULL);
  if (cpp_skip (self, "$$B"))
    return read_type (self, type);
  if (cpp_skip (self, "$$Y"))
    return set_plain (type, cpp_read_type_name (self));
  if (cpp_skip (self, "$$C"))
    {
      const char *qualifiers = read_qualifiers (self);
      if (!qualifiers || !read_type (self, type))
        return FALSE;
      type->left = cpp_join (self, type->left, qualifiers, NULL);
      return type->left != NULL;
    }
  return FALSE;
}

static gboolean
read_type_inside (CppReader *self, CppType *type)
{
  static const char *const names[]
      = { "void",         "char", "signed char",   "unsigned char", "short",  "unsigned short", "int",
          "unsigned int", "long", "unsigned long", "float",         "double", "long double" };
  char letter = cpp_peek (self);
  const char *plain = find_plain_type ("XDCEFGHIJKMNO", names, letter);
  if (letter == '$')
    return read_dollar_code (self, type);
  self->at++;
  if (plain)
    return set_plain (type, plain);
  switch (letter)
    {
    case '_':
      return read_long_code (self, type);
    case 'T':
    case 'U':
    case 'V':
      return set_plain (type, cpp_read_type_name (self));
    case 'W':
      self->at++;
      return self->at <= self->end && set_plain (type, cpp_read_type_name (self));
    case 'P':
      return read_pointee (self, type, "*");
    case 'Q':
      return read_pointee (self, type, "* const");
    case 'R':
      return read_pointee (self, type, "* volatile");
    case 'S':
      return read_pointee (self, type, "* const volatile");
    case 'A':
      return read_pointee (self, type, "&");
    case 'B':
      return read_pointee (self, type, "& volatile");
    case 'Y':
      return read_array (self, type);
    case '?':
      {
        const char *qualifiers = read_qualifiers (self);
        if (!qualifiers || !read_type (self, type))
          return FALSE;
        type->left = cpp_join (self, type->left, qualifiers, NULL);
        return type->left != NULL;
      }
    default:
      return FALSE;
    }
}

static gboolean
read_type (CppReader *self, CppType *type)
{
  if (!cpp_enter (self))
    return FALSE;
  gboolean is_good = read_type_inside (self, type);
  self->depth--;
  return is_good;
}

/* Reads a type. Returns: (transfer none) (nullable): as it is written in C++, qualifiers behind what they
 * qualify. */
const char *
cpp_read_type (CppReader *self)
{
  CppType type = { 0 };
  return read_type (self, &type) ? get_type_text (self, &type) : NULL;
}
