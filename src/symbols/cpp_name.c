#include "symbols/cpp_name.h"

#include "symbols/cpp_name_private.h"

#include <stdarg.h>
#include <string.h>

#define DEEPEST 100u
#define MOST_STEPS 20000u
#define MOST_TEXT_BYTES (256u << 10)

/* What the last part of a symbol's name asks of the rest. */
typedef enum
{
  LEAF_PLAIN,
  LEAF_CONSTRUCTOR,
  LEAF_DESTRUCTOR,
  LEAF_CONVERSION,
  LEAF_WHOLE, /* no scopes follow */
} LeafKind;

typedef struct
{
  LeafKind kind;
  const char *text;
  const char *template_arguments; /* of a constructor or conversion that is a template, "" for others */
} Leaf;

static const struct
{
  const char *code, *name;
} operators[] = {
  { "__A", "`managed vector constructor iterator'" },
  { "__B", "`managed vector destructor iterator'" },
  { "__C", "`EH vector copy constructor iterator'" },
  { "__D", "`EH vector vbase copy constructor iterator'" },
  { "__G", "`vector copy constructor iterator'" },
  { "__H", "`vector vbase copy constructor iterator'" },
  { "__I", "`managed vector copy constructor iterator'" },
  { "__J", "`local static thread guard'" },
  { "__L", "operator co_await" },
  { "__M", "operator<=>" },
  { "_0", "operator/=" },
  { "_1", "operator%=" },
  { "_2", "operator>>=" },
  { "_3", "operator<<=" },
  { "_4", "operator&=" },
  { "_5", "operator|=" },
  { "_6", "operator^=" },
  { "_7", "`vftable'" },
  { "_8", "`vbtable'" },
  { "_9", "`vcall'" },
  { "_A", "`typeof'" },
  { "_B", "`local static guard'" },
  { "_D", "`vbase destructor'" },
  { "_E", "`vector deleting destructor'" },
  { "_F", "`default constructor closure'" },
  { "_G", "`scalar deleting destructor'" },
  { "_H", "`vector constructor iterator'" },
  { "_I", "`vector destructor iterator'" },
  { "_J", "`vector vbase constructor iterator'" },
  { "_K", "`virtual displacement map'" },
  { "_L", "`eh vector constructor iterator'" },
  { "_M", "`eh vector destructor iterator'" },
  { "_N", "`eh vector vbase constructor iterator'" },
  { "_O", "`copy constructor closure'" },
  { "_S", "`local vftable'" },
  { "_T", "`local vftable constructor closure'" },
  { "_U", "operator new[]" },
  { "_V", "operator delete[]" },
  { "2", "operator new" },
  { "3", "operator delete" },
  { "4", "operator=" },
  { "5", "operator>>" },
  { "6", "operator<<" },
  { "7", "operator!" },
  { "8", "operator==" },
  { "9", "operator!=" },
  { "A", "operator[]" },
  { "C", "operator->" },
  { "D", "operator*" },
  { "E", "operator++" },
  { "F", "operator--" },
  { "G", "operator-" },
  { "H", "operator+" },
  { "I", "operator&" },
  { "J", "operator->*" },
  { "K", "operator/" },
  { "L", "operator%" },
  { "M", "operator<" },
  { "N", "operator<=" },
  { "O", "operator>" },
  { "P", "operator>=" },
  { "Q", "operator," },
  { "R", "operator()" },
  { "S", "operator~" },
  { "T", "operator^" },
  { "U", "operator|" },
  { "V", "operator&&" },
  { "W", "operator||" },
  { "X", "operator*=" },
  { "Y", "operator+=" },
  { "Z", "operator-=" },
};

static gboolean read_leaf (CppReader *self, Leaf *leaf);
static const char *read_scope (CppReader *self);

/* The texts one after the other. Returns: (transfer none) (nullable): NULL when the name grows too long. */
const char *
cpp_join (CppReader *self, ...)
{
  va_list texts;
  g_autoptr (GString) joined = g_string_new (NULL);
  va_start (texts, self);
  for (const char *text; (text = va_arg (texts, const char *));)
    g_string_append (joined, text);
  va_end (texts);
  self->n_text_bytes += joined->len + 1;
  return self->n_text_bytes <= MOST_TEXT_BYTES
             ? g_string_chunk_insert_len (self->texts, joined->str, joined->len)
             : NULL;
}

/* Goes one level deeper; what returned TRUE takes one off the depth again. */
gboolean
cpp_enter (CppReader *self)
{
  if (self->depth >= DEEPEST || self->n_steps >= MOST_STEPS)
    return FALSE;
  self->depth++;
  self->n_steps++;
  return TRUE;
}

