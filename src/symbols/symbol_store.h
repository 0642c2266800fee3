/* A symbol store in a local folder: NAME/KEY/NAME, or with an index2.txt na/NAME/KEY/NAME. */
#pragma once

#include <glib.h>

/* The file of @name and @key in the store below @folder: the file itself, its compressed form, or what a
 * file.ptr points to, in a folder of @folder_map (nullable) or within the store. Its content is not checked.
 * (transfer full) (nullable): NULL when there is none; @ret_problem then has a clause (transfer full) or
 * NULL. */
char *symbol_store_find (const char *folder, const char *name, const char *key, const char *const *folder_map,
                         char **ret_problem);
/* The folder where @name of @key belongs; it need not exist. (transfer full) */
char *symbol_store_dup_key_folder (const char *folder, const char *name, const char *key);
/* Whether files can be put below @folder, which need not exist. */
gboolean symbol_store_is_writable (const char *folder);
/* "nt" of "ntdll.pdb", in lower case: the folder in a two-tier store. (transfer full) */
char *symbol_store_dup_tier (const char *name);

/* The text of a file.ptr, which a store or a server may send. */
typedef struct
{
  char *message;  /* (owned) (nullable): a refusal instead of a path */
  char *path;     /* (owned) (nullable): local */
  char *problem;  /* (owned) (nullable): a clause on why neither is there */
  GStrv relative; /* (owned) (nullable): components below the store's root */
} StorePointer;

/* Reads @text of @n_bytes; @folder_map (nullable) as in symbol_store_find(). @self is to be cleared. */
void store_pointer_parse (StorePointer *self, const char *text, gsize n_bytes, const char *const *folder_map);
void store_pointer_clear (StorePointer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StorePointer, store_pointer_clear)

#define STORE_POINTER_LIMIT_BYTES 4096
