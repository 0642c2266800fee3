#include "symbols/symbol_request.h"

#include <string.h>

#include "base/byte_source.h"
#include "symbols/cabinet.h"
#include "symbols/symbol_name.h"
#include "symbols/symbol_store.h"
#include "symbols/symbol_verify.h"

#define COPY_BLOCK_BYTES ((gsize) 256 << 10)

void
symbol_request_note (SymbolRequest *self, const char *place, const char *problem)
{
  g_ptr_array_add (self->notes, g_strdup_printf ("%s: %s", place, problem));
}

gboolean
symbol_request_check (const SymbolRequest *self, const char *path, GError **error)
{
  GError *problem = NULL;
  if (self->kind == SYMBOL_FILE_PDB ? symbol_verify_pdb (path, self->identity, &problem)
                                    : symbol_verify_image (path, self->identity, &problem))
    return TRUE;
  /* Temporary names tell the user nothing. */
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GString) message = g_string_new (problem->message);
  g_string_replace (message, name, self->name, 0);
  g_set_error_literal (error, problem->domain, problem->code, message->str);
  g_error_free (problem);
  return FALSE;
}

static gboolean
copy_into_part (const SymbolRequest *self, const char *path, StorePart *part, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_open_path (path, error);
  if (!source || !store_part_reserve (part, byte_source_get_size (source), error))
    return FALSE;
  g_autofree guint8 *block = g_malloc (COPY_BLOCK_BYTES);
  gssize n = 1;
  while (n > 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      n = byte_source_read (source, part->n_bytes, block, COPY_BLOCK_BYTES, error);
      if (n < 0 || (n > 0 && !store_part_write (part, block, (gsize) n, error)))
        return FALSE;
    }
  return store_part_finish (part, error);
}

char *
symbol_request_install (const SymbolRequest *self, const char *path, const char *folder, gboolean unpack,
                        GError **error)
{
  const char *description;
  gboolean is_cabinet = symbol_file_kind_sniff_path (path, &description) == SYMBOL_FILE_CABINET;
  gboolean stays_cabinet = is_cabinet && !unpack;
  g_autofree char *key_folder = symbol_store_dup_key_folder (folder, self->name, self->key);
  g_autofree char *name = stays_cabinet ? symbol_name_to_compressed (self->name) : g_strdup (self->name);
  g_auto (StorePart) part;
  store_part_init (&part, key_folder, name, stays_cabinet ? SYMBOL_FILE_CABINET : self->kind,
                   self->limit_bytes);
  gboolean is_complete = is_cabinet && unpack ? cabinet_unpack (path, &part, self->cancellable, error)
                                              : copy_into_part (self, path, &part, error);
  if (!is_complete || (!stays_cabinet && !symbol_request_check (self, part.path, error)))
    return NULL;
  return store_part_commit (&part, NULL, error);
}

/* Stores what @received holds, in the form it is to have. */
static char *
keep_received (const SymbolRequest *self, StorePart *received, gboolean unpack, GError **error)
{
  if (received->kind != SYMBOL_FILE_CABINET)
    return symbol_request_check (self, received->path, error)
               ? store_part_commit (received, self->name, error)
               : NULL;
  g_auto (StorePart) unpacked;
  store_part_init (&unpacked, received->folder, self->name, self->kind, self->limit_bytes);
  if (!cabinet_unpack (received->path, &unpacked, self->cancellable, error)
      || !symbol_request_check (self, unpacked.path, error))
    return NULL;
  if (unpack)
    return store_part_commit (&unpacked, NULL, error);
  g_autofree char *name = symbol_name_to_compressed (self->name);
  return store_part_commit (received, name, error);
}

/* What a download into a store needs. */
typedef struct
{
  SymbolRequest *request;
  StorePart part;
  char *what;      /* (owned): for the progress */
  guint64 n_bytes; /* in all, 0 unknown */
  gboolean unpack;
  char *path; /* (owned) (nullable): what was stored */
} Download;

static gboolean
begin_download (gint64 n_bytes, gpointer data, GError **error)
{
  Download *self = data;
  store_part_reset (&self->part);
  self->n_bytes = (guint64) MAX (n_bytes, 0);
  return store_part_reserve (&self->part, self->n_bytes, error);
}

static gboolean
write_download (const void *bytes, gsize n_bytes, gpointer data, GError **error)
{
  Download *self = data;
  if (!store_part_write (&self->part, bytes, n_bytes, error))
    return FALSE;
  if (self->request->progress)
    self->request->progress (self->what, self->part.n_bytes, self->n_bytes, self->request->progress_data);
  return TRUE;
}

static gboolean
finish_download (gpointer data, GError **error)
{
  Download *self = data;
  if (!store_part_finish (&self->part, error))
    return FALSE;
  self->path = keep_received (self->request, &self->part, self->unpack, error);
  return self->path != NULL;
}

/* One URL; what goes wrong is noted unless it is only that the file is not there. */
static SymbolServerResult
download_url (SymbolRequest *self, const char *url, const char *folder, gboolean unpack, char **ret_path)
{
  g_autofree char *key_folder = symbol_store_dup_key_folder (folder, self->name, self->key);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  Download download = { .request = self, .unpack = unpack };
  download.what = g_strdup_printf ("%s: %s", uri ? g_uri_get_host (uri) : "", self->name);
  store_part_init (&download.part, key_folder, self->name, (guint) self->kind | SYMBOL_FILE_CABINET,
                   self->limit_bytes);
  SymbolSink sink = { begin_download, write_download, finish_download, &download };
  g_autofree char *problem = NULL;
  SymbolServerResult result = symbol_server_fetch (self->server, url, &sink, self->cancellable, &problem);
  if (result == SYMBOL_SERVER_REFUSED || result == SYMBOL_SERVER_FAILED)
    symbol_request_note (self, url, problem);
  *ret_path = g_steal_pointer (&download.path);
  store_part_clear (&download.part);
  g_free (download.what);
  return result;
}

