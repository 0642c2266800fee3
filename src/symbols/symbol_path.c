#include "symbols/symbol_path.h"

#include <string.h>

#include "symbols/windows_path.h"

static void
symbol_place_free (SymbolPlace *self)
{
  g_free (self->text);
  g_free (self->location);
  g_free (self->problem);
  g_free (self);
}

static void
symbol_element_free (SymbolElement *self)
{
  g_ptr_array_unref (self->places);
  g_free (self);
}

static SymbolElement *
symbol_element_new (SymbolElementKind kind)
{
  SymbolElement *self = g_new0 (SymbolElement, 1);
  self->kind = kind;
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) symbol_place_free);
  return self;
}

static SymbolPlace *
symbol_place_new (SymbolPlaceKind kind, const char *text, const char *location, const char *problem)
{
  SymbolPlace *self = g_new0 (SymbolPlace, 1);
  self->kind = kind;
  self->text = g_strdup (text);
  self->location = g_strdup (location);
  self->problem = g_strdup (problem);
  return self;
}

static SymbolPlace *
symbol_place_new_server (const char *text)
{
  g_autofree char *url = g_strdup (text);
  for (gsize length = strlen (url); length && url[length - 1] == '/'; length--)
    url[length - 1] = 0;
  g_autoptr (GUri) parsed = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = parsed ? g_uri_get_host (parsed) : NULL;
  if (!host || !*host)
    return symbol_place_new (SYMBOL_PLACE_UNREACHABLE, text, NULL, "not a valid address");
  return symbol_place_new (SYMBOL_PLACE_SERVER, text, url, NULL);
}

char *
symbol_path_dup_without_tilde (const char *folder, const char *home_folder)
{
  gboolean is_of_home = home_folder && folder[0] == '~' && (folder[1] == '\0' || folder[1] == '/');
  return is_of_home ? g_canonicalize_filename (folder[1] ? folder + 2 : ".", home_folder) : g_strdup (folder);
}

/* The folder @text with a leading "~" led to the home folder and a relative one to the base folder. */
static char *
dup_absolute_folder (const char *text, const SymbolPathContext *context)
{
  g_autofree char *folder = symbol_path_dup_without_tilde (text, context->home_folder);
  return context->base_folder && !g_path_is_absolute (folder)
             ? g_canonicalize_filename (folder, context->base_folder)
             : g_steal_pointer (&folder);
}

/* @is_cache: files are only ever copied there, so that any other folder does as well. */
static SymbolPlace *
symbol_place_new_from_text (const char *text, gboolean is_cache, const SymbolPathContext *context)
{
  if (!*text)
    return symbol_place_new (SYMBOL_PLACE_FOLDER, text, context->default_store, NULL);
  if (g_ascii_strncasecmp (text, "http://", 7) == 0 || g_ascii_strncasecmp (text, "https://", 8) == 0)
    return symbol_place_new_server (text);
  if (strstr (text, "://"))
    return symbol_place_new (SYMBOL_PLACE_UNREACHABLE, text, NULL,
                             "only http and https addresses are supported");
  g_autofree char *relative = NULL;
  gboolean is_share = g_str_has_prefix (text, "\\\\");
  if (windows_path_matches (text))
    {
      g_autofree char *mapped = windows_path_to_local (text, context->folder_map);
      if (mapped)
        return symbol_place_new (SYMBOL_PLACE_FOLDER, text, mapped, NULL);
      if (is_cache && !is_share)
        return symbol_place_new (SYMBOL_PLACE_FOLDER, text, context->default_store, NULL);
      if (text[0] != '.')
        return symbol_place_new (SYMBOL_PLACE_UNREACHABLE, text, NULL,
                                 "not reachable on Linux; map it to a local folder");
      relative = g_strdelimit (g_strdup (text), "\\", '/');
    }
  g_autofree char *absolute = dup_absolute_folder (relative ? relative : text, context);
  return symbol_place_new (SYMBOL_PLACE_FOLDER, text, absolute, NULL);
}

