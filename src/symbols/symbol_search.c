#include "symbols/symbol_search.h"

#include <string.h>

#include "symbols/folder_lookup.h"
#include "symbols/symbol_name.h"
#include "symbols/symbol_store.h"

static gboolean
is_cabinet (const char *path)
{
  const char *description;
  return symbol_file_kind_sniff_path (path, &description) == SYMBOL_FILE_CABINET;
}

/* The file at @path, which was found in @place, copied to all @caches (of folders, the nearest first) and
 * unpacked. (transfer full) (nullable): the nearest copy; NULL if it is not what is looked for. */
static char *
take_found (SymbolRequest *request, const char *path, const char *place, const GPtrArray *caches)
{
  g_autoptr (GError) error = NULL;
  gboolean is_compressed = is_cabinet (path);
  if (!is_compressed && !symbol_request_check (request, path, &error))
    {
      symbol_request_note (request, place, error->message);
      return NULL;
    }
  char *nearest = g_strdup (path);
  for (guint i = caches->len; i-- > 0;)
    {
      const char *cache = caches->pdata[i];
      /* A cache that cannot be written is as good as none. */
      char *copy = symbol_store_is_writable (cache)
                       ? symbol_request_install (request, nearest, cache, i == 0, NULL)
                       : NULL;
      if (!copy)
        continue;
      g_free (nearest);
      nearest = copy;
    }
  if (!is_cabinet (nearest))
    return nearest;
  gboolean is_own_place = caches->len == 0 && place[0] == '/' && symbol_store_is_writable (place);
  char *unpacked = symbol_request_install (request, nearest, is_own_place ? place : request->default_store,
                                           TRUE, &error);
  if (!unpacked)
    symbol_request_note (request, place, error->message);
  g_free (nearest);
  return unpacked;
}

static char *
search_store (SymbolRequest *request, const char *folder, const GPtrArray *caches)
{
  g_autofree char *problem = NULL;
  g_autofree char *path
      = symbol_store_find (folder, request->name, request->key, request->folder_map, &problem);
  if (path)
    return take_found (request, path, folder, caches);
  symbol_request_note (request, folder, problem ? problem : "not there");
  return NULL;
}

/* A folder where files lie without keys, perhaps sorted by the extensions of their images. */
static char *
search_folder (SymbolRequest *request, const char *folder, const GPtrArray *caches)
{
  const char *image = request->identity->image_name;
  const char *extension = symbol_name_get_extension (image && *image ? image : request->name);
  const char *const ways[][4] = {
    { request->name, NULL },
    { extension, request->name, NULL },
    { "symbols", extension, request->name, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (i > 0 && (!*extension || strchr (extension, '/') || strchr (extension, '\\')))
        break;
      g_autofree char *path = folder_lookup_path (folder, ways[i]);
      if (!path || g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      char *taken = take_found (request, path, path, caches);
      if (taken)
        return taken;
    }
  /* It may as well be a store that nobody marked. */
  return search_store (request, folder, caches);
}

static char *
search_server (SymbolRequest *request, const char *url, const GPtrArray *caches)
{
  if (request->is_offline)
    {
      symbol_request_note (request, url, "not asked while offline");
      return NULL;
    }
  /* The nearest to the server that can be written. */
  const char *folder = request->default_store;
  guint n_left = caches->len;
  while (n_left > 0 && !symbol_store_is_writable (caches->pdata[n_left - 1]))
    n_left--;
  if (n_left > 0)
    folder = caches->pdata[--n_left];
  g_autofree char *path = symbol_request_download (request, url, folder, n_left == 0);
  if (!path)
    return NULL;
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  for (guint i = 0; i < n_left; i++)
    g_ptr_array_add (left, caches->pdata[i]);
  return take_found (request, path, folder, left);
}

/* @caches: what stands before @element; left as it was. */
static char *
search_element (SymbolRequest *request, const SymbolElement *element, GPtrArray *caches)
{
  guint n_caches = caches->len;
  char *path = NULL;
  for (guint i = 0; i < element->places->len && !path && !g_cancellable_is_cancelled (request->cancellable);
       i++)
    {
      const SymbolPlace *place = element->places->pdata[i];
      if (place->kind == SYMBOL_PLACE_UNREACHABLE)
        symbol_request_note (request, place->text, place->problem);
      else if (place->kind == SYMBOL_PLACE_SERVER)
        path = search_server (request, place->location, caches);
      else if (element->kind == SYMBOL_ELEMENT_FOLDER)
        path = search_folder (request, place->location, caches);
      else
        path = search_store (request, place->location, caches);
      if (place->kind == SYMBOL_PLACE_FOLDER)
        g_ptr_array_add (caches, place->location);
    }
  g_ptr_array_set_size (caches, (gint) n_caches);
  return path;
}

char *
symbol_search_run (const SymbolPath *path, SymbolRequest *request)
{
  g_autoptr (GPtrArray) caches = g_ptr_array_new ();
  char *found = NULL;
  for (guint i = 0; i < path->elements->len && !found && !g_cancellable_is_cancelled (request->cancellable);
       i++)
    {
      const SymbolElement *element = path->elements->pdata[i];
      found = search_element (request, element, caches);
      const SymbolPlace *place = element->places->pdata[0];
      if (element->kind == SYMBOL_ELEMENT_CACHE && place->kind == SYMBOL_PLACE_FOLDER)
        g_ptr_array_add (caches, place->location);
    }
  return found;
}