/* Short texts: file.ptr and index2.txt. */
typedef struct
{
  char text[STORE_POINTER_LIMIT_BYTES];
  gsize n_bytes;
} ShortText;

static gboolean
begin_text (gint64 n_bytes, gpointer data, GError **error)
{
  ((ShortText *) data)->n_bytes = 0;
  return TRUE;
}

static gboolean
write_text (const void *bytes, gsize n_bytes, gpointer data, GError **error)
{
  ShortText *self = data;
  if (n_bytes > sizeof self->text - self->n_bytes)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "its file.ptr is too long");
      return FALSE;
    }
  memcpy (self->text + self->n_bytes, bytes, n_bytes);
  self->n_bytes += n_bytes;
  return TRUE;
}

static gboolean
finish_text (gpointer data, GError **error)
{
  return TRUE;
}

static SymbolServerResult
fetch_text (SymbolRequest *self, const char *url, ShortText *text, char **ret_problem)
{
  SymbolSink sink = { begin_text, write_text, finish_text, text };
  return symbol_server_fetch (self->server, url, &sink, self->cancellable, ret_problem);
}

/* @root with the components @parts (zero-terminated) escaped and appended. */
static char *
build_url (const char *root, const char *const *parts)
{
  GString *url = g_string_new (root);
  for (gsize i = 0; parts[i]; i++)
    {
      g_autofree char *escaped = g_uri_escape_string (parts[i], NULL, FALSE);
      g_string_append_printf (url, "/%s", escaped);
    }
  return g_string_free (url, FALSE);
}

/* The file that the file.ptr in the folder @key_url of the server @root points to. */
static SymbolServerResult
follow_pointer (SymbolRequest *self, const char *root, const char *key_url, const char *folder,
                gboolean unpack, char **ret_path)
{
  g_autofree char *url = g_strdup_printf ("%s/file.ptr", key_url), *problem = NULL;
  ShortText text;
  SymbolServerResult result = fetch_text (self, url, &text, &problem);
  if (result != SYMBOL_SERVER_FOUND)
    {
      if (result != SYMBOL_SERVER_MISSING)
        symbol_request_note (self, url, problem);
      return result;
    }
  g_auto (StorePointer) pointer;
  store_pointer_parse (&pointer, text.text, text.n_bytes, self->folder_map);
  if (pointer.relative)
    {
      g_autofree char *target = build_url (root, (const char *const *) pointer.relative);
      return download_url (self, target, folder, unpack, ret_path);
    }
  g_autoptr (GError) error = NULL;
  if (pointer.path)
    *ret_path = symbol_request_install (self, pointer.path, folder, unpack, &error);
  else if (pointer.message)
    {
      g_autofree char *said = g_strdup_printf ("the server says: %s", pointer.message);
      symbol_request_note (self, url, said);
    }
  if (!*ret_path && !pointer.message)
    symbol_request_note (self, url, error ? error->message : pointer.problem);
  return *ret_path ? SYMBOL_SERVER_FOUND : SYMBOL_SERVER_REFUSED;
}

/* All forms of the file in the folder @key_url of the server @root. */
static SymbolServerResult
download_forms (SymbolRequest *self, const char *root, const char *key_url, const char *folder,
                gboolean unpack, char **ret_path)
{
  g_autofree char *compressed = symbol_name_to_compressed (self->name);
  const char *const forms[] = { self->name, compressed };
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const char *const last[] = { forms[i], NULL };
      g_autofree char *url = build_url (key_url, last);
      SymbolServerResult result = download_url (self, url, folder, unpack, ret_path);
      if (result != SYMBOL_SERVER_MISSING)
        return result;
    }
  return follow_pointer (self, root, key_url, folder, unpack, ret_path);
}

/* Whether the server at @root keeps its files in two tiers. What it answers is remembered as a miss is. */
static gboolean
is_two_tier_server (SymbolRequest *self, const char *root)
{
  g_autofree char *url = g_strdup_printf ("%s/index2.txt", root), *problem = NULL;
  if (symbol_misses_contain (self->misses, url))
    return FALSE;
  ShortText text;
  SymbolServerResult result = fetch_text (self, url, &text, &problem);
  if (result == SYMBOL_SERVER_MISSING)
    symbol_misses_add (self->misses, url);
  /* It may be long: then it is there all the same. */
  return result == SYMBOL_SERVER_FOUND || result == SYMBOL_SERVER_REFUSED;
}

char *
symbol_request_download (SymbolRequest *self, const char *url, const char *folder, gboolean unpack)
{
  g_autofree char *tier = symbol_store_dup_tier (self->name), *path = NULL;
  const char *const tiered[] = { tier, self->name, self->key, NULL };
  g_autofree char *flat_url = build_url (url, tiered + 1);
  if (symbol_misses_contain (self->misses, flat_url))
    {
      symbol_request_note (self, url, "not there, as it answered within the last day");
      return NULL;
    }
  SymbolServerResult result = download_forms (self, url, flat_url, folder, unpack, &path);
  if (result == SYMBOL_SERVER_MISSING && is_two_tier_server (self, url))
    {
      g_autofree char *tiered_url = build_url (url, tiered);
      result = download_forms (self, url, tiered_url, folder, unpack, &path);
    }
  if (result == SYMBOL_SERVER_MISSING)
    {
      symbol_misses_add (self->misses, flat_url);
      symbol_request_note (self, url, "not there");
    }
  return g_steal_pointer (&path);
}