static gboolean
chain_has (const SymbolElement *chain, SymbolPlaceKind kind, const char *location)
{
  for (guint i = 0; i < chain->places->len; i++)
    {
      const SymbolPlace *place = chain->places->pdata[i];
      if (place->kind == kind && (!location || strcmp (place->location, location) == 0))
        return TRUE;
    }
  return FALSE;
}

/* (array zero-terminated=1): @stores, the nearest first. */
static SymbolElement *
symbol_element_new_chain (char **stores, const SymbolPathContext *context)
{
  SymbolElement *chain = symbol_element_new (SYMBOL_ELEMENT_CHAIN);
  for (char **store = stores; *store; store++)
    {
      SymbolPlace *place = symbol_place_new_from_text (g_strstrip (*store), store[1] != NULL, context);
      /* Two Windows caches become the same default store: once is enough. */
      if (place->location && chain_has (chain, place->kind, place->location))
        symbol_place_free (place);
      else
        g_ptr_array_add (chain->places, place);
    }
  const SymbolPlace *first = chain->places->len ? chain->places->pdata[0] : NULL;
  /* What comes from a server has to be written somewhere. */
  gboolean needs_cache = chain_has (chain, SYMBOL_PLACE_SERVER, NULL) && first->kind != SYMBOL_PLACE_FOLDER
                         && !chain_has (chain, SYMBOL_PLACE_FOLDER, context->default_store);
  if (!first || needs_cache)
    g_ptr_array_insert (chain->places, 0, symbol_place_new_from_text ("", TRUE, context));
  return chain;
}

static SymbolElement *
symbol_element_new_single (SymbolElementKind kind, SymbolPlace *place)
{
  SymbolElement *self = symbol_element_new (kind);
  g_ptr_array_add (self->places, place);
  return self;
}

static SymbolElement *
symbol_element_new_from_text (const char *text, const SymbolPathContext *context)
{
  g_auto (GStrv) words = g_strsplit (text, "*", -1);
  const char *keyword = g_strstrip (words[0]);
  if (!words[1])
    {
      SymbolPlace *place = symbol_place_new_from_text (keyword, FALSE, context);
      if (place->kind != SYMBOL_PLACE_SERVER)
        return symbol_element_new_single (SYMBOL_ELEMENT_FOLDER, place);
      /* A bare address can only have been meant as a server. */
      symbol_place_free (place);
      return symbol_element_new_chain (words, context);
    }
  if (g_ascii_strcasecmp (keyword, "srv") == 0)
    return symbol_element_new_chain (words + 1, context);
  if (g_ascii_strcasecmp (keyword, "symsrv") == 0)
    return symbol_element_new_chain (words + 2, context); /* words[1] is the library's name */
  if (g_ascii_strcasecmp (keyword, "cache") == 0)
    return symbol_element_new_single (SYMBOL_ELEMENT_CACHE,
                                      symbol_place_new_from_text (g_strstrip (words[1]), TRUE, context));
  return symbol_element_new_single (
      SYMBOL_ELEMENT_FOLDER,
      symbol_place_new (SYMBOL_PLACE_UNREACHABLE, text, NULL,
                        "not understood; write “srv*”, “symsrv*” or “cache*” before the “*”"));
}

SymbolPath *
symbol_path_new (const char *text, const SymbolPathContext *context)
{
  SymbolPath *self = g_new0 (SymbolPath, 1);
  self->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) symbol_element_free);
  g_auto (GStrv) tokens = g_strsplit (text, ";", -1);
  for (char **token = tokens; *token; token++)
    if (*g_strstrip (*token))
      g_ptr_array_add (self->elements, symbol_element_new_from_text (*token, context));
  return self;
}

void
symbol_path_free (SymbolPath *self)
{
  g_ptr_array_unref (self->elements);
  g_free (self);
}
