#include "symbols/symbol_table_builder.h"

#include "symbols/pdb_layouts.h"
#include "symbols/plain_name.h"
#include "symbols/symbol_name_choice.h"
#include "symbols/symbol_ranges.h"
#include "symbols/symbol_rearrangement.h"

#define MOST_FUNCTIONS 20000000u
#define MOST_NAME_BYTES (2000u << 20)

typedef struct
{
  guint32 rva, size_bytes, owner_rva;
} SymbolPart;

#define CANDIDATE(self, i) (&g_array_index ((self)->functions, SymbolCandidate, i))

void
symbol_table_builder_init (SymbolTableBuilder *self, const MsfFile *file, const PdbDbi *dbi)
{
  *self = (SymbolTableBuilder){
    .file = file,
    .dbi = dbi,
    .functions = g_array_new (FALSE, FALSE, sizeof (SymbolCandidate)),
    .parts = g_array_new (FALSE, FALSE, sizeof (SymbolPart)),
    .names = g_string_new (NULL),
  };
}

void
symbol_table_builder_clear (SymbolTableBuilder *self)
{
  g_clear_pointer (&self->functions, g_array_unref);
  g_clear_pointer (&self->parts, g_array_unref);
  if (self->names)
    g_string_free (g_steal_pointer (&self->names), TRUE);
}

/* By address; procedures before publics; in the order of the file. */
static int
compare_candidates (gconstpointer left, gconstpointer right)
{
  const SymbolCandidate *a = left, *b = right;
  if (a->rva != b->rva)
    return a->rva < b->rva ? -1 : 1;
  if (a->is_public != b->is_public)
    return a->is_public ? 1 : -1;
  return (a->name_offset > b->name_offset) - (a->name_offset < b->name_offset);
}

static void
sort_candidates (SymbolTableBuilder *self)
{
  /* Modules mostly come in the order of their code. */
  for (guint i = 1; i < self->functions->len; i++)
    if (compare_candidates (CANDIDATE (self, i - 1), CANDIDATE (self, i)) > 0)
      {
        qsort (self->functions->data, self->functions->len, sizeof (SymbolCandidate), compare_candidates);
        return;
      }
}

