/* A file on its way into a store. It is written under a hidden name beside its place and renamed when it is
 * complete, so that several processes can share a store; nothing reaches the disk before the first bytes have
 * shown that the content is of an expected kind.
 */
#pragma once

#include <gio/gio.h>

#include "symbols/symbol_file_kind.h"

typedef struct
{
  char *folder;        /* (owned): made when it is needed */
  char *name;          /* (owned): of the file to come */
  char *path;          /* (owned) (nullable): of the temporary file, NULL before there is one */
  int file_descriptor; /* -1 while closed */
  guint expected;      /* SymbolFileKind bits */
  SymbolFileKind kind; /* what came, 0 before it is known */
  guint64 n_bytes;     /* received */
  guint64 limit_bytes; /* no more than these */
  guint8 start[SYMBOL_FILE_START_BYTES];
} StorePart;

/* @folder, @name: where the file shall be; @expected: SymbolFileKind bits. */
void store_part_init (StorePart *self, const char *folder, const char *name, guint expected,
                      guint64 limit_bytes);
/* Forgets what was written, for another try. */
void store_part_reset (StorePart *self);
/* Says how large the file will be: FALSE with @error (G_IO_ERROR) if that is too much. */
gboolean store_part_reserve (StorePart *self, guint64 n_bytes, GError **error);
/* Adds bytes. FALSE with @error (G_IO_ERROR): of another kind than expected, too many, or not to be written. */
gboolean store_part_write (StorePart *self, const void *bytes, gsize n_bytes, GError **error);
/* After the last byte: the content stands complete at self->path. */
gboolean store_part_finish (StorePart *self, GError **error);
/* Gives the finished file its name, @name or (NULL) the one from the start. (transfer full) (nullable): its
 * path. */
char *store_part_commit (StorePart *self, const char *name, GError **error);
/* Removes what was not committed, and the folders made for it. */
void store_part_clear (StorePart *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StorePart, store_part_clear)