/* The next byte, 0 at the end. */
char
cpp_peek (const CppReader *self)
{
  return self->at < self->end ? *self->at : '\0';
}

/* Steps over @text where it comes next. */
gboolean
cpp_skip (CppReader *self, const char *text)
{
  gsize length = strlen (text);
  if (self->at > self->end || (gsize)(self->end - self->at) < length || memcmp (self->at, text, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* A digit is one less than it means; other numbers are hexadecimal in the letters from A. */
gboolean
cpp_read_number (CppReader *self, gint64 *ret_value)
{
  gboolean is_negative = cpp_skip (self, "?");
  guint64 value = 0;
  char letter = cpp_peek (self);
  self->at++;
  if (g_ascii_isdigit (letter))
    value = (guint64)(letter - '0') + 1;
  else
    {
      for (guint n = 0; letter >= 'A' && letter <= 'P' && n < 16; n++)
        {
          value = (value << 4) | (guint64)(letter - 'A');
          letter = cpp_peek (self);
          self->at++;
        }
      if (letter != '@')
        return FALSE;
    }
  *ret_value = is_negative ? (gint64)(0 - value) : (gint64)value;
  return TRUE;
}

void
cpp_remember (CppReader *self, CppReferences *references, const char *text)
{
  for (guint i = 0; i < references->n; i++)
    if (strcmp (references->texts[i], text) == 0)
      return;
  if (references->n < MOST_BACK_REFERENCES)
    references->texts[references->n++] = text;
}

/* An identifier up to its "@", which is remembered. */
static const char *
read_identifier (CppReader *self)
{
  const char *end = self->at < self->end ? memchr (self->at, '@', (gsize)(self->end - self->at)) : NULL;
  if (!end || end == self->at)
    return NULL;
  self->n_text_bytes += (gsize)(end - self->at) + 1;
  const char *text = g_string_chunk_insert_len (self->texts, self->at, end - self->at);
  self->at = end + 1;
  cpp_remember (self, &self->names, text);
  return self->n_text_bytes <= MOST_TEXT_BYTES ? text : NULL;
}

static const char *
read_back_reference (CppReader *self)
{
  guint digit = (guint)(*self->at++ - '0');
  return digit < self->names.n ? self->names.texts[digit] : NULL;
}

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

/* A template with its arguments, behind "?$". It has back references of its own. */
static gboolean
read_template (CppReader *self, Leaf *leaf)
{
  CppReferences names = self->names, types = self->types;
  self->names.n = self->types.n = 0;
  if (!cpp_enter (self))
    return FALSE;
  gboolean is_good = read_leaf (self, leaf) && leaf->kind != LEAF_WHOLE;
  const char *arguments = is_good ? read_template_arguments (self) : NULL;
  self->depth--;
  self->names = names;
  self->types = types;
  if (!arguments)
    return FALSE;
  leaf->template_arguments = arguments;
  if (leaf->kind == LEAF_PLAIN)
    leaf->text = cpp_join (self, leaf->text, arguments, NULL);
  return leaf->text != NULL;
}

/* A template as the name of a scope or of a type. */
static const char *
read_template_name (CppReader *self)
{
  Leaf leaf = { 0 };
  if (!read_template (self, &leaf) || leaf.kind != LEAF_PLAIN)
    return NULL;
  cpp_remember (self, &self->names, leaf.text);
  return leaf.text;
}

/* "??__E" and "??__F" hold a symbol of their own, or only its name. */
static gboolean
read_dynamic (CppReader *self, Leaf *leaf, const char *what)
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
  leaf->kind = LEAF_WHOLE;
  leaf->text = name ? cpp_join (self, "`dynamic ", what, " for '", name, "''", NULL) : NULL;
  return leaf->text != NULL;
}

/* The operator or special function behind "?". */
static gboolean
read_operator (CppReader *self, Leaf *leaf)
{
  leaf->text = "";
  if (cpp_skip (self, "0"))
    leaf->kind = LEAF_CONSTRUCTOR;
  else if (cpp_skip (self, "1"))
    leaf->kind = LEAF_DESTRUCTOR;
  else if (cpp_skip (self, "B"))
    leaf->kind = LEAF_CONVERSION;
  else if (cpp_skip (self, "__E"))
    return read_dynamic (self, leaf, "initializer");
  else if (cpp_skip (self, "__F"))
    return read_dynamic (self, leaf, "atexit destructor");
  else if (cpp_skip (self, "__K"))
    {
      const char *suffix = read_identifier (self);
      leaf->text = suffix ? cpp_join (self, "operator \"\"", suffix, NULL) : NULL;
      return leaf->text != NULL;
    }
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
        if (cpp_skip (self, operators[i].code))
          {
            leaf->text = operators[i].name;
            return TRUE;
          }
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_leaf (CppReader *self, Leaf *leaf)
{
  *leaf = (Leaf){ LEAF_PLAIN, NULL, "" };
  if (g_ascii_isdigit (cpp_peek (self)))
    leaf->text = read_back_reference (self);
  else if (cpp_skip (self, "?$"))
    return read_template (self, leaf);
  else if (cpp_skip (self, "?"))
    return read_operator (self, leaf);
  else
    leaf->text = read_identifier (self);
  return leaf->text != NULL;
}

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
    return read_back_reference (self);
  if (cpp_skip (self, "?$"))
    return read_template_name (self);
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
  return read_identifier (self);
}

/* The scopes up to their "@", outermost first and each with "::". @ret_first receives the innermost, "" for
 * none. */
static const char *
read_scopes (CppReader *self, const char **ret_first)
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

/* The qualified name of a class or enumeration inside a type. */
const char *
cpp_read_type_name (CppReader *self)
{
  const char *first, *leaf;
  if (g_ascii_isdigit (cpp_peek (self)))
    leaf = read_back_reference (self);
  else if (cpp_skip (self, "?$"))
    leaf = read_template_name (self);
  else
    leaf = read_identifier (self);
  const char *scopes = leaf ? read_scopes (self, &first) : NULL;
  return scopes ? cpp_join (self, scopes, leaf, NULL) : NULL;
}

/* Behind the name: whether it is a function with an object, without one, or has no type at all. The letters
 * are in groups of eight for private, protected and public members; Y and Z are free functions. */
static gboolean
read_encoding_start (CppReader *self, gboolean *ret_has_this)
{
  gint64 adjustment;
  char letter = cpp_peek (self);
  *ret_has_this = FALSE;
  cpp_skip (self, "$$h");
  cpp_skip (self, "$$J0");
  letter = cpp_peek (self);
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
      if (!cpp_read_type (self))
        return NULL;
      while (cpp_peek (self) == 'E' || cpp_peek (self) == 'I' || cpp_peek (self) == 'F')
        self->at++;
      letter = cpp_peek (self);
      self->at++;
      return letter >= 'A' && letter <= 'D' ? "" : NULL;
    }
  return read_encoding_start (self, &has_this) ? cpp_read_function (self, has_this) : NULL;
}

/* The name of a symbol behind its first "?", without what follows the name; but a conversion's name is in its
 * type. */
static const char *
read_symbol_name (CppReader *self, gboolean *ret_is_read)
{
  Leaf leaf;
  const char *first = "";
  *ret_is_read = FALSE;
  if (!read_leaf (self, &leaf))
    return NULL;
  if (leaf.kind == LEAF_WHOLE)
    return leaf.text;
  const char *scopes = read_scopes (self, &first);
  if (!scopes)
    return NULL;
  switch (leaf.kind)
    {
    case LEAF_CONSTRUCTOR:
    case LEAF_DESTRUCTOR:
      return *first ? cpp_join (self, scopes, leaf.kind == LEAF_DESTRUCTOR ? "~" : "", first,
                                leaf.template_arguments, NULL)
                    : NULL;
    case LEAF_CONVERSION:
      {
        const char *type = read_encoding (self);
        *ret_is_read = TRUE;
        return type ? cpp_join (self, scopes, "operator ", type, leaf.template_arguments, NULL) : NULL;
      }
    default:
      return cpp_join (self, scopes, leaf.text, NULL);
    }
}

/* A whole symbol inside another one. Returns: (transfer none) (nullable): its qualified name. */
const char *
cpp_read_symbol (CppReader *self)
{
  gboolean is_read;
  if (!cpp_skip (self, "?") || !cpp_enter (self))
    return NULL;
  const char *name = read_symbol_name (self, &is_read);
  gboolean is_good = name && (is_read || read_encoding (self));
  self->depth--;
  return is_good ? name : NULL;
}

/* Appends the plain name for @name of @length bytes, which begins with "?"; nothing unless it is a
 * function's. */
CppNameKind
cpp_name_append (GString *text, const char *name, gsize length)
{
  CppReader reader = { .at = name + 1, .end = name + length };
  CppNameKind kind = CPP_NAME_UNKNOWN;
  gboolean is_read;
  if (length < 2 || name[0] != '?' || memchr (name, '\0', length))
    return CPP_NAME_UNKNOWN;
  reader.texts = g_string_chunk_new (256);
  const char *plain = read_symbol_name (&reader, &is_read);
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
