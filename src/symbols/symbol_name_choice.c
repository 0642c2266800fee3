#include "symbols/symbol_name_choice.h"

#include "symbols/symbol_table.h"

static const char *
get_name (const GString *names, const SymbolCandidate *candidate)
{
  return names->str + candidate->name_offset;
}

static int
compare_names (gconstpointer left, gconstpointer right, gpointer names)
{
  return strcmp (get_name (names, left), get_name (names, right));
}

static void
append_name_again (GString *names, const SymbolCandidate *candidate)
{
  const char *name = get_name (names, candidate);
  g_string_append_len (names, name, (gssize)strlen (name) + 1);
}

/* How little a name says of the source: the compiler's own functions, then those with many template
 * arguments. */
static gsize
get_name_rank (const char *name)
{
  gsize length = strlen (name), n_brackets = 0;
  gboolean is_generated = strstr (name, "deleting destructor'") || strstr (name, "`dynamic ")
                          || g_str_has_prefix (name, "_get_");
  for (const char *bracket = name; (bracket = strchr (bracket, '<')); bracket++)
    n_brackets++;
  return (is_generated ? (gsize)1 << 40 : 0) + (n_brackets << 20) + length;
}

/* Appends the name of @chosen to @names, and behind it the first other ones of the @n @candidates, which are in the
 * order of their names; @chosen moves there. Returns the number of other names. */
static guint16
put_names_together (SymbolCandidate *chosen, const SymbolCandidate *candidates, guint n, GString *names,
                    gsize names_limit_bytes)
{
  guint32 place = (guint32)names->len;
  guint n_others = 0;
  append_name_again (names, chosen);
  for (guint i = 0; i < n; i++)
    {
      if (compare_names (&candidates[i], chosen, names) == 0
          || (i > 0 && compare_names (&candidates[i], &candidates[i - 1], names) == 0))
        continue;
      if (n_others++ < SYMBOL_MOST_OTHER_NAMES)
        append_name_again (names, &candidates[i]);
    }
  /* No linker folds so much: only pieces of code that share one long name could fill the memory. */
  if (n_others > 0 && names->len > names_limit_bytes)
    n_others = 0;
  if (n_others == 0)
    g_string_truncate (names, place);
  else
    chosen->name_offset = place;
  return (guint16)MIN (n_others, G_MAXUINT16);
}

guint16
symbol_name_choice_make (SymbolCandidate *candidates, guint n, const PdbContribution *owner, GString *names,
                         gsize names_limit_bytes)
{
  g_qsort_with_data (candidates, (int)n, sizeof *candidates, compare_names, names);
  guint best = 0;
  gsize best_rank = G_MAXSIZE;
  for (guint i = 0; i < n; i++)
    {
      const SymbolCandidate *candidate = &candidates[i];
      gboolean is_of_owner = owner && !candidate->is_public && owner->module == candidate->module;
      gsize rank = get_name_rank (get_name (names, candidate)) + (is_of_owner ? 0 : (gsize)1 << 41);
      if (rank < best_rank)
        best = i;
      best_rank = MIN (rank, best_rank);
    }
  SymbolCandidate chosen = candidates[best];
  guint16 n_others = put_names_together (&chosen, candidates, n, names, names_limit_bytes);
  candidates[0] = chosen;
  return n_others;
}
