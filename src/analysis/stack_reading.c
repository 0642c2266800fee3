#include "analysis/stack_reading.h"

#include <string.h>

#define FOLDED_TEXT "[Folded]"
#define NO_ROW G_MAXUINT32

/* What is known of a distinct text of frames. */
typedef struct
{
  gboolean is_folded;
  guint32 module_row;  /* of "module!*", NO_ROW for frames of no module or of one that is not grouped */
  guint32 tag_row;     /* of a plain tag, else NO_ROW */
  const StackTag *tag; /* (nullable) */
} TextFacts;

typedef struct
{
  const PoolTrace *trace;
  StringTable *texts;
  GArray *text_of_frame;
  GHashTable *row_of_text; /* of rows that are no frames: text id -> row + 1 */
  TextFacts *facts;        /* (array length=n_texts of the frames) */
  U32Column scratch;       /* frames of the stack in hand that are not folded */
} Reader;

/* The row that is no frame of the trace and has @text. */
static guint32
get_row (Reader *self, const char *text)
{
  guint32 text_id = string_table_intern (self->texts, text);
  guint32 row_plus_one = GPOINTER_TO_UINT (g_hash_table_lookup (self->row_of_text, GUINT_TO_POINTER (text_id)));
  if (row_plus_one > 0)
    return row_plus_one - 1;
  guint32 row = self->text_of_frame->len;
  g_array_append_val (self->text_of_frame, text_id);
  g_hash_table_insert (self->row_of_text, GUINT_TO_POINTER (text_id), GUINT_TO_POINTER (row + 1));
  return row;
}

static guint32
get_text_id (const Reader *self, guint32 row)
{
  return g_array_index (self->text_of_frame, guint32, row);
}

static guint32
find_module_row (Reader *self, const StackOptions *options, const char *text)
{
  g_autofree char *module = g_strndup (text, frame_text_get_module_length (text));
  if (*module == '\0' || !stack_options_groups (options, module))
    return NO_ROW;
  g_autofree char *row_text = g_strconcat (module, "!*", NULL);
  return get_row (self, row_text);
}

static void
collect_facts (Reader *self, const StackOptions *options)
{
  guint32 n_texts = string_table_get_count (self->texts);
  g_autoptr (StackTagMatcher) matcher = options->tags != NULL ? stack_tag_matcher_new (options->tags) : NULL;
  self->facts = g_new (TextFacts, n_texts);
  for (guint32 i = 0; i < n_texts; i++)
    {
      const char *text = string_table_get (self->texts, i);
      TextFacts facts = { .is_folded = stack_options_folds (options, text),
                          .module_row = find_module_row (self, options, text),
                          .tag_row = NO_ROW,
                          .tag = matcher != NULL ? stack_tag_matcher_find (matcher, text) : NULL };
      if (facts.tag != NULL && facts.tag->hint == STACK_TAG_PLAIN)
        facts.tag_row = get_row (self, facts.tag->name);
      self->facts[i] = facts;
    }
}

static const TextFacts *
get_facts (const Reader *self, guint32 frame)
{
  return &self->facts[get_text_id (self, frame)];
}

/* The row of a hint: the tag with the neighbour that the hint does not name itself, without one the tag alone. */
static guint32
find_hint_row (Reader *self, gsize at, const StackTag *tag)
{
  gssize step = tag->hint == STACK_TAG_HINT_CALLEE ? 1 : -1;
  gssize neighbour = (gssize) at + step;
  while (neighbour >= 0 && neighbour < (gssize) self->scratch.n
         && get_facts (self, self->scratch.values[neighbour])->tag == tag)
    neighbour += step;
  if (neighbour < 0 || neighbour >= (gssize) self->scratch.n)
    return get_row (self, tag->name);
  const char *text = string_table_get (self->texts, get_text_id (self, self->scratch.values[neighbour]));
  gsize length = tag->shows_function ? 0 : frame_text_get_module_length (text);
  g_autofree char *name
      = g_strdup_printf ("%s\\%.*s", tag->name, (int) (length > 0 ? length : strlen (text)), text);
  return get_row (self, name);
}

static guint32
find_tag_row (Reader *self, gsize at)
{
  const TextFacts *facts = get_facts (self, self->scratch.values[at]);
  return facts->tag == NULL || facts->tag_row != NO_ROW ? facts->tag_row : find_hint_row (self, at, facts->tag);
}

