#include "symbols/cpp_name.h"

#include "symbols/cpp_grammar.h"

CppNameKind
cpp_name_append (GString *text, const char *name, gsize length)
{
  CppReader reader = { .at = name + 1, .end = name + length };
  CppNameKind kind = CPP_NAME_UNKNOWN;
  gboolean is_read;
  if (length < 2 || name[0] != '?' || memchr (name, '\0', length))
    return CPP_NAME_UNKNOWN;
  reader.texts = g_string_chunk_new (256);
  const char *plain = cpp_read_symbol_name (&reader, &is_read);
  char letter = cpp_peek (&reader);
  if (plain && !is_read && letter >= '0' && letter <= '8')
    kind = CPP_NAME_DATA;
  else if (plain && (is_read || letter == '9' || letter == '$' || (letter >= 'A' && letter <= 'Z')))
    {
      kind = CPP_NAME_FUNCTION;
      g_string_append (text, plain);
    }
  g_string_chunk_free (reader.texts);
  return kind;
}