/* The number of sorted functions that begin at or before @rva. */
static gsize
count_sorted_until (const SymbolTableBuilder *self, guint32 rva)
{
  gsize low = 0, high = self->n_sorted;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (CANDIDATE (self, middle)->rva <= rva)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Whether a procedure begins at @rva. Publics come nearly in the order of the procedures. */
static gboolean
has_procedure_at (SymbolTableBuilder *self, guint32 rva)
{
  gsize next = self->last_found + 1;
  if (next < self->n_sorted && CANDIDATE (self, next)->rva == rva)
    self->last_found = next;
  else
    {
      gsize n = count_sorted_until (self, rva);
      if (n == 0 || CANDIDATE (self, n - 1)->rva != rva)
        return FALSE;
      self->last_found = n - 1;
    }
  return TRUE;
}

gboolean
symbol_table_builder_add (const PdbSymbol *symbol, gpointer builder, GError **error)
{
  SymbolTableBuilder *self = builder;
  if (symbol->kind == PDB_SYMBOL_PART)
    {
      SymbolPart part = { symbol->rva, symbol->size_bytes, symbol->owner_rva };
      g_array_append_val (self->parts, part);
      return TRUE;
    }
  gboolean is_public = symbol->kind == PDB_SYMBOL_PUBLIC;
  if (symbol->name_length == 0 || (is_public && has_procedure_at (self, symbol->rva)))
    return TRUE;
  if (self->functions->len >= MOST_FUNCTIONS || self->names->len >= MOST_NAME_BYTES)
    {
      msf_file_set_damaged (self->file, MSF_NO_STREAM, 0, "it names more functions than an image can have",
                            error);
      return FALSE;
    }
  SymbolCandidate candidate
      = { symbol->rva, symbol->size_bytes, (guint32)self->names->len, symbol->module, (guint8)is_public };
  /* The names of procedures are plain; only some compilers decorate them. */
  if (is_public || symbol->name[0] == '?')
    {
      if (!plain_name_append (self->names, symbol->name, symbol->name_length, self->dbi->machine))
        return TRUE;
    }
  else
    plain_name_append_as_is (self->names, symbol->name, symbol->name_length);
  g_string_append_c (self->names, '\0');
  g_array_append_val (self->functions, candidate);
  return TRUE;
}

/* The function that @part belongs to, among the sorted ones. Returns: (transfer none) (nullable). */
static const SymbolCandidate *
find_owner (const SymbolTableBuilder *self, const SymbolPart *part)
{
  gsize n = count_sorted_until (self, part->owner_rva);
  const SymbolCandidate *owner = n > 0 ? CANDIDATE (self, n - 1) : NULL;
  return owner && part->owner_rva - owner->rva < MAX (owner->size_bytes, 1u) ? owner : NULL;
}

/* The pieces of code without a name get that of the function they belong to. Those whose function is not among the
 * sorted ones stay for later. */
static void
add_parts (SymbolTableBuilder *self)
{
  guint n_left = 0;
  for (guint i = 0; i < self->parts->len; i++)
    {
      SymbolPart part = g_array_index (self->parts, SymbolPart, i);
      const SymbolCandidate *owner = find_owner (self, &part);
      if (!owner)
        g_array_index (self->parts, SymbolPart, n_left++) = part;
      if (!owner || part.size_bytes == 0 || self->functions->len >= MOST_FUNCTIONS)
        continue;
      SymbolCandidate candidate = *owner;
      candidate.rva = part.rva;
      candidate.size_bytes = part.size_bytes;
      g_array_append_val (self->functions, candidate);
    }
  g_array_set_size (self->parts, n_left);
}

void
symbol_table_builder_end_procedures (SymbolTableBuilder *self)
{
  sort_candidates (self);
  self->n_sorted = self->functions->len;
  add_parts (self);
  sort_candidates (self);
  self->n_sorted = self->functions->len;
}

/* Shows one of the @n candidates for one address, in the place of the first. Returns the number of other names. */
static guint16
choose_name (SymbolTableBuilder *self, guint first, guint n, gsize names_limit_bytes)
{
  guint32 end_rva;
  SymbolCandidate *candidates = CANDIDATE (self, first);
  const PdbContribution *owner = pdb_dbi_find_contribution (self->dbi, candidates->rva, &end_rva);
  return symbol_name_choice_make (candidates, n, owner, self->names, names_limit_bytes);
}

static guint32
get_procedure_end (const SymbolCandidate *candidate)
{
  return candidate->rva + MIN (candidate->size_bytes, G_MAXUINT32 - candidate->rva);
}

/* Where the code of a candidate ends; one of no known size goes on until @next_rva, where another begins, at most. */
static guint32
find_end (const SymbolTableBuilder *self, const SymbolCandidate *candidate, guint32 next_rva)
{
  guint32 end_rva;
  if (candidate->size_bytes)
    return get_procedure_end (candidate);
  pdb_dbi_find_contribution (self->dbi, candidate->rva, &end_rva);
  return MIN (end_rva, next_rva);
}

/* Leaves out the publics inside procedures: they are labels. */
static void
remove_labels (SymbolTableBuilder *self)
{
  guint n_kept = 0;
  guint32 procedure_end_rva = 0;
  for (guint i = 0; i < self->functions->len; i++)
    {
      SymbolCandidate candidate = *CANDIDATE (self, i);
      if (candidate.is_public && candidate.rva < procedure_end_rva)
        continue;
      if (!candidate.is_public)
        procedure_end_rva = MAX (procedure_end_rva, get_procedure_end (&candidate));
      *CANDIDATE (self, n_kept++) = candidate;
    }
  g_array_set_size (self->functions, n_kept);
}

/* As many rows as there can be: one that ends each function, and one of the code around each that begins in others. */
static guint32
count_rows_at_most (const SymbolTableBuilder *self)
{
  guint32 n_rows = self->functions->len, reached_rva = 0;
  for (guint i = 0; i < self->functions->len; i++)
    {
      const SymbolCandidate *candidate = CANDIDATE (self, i);
      n_rows += reached_rva > candidate->rva ? 1 : 0;
      reached_rva = MAX (reached_rva, get_procedure_end (candidate));
    }
  return n_rows;
}

/* One function per address; the names of the losers stay where they were in the chunk, they are few. */
static SymbolTable *
make_rows (SymbolTableBuilder *self)
{
  SymbolTable *table = symbol_table_alloc (count_rows_at_most (self));
  SymbolRanges ranges;
  gsize names_limit_bytes = 2 * self->names->len;
  symbol_ranges_init (&ranges, table);
  for (guint i = 0, next; i < self->functions->len; i = next)
    {
      for (next = i + 1;
           next < self->functions->len && CANDIDATE (self, next)->rva == CANDIDATE (self, i)->rva;)
        next++;
      guint16 n_others = next - i > 1 ? choose_name (self, i, next - i, names_limit_bytes) : 0;
      const SymbolCandidate *candidate = CANDIDATE (self, i);
      guint32 next_rva = next < self->functions->len ? CANDIDATE (self, next)->rva : G_MAXUINT32;
      symbol_ranges_begin (&ranges, candidate->rva, find_end (self, candidate, next_rva), candidate->name_offset,
                           n_others);
      table->is_public_only &= candidate->is_public;
    }
  symbol_ranges_finish (&ranges);
  return table;
}

SymbolTable *
symbol_table_builder_finish (SymbolTableBuilder *self)
{
  sort_candidates (self);
  self->n_sorted = self->functions->len;
  add_parts (self);
  sort_candidates (self);
  remove_labels (self);
  SymbolTable *table = make_rows (self);
  gsize names_size = self->names->len;
  table->names = g_realloc (g_string_free (g_steal_pointer (&self->names), FALSE), names_size + 1);
  table->names_size = (guint32)names_size;
  g_array_set_size (self->functions, 0);
  return self->dbi->omap_to_source->len ? symbol_table_rearrange (table, self->dbi) : table;
}
