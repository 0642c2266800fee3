#include "symbols/cpp_grammar.h"

static gboolean
set_plain (CppType *type, const char *text)
{
  *type = (CppType){ text, "", NULL };
  return text != NULL;
}

/* Makes a type the pointer or reference to it that is written as @symbol. */
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

/* A pointer to a member of a class that is no function. */
static gboolean
read_member_pointee (CppReader *self, CppType *type, const char *qualifiers, const char *symbol)
{
  const char *class_name = cpp_read_type_name (self);
  if (!class_name || !cpp_read_open_type (self, type))
    return FALSE;
  type->left = cpp_join (self, type->left, qualifiers, NULL);
  symbol = cpp_join (self, class_name, "::", symbol, NULL);
  return type->left && symbol && point_to (self, type, symbol);
}

/* What a pointer or reference, written as @symbol, points to. */
static gboolean
read_pointee (CppReader *self, CppType *type, const char *symbol)
{
  const char *qualifiers;
  if (cpp_skip (self, "6"))
    return cpp_read_function_type (self, type, NULL) && point_to (self, type, symbol);
  if (cpp_skip (self, "8"))
    {
      const char *class_name = cpp_read_type_name (self);
      return class_name && cpp_read_qualifiers (self, 'A') && cpp_read_function_type (self, type, class_name)
             && point_to (self, type, symbol);
    }
  if ((qualifiers = cpp_read_qualifiers (self, 'Q')))
    return read_member_pointee (self, type, qualifiers, symbol);
  if (!(qualifiers = cpp_read_qualifiers (self, 'A')) || !cpp_read_open_type (self, type))
    return FALSE;
  if (type->inner)
    type->left = *qualifiers ? cpp_join (self, g_strchomp (g_string_chunk_insert (self->texts, type->left)),
                                         qualifiers, " ", NULL)
                             : type->left;
  else
    type->left = cpp_join (self, type->left, qualifiers, NULL);
  return type->left && point_to (self, type, symbol);
}

/* A type behind its qualifiers. */
static gboolean
read_qualified (CppReader *self, CppType *type)
{
  const char *qualifiers = cpp_read_qualifiers (self, 'A');
  if (!qualifiers || !cpp_read_open_type (self, type))
    return FALSE;
  type->left = cpp_join (self, type->left, qualifiers, NULL);
  return type->left != NULL;
}

/* Behind "Y": the number of dimensions, their sizes and the type of an element. */
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
  if (cpp_skip (self, "$$C") && !(qualifiers = cpp_read_qualifiers (self, 'A')))
    return FALSE;
  if (!cpp_read_open_type (self, type))
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
    return cpp_read_function_type (self, type, NULL);
  if (cpp_skip (self, "$$A8@@"))
    return cpp_read_qualifiers (self, 'A') && cpp_read_function_type (self, type, NULL);
  if (cpp_skip (self, "$$B"))
    return cpp_read_open_type (self, type);
  if (cpp_skip (self, "$$Y"))
    return set_plain (type, cpp_read_type_name (self));
  if (cpp_skip (self, "$$C"))
    return read_qualified (self, type);
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
      return read_qualified (self, type);
    default:
      return FALSE;
    }
}

gboolean
cpp_read_open_type (CppReader *self, CppType *type)
{
  if (!cpp_enter (self))
    return FALSE;
  gboolean is_good = read_type_inside (self, type);
  self->depth--;
  return is_good;
}

const char *
cpp_read_type (CppReader *self)
{
  CppType type = { 0 };
  return cpp_read_open_type (self, &type)
             ? cpp_join (self, type.left, type.inner ? type.inner : "", type.right, NULL)
             : NULL;
}
