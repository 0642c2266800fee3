#include "symbols/cpp_grammar.h"

/* The value of a template parameter that is no type. Returns NULL where it cannot be read. */
static const char *
read_constant (CppReader *self)
{
  char text[24];
  gint64 value;
  if (cpp_skip (self, "0"))
    {
      if (!cpp_read_number (self, &value))
        return NULL;
      g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
      return cpp_join (self, text, NULL);
    }
  if (cpp_skip (self, "1") || cpp_skip (self, "E"))
    {
      gboolean is_address = self->at[-1] == '1';
      const char *symbol = cpp_read_symbol (self);
      return symbol ? cpp_join (self, is_address ? "&" : "", symbol, NULL) : NULL;
    }
  if (cpp_skip (self, "M"))
    return cpp_read_type (self) ? read_constant (self) : NULL;
  return NULL;
}

static gboolean
is_constant (const CppReader *self)
{
  return cpp_peek (self) == '$' && self->at + 1 < self->end && self->at[1] != '$';
}

/* "<int,4>", up to the "@" that ends the arguments. */
static const char *
read_template_arguments (CppReader *self)
{
  const char *text = "";
  while (!cpp_skip (self, "@"))
    {
      const char *argument = NULL;
      if (cpp_skip (self, "$S") || cpp_skip (self, "$$V") || cpp_skip (self, "$$$V")
          || cpp_skip (self, "$$Z"))
        continue;
      if (is_constant (self))
        {
          self->at++;
          argument = read_constant (self);
        }
      else
        argument = cpp_read_type (self);
      if (!argument || !(text = cpp_join (self, text, *text ? "," : "", argument, NULL)))
        return NULL;
    }
  gsize length = strlen (text);
  return cpp_join (self, "<", text, length && text[length - 1] == '>' ? " >" : ">", NULL);
}

gboolean
cpp_read_template (CppReader *self, CppLeaf *leaf)
{
  CppReferences names = self->names, types = self->types;
  self->names.n = self->types.n = 0;
  if (!cpp_enter (self))
    return FALSE;
  gboolean is_good = cpp_read_leaf (self, leaf) && leaf->kind != CPP_LEAF_WHOLE;
  const char *arguments = is_good ? read_template_arguments (self) : NULL;
  self->depth--;
  self->names = names;
  self->types = types;
  if (!arguments)
    return FALSE;
  leaf->template_arguments = arguments;
  if (leaf->kind == CPP_LEAF_PLAIN)
    leaf->text = cpp_join (self, leaf->text, arguments, NULL);
  return leaf->text != NULL;
}

const char *
cpp_read_template_name (CppReader *self)
{
  CppLeaf leaf = { 0 };
  if (!cpp_read_template (self, &leaf) || leaf.kind != CPP_LEAF_PLAIN)
    return NULL;
  cpp_remember (&self->names, leaf.text);
  return leaf.text;
}
