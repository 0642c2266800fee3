/* The rules of a decorated C++ name. They ask for each other, as names hold types and types hold names: each file
 * reads one of them.
 *
 *   symbol     "?" name encoding       cpp_symbol.c
 *   name       leaf scopes "@"         cpp_symbol.c, cpp_leaf.c, cpp_scope.c
 *   leaf       identifier, operator (cpp_operator.c) or template (cpp_template.c)
 *   type       cpp_type.c, of functions cpp_function_type.c
 *
 * All return NULL or FALSE where the name cannot be read further; all texts are (transfer none).
 */
#pragma once

#include "symbols/cpp_reader.h"

/* What the last part of a symbol's name asks of the rest. */
typedef enum
{
  CPP_LEAF_PLAIN,
  CPP_LEAF_CONSTRUCTOR,
  CPP_LEAF_DESTRUCTOR,
  CPP_LEAF_CONVERSION,
  CPP_LEAF_WHOLE, /* no scopes follow */
} CppLeafKind;

typedef struct
{
  CppLeafKind kind;
  const char *text;
  const char *template_arguments; /* of a constructor or conversion that is a template, "" for others */
} CppLeaf;

/* A type around the place where a declared name would stand. Arrays and functions have something to put in
 * front of a pointer's "*" in parentheses, if only an empty text. */
typedef struct
{
  const char *left, *right;
  const char *inner; /* (nullable): NULL for all other types */
} CppType;

/* A whole symbol inside another one: its qualified name. */
const char *cpp_read_symbol (CppReader *self);
/* The qualified name of a symbol behind its first "?", without what follows the name; but a conversion's name is in
 * its type, and @ret_is_read receives whether that was read, too. */
const char *cpp_read_symbol_name (CppReader *self, gboolean *ret_is_read);
/* The last part of a symbol's name, which comes first. */
gboolean cpp_read_leaf (CppReader *self, CppLeaf *leaf);
/* What an operator or a function of the compiler's own is called, without those that need the rest of the name. */
const char *cpp_read_operator (CppReader *self);
/* A template with its arguments, behind "?$". It has back references of its own. */
gboolean cpp_read_template (CppReader *self, CppLeaf *leaf);
/* A template as the name of a scope or of a type; it is remembered. */
const char *cpp_read_template_name (CppReader *self);
/* The scopes up to their "@", outermost first and each with "::". @ret_first receives the innermost, "" for none. */
const char *cpp_read_scopes (CppReader *self, const char **ret_first);
/* The qualified name of a class or enumeration inside a type. */
const char *cpp_read_type_name (CppReader *self);

/* A type as it is written in C++, qualifiers behind what they qualify. */
const char *cpp_read_type (CppReader *self);
/* The same with the place for a name still open. */
gboolean cpp_read_open_type (CppReader *self, CppType *type);
/* A calling convention, a return type and parameters. @member_of (nullable): the class of a member function. */
gboolean cpp_read_function_type (CppReader *self, CppType *type, const char *member_of);
/* The type of a function behind its name. Returns what the function returns, for the name of a conversion. */
const char *cpp_read_function (CppReader *self, gboolean has_this);