static void
append_rows (Reader *self, StackView view, U32Column *rows)
{
  gsize first = rows->n;
  gboolean follows_grouped = FALSE;
  for (gsize i = 0; i < self->scratch.n; i++)
    {
      guint32 frame = self->scratch.values[i], module_row = get_facts (self, frame)->module_row;
      guint32 row = module_row != NO_ROW ? module_row : frame;
      guint32 tag_row = view == STACK_VIEW_TAGS ? find_tag_row (self, i) : NO_ROW;
      if (tag_row != NO_ROW)
        row = tag_row;
      /* Rows that stand for several frames stand once; a function that calls itself is two frames. */
      gboolean is_shown = follows_grouped && module_row != NO_ROW && rows->values[rows->n - 1] == row;
      follows_grouped = module_row != NO_ROW;
      if (!is_shown)
        u32_column_append (rows, row);
    }
  if (rows->n == first)
    u32_column_append (rows, get_row (self, FOLDED_TEXT));
}

/* The text id of the one tag for the stack in hand: the highest priority, of equal ones the innermost. */
static guint32
choose_stack_tag (Reader *self)
{
  gsize best = self->scratch.n;
  for (gsize i = 0; i < self->scratch.n; i++)
    {
      const StackTag *tag = get_facts (self, self->scratch.values[i])->tag;
      if (tag != NULL
          && (best == self->scratch.n
              || tag->priority >= get_facts (self, self->scratch.values[best])->tag->priority))
        best = i;
    }
  if (best < self->scratch.n)
    return get_text_id (self, find_tag_row (self, best));
  if (self->scratch.n == 1 && self->trace->frames[self->scratch.values[0]].special != POOL_INDEX_NONE)
    return get_text_id (self, self->scratch.values[0]);
  return string_table_intern (self->texts, STACK_UNTAGGED_TEXT);
}

/* Puts the frames of @stack into the scratch column, of all or those that are not folded. */
static void
take_frames (Reader *self, guint32 stack, gboolean takes_folded)
{
  gsize n_frames;
  const guint32 *frames = pool_trace_get_stack (self->trace, stack, &n_frames);
  if (n_frames == 0)
    frames = pool_trace_get_stack (self->trace, POOL_STACK_NONE, &n_frames);
  self->scratch.n = 0;
  for (gsize i = 0; i < n_frames; i++)
    if (takes_folded || !get_facts (self, frames[i])->is_folded)
      u32_column_append (&self->scratch, frames[i]);
}

StackReading *
stack_reading_new (const PoolTrace *trace, const StackOptions *options, StringTable *texts, GArray *text_of_frame)
{
  Reader reader = { .trace = trace, .texts = texts, .text_of_frame = text_of_frame };
  StackReading *self = g_new0 (StackReading, 1);
  U32Column rows[N_STACK_VIEWS] = { { 0 } };
  reader.row_of_text = g_hash_table_new (NULL, NULL);
  collect_facts (&reader, options);
  for (StackView view = 0; view < N_STACK_VIEWS; view++)
    self->starts[view] = g_new (guint32, trace->n_stacks + 1);
  self->tag_of_stack = g_new (guint32, trace->n_stacks + 1);
  for (guint32 stack = 0; stack < trace->n_stacks; stack++)
    {
      take_frames (&reader, stack, TRUE);
      self->tag_of_stack[stack] = choose_stack_tag (&reader);
      take_frames (&reader, stack, FALSE);
      for (StackView view = 0; view < N_STACK_VIEWS; view++)
        {
          self->starts[view][stack] = (guint32) rows[view].n;
          append_rows (&reader, view, &rows[view]);
        }
    }
  for (StackView view = 0; view < N_STACK_VIEWS; view++)
    {
      self->starts[view][trace->n_stacks] = (guint32) rows[view].n;
      u32_column_trim (&rows[view]);
      self->rows[view] = rows[view].values;
    }
  g_hash_table_unref (reader.row_of_text);
  g_free (reader.facts);
  u32_column_clear (&reader.scratch);
  return self;
}

void
stack_reading_free (StackReading *self)
{
  for (StackView view = 0; view < N_STACK_VIEWS; view++)
    {
      g_free (self->starts[view]);
      g_free (self->rows[view]);
    }
  g_free (self->tag_of_stack);
  g_free (self);
}
