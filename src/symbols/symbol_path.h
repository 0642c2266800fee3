/* A symbol path in the syntax of _NT_SYMBOL_PATH, with each place led to a local folder or a server. */
#pragma once

#include <glib.h>

typedef enum
{
  SYMBOL_PLACE_FOLDER,      /* a local folder, which need not exist yet */
  SYMBOL_PLACE_SERVER,      /* http or https */
  SYMBOL_PLACE_UNREACHABLE, /* not on this computer; problem says why */
} SymbolPlaceKind;

typedef struct
{
  SymbolPlaceKind kind;
  char *text;     /* (owned): as written; empty for a default store */
  char *location; /* (owned) (nullable): folder, or URL without a slash at its end; NULL when unreachable */
  char *problem;  /* (owned) (nullable): a clause such as "not reachable on Linux" */
} SymbolPlace;

typedef enum
{
  SYMBOL_ELEMENT_FOLDER, /* one place, files lie in it without keys */
  SYMBOL_ELEMENT_CHAIN,  /* stores, the nearest cache first, the origin last */
  SYMBOL_ELEMENT_CACHE,  /* one store that keeps what the elements after it find */
} SymbolElementKind;

typedef struct
{
  SymbolElementKind kind;
  GPtrArray *places; /* (owned) (element-type SymbolPlace): never empty */
} SymbolElement;

typedef struct
{
  GPtrArray *elements; /* (owned) (element-type SymbolElement) */
} SymbolPath;

/* What the words of a path mean on this computer; nothing is kept. */
typedef struct
{
  const char *default_store;     /* for empty stores, and for Windows folders where a cache stands */
  const char *const *folder_map; /* (nullable) (array zero-terminated=1) */
  const char *base_folder;       /* (nullable): what "." and other relative folders start from */
  const char *home_folder;       /* (nullable): what "~" stands for */
} SymbolPathContext;

/* Never fails: what cannot be reached or understood becomes an unreachable place. (transfer full) */
SymbolPath *symbol_path_new (const char *text, const SymbolPathContext *context);
void symbol_path_free (SymbolPath *self);
/* @folder with a "~" at its start replaced by @home_folder (nullable). (transfer full) */
char *symbol_path_dup_without_tilde (const char *folder, const char *home_folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SymbolPath, symbol_path_free)
