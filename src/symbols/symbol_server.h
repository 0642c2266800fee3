/* Downloads from symbol servers over http and https. Thread-safe; at most a few downloads run at once. */
#pragma once

#include <gio/gio.h>

typedef struct _SymbolServer SymbolServer;

/* Where a download goes. */
typedef struct
{
  /* The answer is here; @n_bytes is what it announces, -1 if it does not. Called again for another try. */
  gboolean (*begin) (gint64 n_bytes, gpointer data, GError **error);
  gboolean (*write) (const void *bytes, gsize n_bytes, gpointer data, GError **error);
  gboolean (*finish) (gpointer data, GError **error);
  gpointer data;
} SymbolSink;

typedef enum
{
  SYMBOL_SERVER_FOUND,
  SYMBOL_SERVER_MISSING, /* the server answered that it has no such file: ordinary */
  SYMBOL_SERVER_REFUSED, /* what came is not wanted; another try would bring the same */
  SYMBOL_SERVER_FAILED,  /* nothing is known about the file */
} SymbolServerResult;

/* @timeout_s: seconds without a byte after which a server counts as silent. */
SymbolServer *symbol_server_new (guint timeout_s, const char *certificate_path);
void symbol_server_free (SymbolServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SymbolServer, symbol_server_free)

/* Fetches @url into @sink, following redirects; cut-off answers and silent servers are tried again. Anything
 * but FOUND leaves a clause (transfer full) in @ret_problem. When @cancellable is cancelled the result is
 * FAILED. */
SymbolServerResult symbol_server_fetch (SymbolServer *self, const char *url, const SymbolSink *sink,
                                        GCancellable *cancellable, char **ret_problem);
/* Asks servers again that were left alone because they did not answer. */
void symbol_server_forget_failures (SymbolServer *self);
