#include "symbols/cpp_grammar.h"

/* "??__E" and "??__F" hold a symbol of their own, or only its name. */
static gboolean
read_dynamic (CppReader *self, CppLeaf *leaf, const char *what)
{
  const char *name = NULL;
  if (cpp_peek (self) == '?')
    {
      name = cpp_read_symbol (self);
      if (!name || (!cpp_skip (self, "@@") && !cpp_skip (self, "@")))
        return FALSE;
    }
  else
    name = cpp_read_type_name (self);
  leaf->kind = CPP_LEAF_WHOLE;
  leaf->text = name ? cpp_join (self, "`dynamic ", what, " for '", name, "''", NULL) : NULL;
  return leaf->text != NULL;
}

/* The operator or special function behind "?". */
static gboolean
read_special (CppReader *self, CppLeaf *leaf)
{
  leaf->text = "";
  if (cpp_skip (self, "0"))
    leaf->kind = CPP_LEAF_CONSTRUCTOR;
  else if (cpp_skip (self, "1"))
    leaf->kind = CPP_LEAF_DESTRUCTOR;
  else if (cpp_skip (self, "B"))
    leaf->kind = CPP_LEAF_CONVERSION;
  else if (cpp_skip (self, "__E"))
    return read_dynamic (self, leaf, "initializer");
  else if (cpp_skip (self, "__F"))
    return read_dynamic (self, leaf, "atexit destructor");
  else if (cpp_skip (self, "__K"))
    {
      const char *suffix = cpp_read_identifier (self);
      leaf->text = suffix ? cpp_join (self, "operator \"\"", suffix, NULL) : NULL;
    }
  else
    leaf->text = cpp_read_operator (self);
  return leaf->text != NULL;
}

gboolean
cpp_read_leaf (CppReader *self, CppLeaf *leaf)
{
  *leaf = (CppLeaf){ CPP_LEAF_PLAIN, NULL, "" };
  if (g_ascii_isdigit (cpp_peek (self)))
    leaf->text = cpp_read_back_reference (self);
  else if (cpp_skip (self, "?$"))
    return cpp_read_template (self, leaf);
  else if (cpp_skip (self, "?"))
    return read_special (self, leaf);
  else
    leaf->text = cpp_read_identifier (self);
  return leaf->text != NULL;
}
