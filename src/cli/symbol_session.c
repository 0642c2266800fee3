#include "cli/symbol_session.h"

#include "cli/attribution_session.h"

#include "base/number_format.h"
#include "cli/progress_line.h"
#include "model/trace_source.h"

#include <string.h>

/* Where symbols are looked for. */
typedef struct
{
  char *path;         /* (owned) (nullable): NULL for nowhere */
  char *trace_folder; /* (owned): absolute */
  gboolean is_folder_beside_trace;
} SymbolPlaces;

static void
symbol_places_clear (SymbolPlaces *self)
{
  g_free (self->path);
  g_free (self->trace_folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SymbolPlaces, symbol_places_clear)

/* Returns: (transfer full) (nullable): the path of the environment, NULL without one. */
static char *
dup_environment_path (void)
{
  const char *first = g_getenv ("_NT_ALT_SYMBOL_PATH"), *second = g_getenv ("_NT_SYMBOL_PATH");
  gboolean has_first = first != NULL && *first != '\0', has_second = second != NULL && *second != '\0';
  if (has_first && has_second)
    return g_strconcat (first, ";", second, NULL);
  return has_first ? g_strdup (first) : has_second ? g_strdup (second) : NULL;
}

/* Returns: FALSE with @ret_why_not (transfer full) when there is nowhere to look. */
static gboolean
find_places (const Arguments *arguments, SymbolPlaces *places, char **ret_why_not)
{
  places->trace_folder = trace_source_dup_folder (arguments->traces[0]);
  if (arguments->has_no_symbols)
    {
      *ret_why_not = g_strdup ("--no-symbols was given");
      return FALSE;
    }
  places->path = arguments->symbols != NULL ? g_strdup (arguments->symbols) : dup_environment_path ();
  if (places->path != NULL)
    return TRUE;
  g_autofree char *folder = g_build_filename (places->trace_folder, "symbols", NULL);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    *ret_why_not = g_strdup ("no symbol path; give one with --symbols or in _NT_SYMBOL_PATH");
  else if (strpbrk (folder, ";*") != NULL)
    *ret_why_not = g_strdup ("the folder “symbols” beside the trace cannot be named in a symbol path: its name has "
                             "“;” or “*” in it");
  else
    {
      places->path = g_strconcat ("srv*", folder, NULL);
      places->is_folder_beside_trace = TRUE;
    }
  return places->path != NULL;
}

static void
write_progress (GString *text, gconstpointer data)
{
  g_auto (SymbolProgress) progress = { 0 };
  symbol_resolver_get_progress ((SymbolResolver *) data, &progress);
  g_string_append_printf (text, "symbols: %u of %u modules", progress.n_done, progress.n_modules);
  if (progress.current == NULL)
    return;
  g_string_append_printf (text, ", %s", progress.current);
  if (progress.bytes_done > 0)
    {
      g_autofree char *done = format_bytes ((gint64) progress.bytes_done);
      g_string_append_printf (text, ", %s", done);
    }
}

/* Returns: (transfer full): the modules of @trace, their symbols loaded from @places. */
static SymbolModules *
load (const Arguments *arguments, const SymbolPlaces *places, const PoolTrace *trace)
{
  SymbolModules *modules = symbol_modules_new (trace);
  SymbolResolver *resolver = symbol_modules_get_resolver (modules);
  g_autofree char *store = g_build_filename (g_get_user_cache_dir (), "poolscope", "symbols", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "poolscope", "symbol-tables", NULL);
  g_autofree char *current_folder = g_get_current_dir ();
  const SymbolLocatorOptions locator_options = { .path = places->path,
                                                 .default_store = store,
                                                 .is_offline = arguments->is_offline,
                                                 .trace_folder = places->trace_folder,
                                                 .base_folder = current_folder,
                                                 .home_folder = g_get_home_dir (),
                                                 .certificate_path = g_getenv ("SSL_CERT_FILE") };
  g_autoptr (SymbolLocator) locator = symbol_locator_new (&locator_options);
  /* Beside the trace is everything: names must not depend on what was loaded earlier from elsewhere. */
  const SymbolLoadOptions options
      = { .locator = locator, .cache_folder = places->is_folder_beside_trace ? NULL : cache };
  ProgressLine *line = progress_line_start (write_progress, resolver);
  symbol_resolver_load (resolver, &options, NULL, NULL);
  progress_line_stop (line);
  return modules;
}

SymbolModules *
cli_load_symbols (const Arguments *arguments, const PoolTrace *trace, char **ret_why_not)
{
  g_auto (SymbolPlaces) places = { 0 };
  *ret_why_not = NULL;
  return find_places (arguments, &places, ret_why_not) ? load (arguments, &places, trace) : symbol_modules_new (trace);
}

static gboolean
has_filter_on_stacks (const Arguments *arguments)
{
  for (char **filter = arguments->filters; filter != NULL && *filter != NULL; filter++)
    if (g_str_has_prefix (*filter, "stack") || g_str_has_prefix (*filter, "freestack")
        || g_str_has_prefix (*filter, "frametags"))
      return TRUE;
  return FALSE;
}

StackOptions *
cli_load_stack_options (const Arguments *arguments)
{
  g_autoptr (StackTags) tags = stack_tags_new ();
  g_autoptr (GError) error = NULL;
  for (char **path = arguments->stack_tags; path != NULL && *path != NULL; path++)
    if (!stack_tags_add_file (tags, *path, &error))
      {
        cli_print_error (error->message);
        return NULL;
      }
  static const char *const all_modules[] = { STACK_OPTIONS_ALL_MODULES, NULL };
  return stack_options_new (tags, (const char *const *) arguments->folds,
                            arguments->groups_modules ? all_modules : NULL);
}

FrameNames *
cli_load_frame_names (const Arguments *arguments, const PoolTrace *trace, StackOptions *options,
                      gboolean shows_stacks)
{
  g_autoptr (Attribution) attribution = cli_load_attribution (arguments, trace);
  if (!shows_stacks && !has_filter_on_stacks (arguments))
    return frame_names_new_with_symbols (trace, NULL, attribution);
  g_auto (SymbolPlaces) places = { 0 };
  g_autofree char *why_not = NULL;
  gboolean has_places = find_places (arguments, &places, &why_not);
  g_autoptr (SymbolModules) modules = has_places ? load (arguments, &places, trace) : NULL;
  g_autoptr (FrameNames) names = frame_names_new_with_symbols (trace, modules, attribution);
  return options == NULL || stack_options_is_plain (options) ? g_steal_pointer (&names)
                                                             : frame_names_new_read (names, trace, options);
}

gboolean
cli_grouping_has_stacks (const Dimension *grouping, gsize n_levels)
{
  for (gsize i = 0; i < n_levels; i++)
    if (dimension_is_named (grouping[i]))
      return TRUE;
  return FALSE;
}
