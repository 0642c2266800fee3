#include "analysis/frame_names.h"

#include "base/number_format.h"

#include <stdlib.h>
#include <string.h>

#define TEXTS_WORTH_A_THREAD 5000

struct _FrameNames
{
  gatomicrefcount references;
  StringTable *texts;
  GArray *text_of_frame;  /* of guint32, by frame id */
  guint32 *rank_of_text;  /* (array length=count of texts): place of a text in bytewise order; filled by .ranking */
  GThread *ranking;       /* (owned) (nullable) */
  GMutex mutex;           /* of whoever waits for it */
  gint is_ranked;         /* (atomic): by now it has ended */
  SymbolModules *modules; /* (owned) (nullable) */
  Attribution *attribution; /* (owned) */
  gboolean *is_named;     /* (array length=modules of the resolver) (owned) (nullable): its functions are in the texts */
  FrameNames *base;       /* (owned) (nullable): which these are a reading of; it has the symbols */
  StackReading *reading;  /* (owned) (nullable): stacks as recorded without one */
  StackOptions *options;  /* (owned) (nullable): of the reading */
  GMutex order_mutex;     /* of whoever makes one of these */
  StackOrder *orders[N_STACK_VIEWS]; /* (owned) (nullable): made when first asked for */
};

static const char *
special_frame_text (guint32 special)
{
  switch (special)
    {
    case POOL_STACK_BEFORE_TRACE:
      return "[Before trace]";
    case POOL_STACK_ALLOCATION_LOST:
      return "[Allocation lost]";
    default:
      return "[No stack]";
    }
}

/* The function that called from @frame. A return address may lie behind the caller's last instruction, so the
 * byte before it is looked up. FALSE without a symbol. */
static gboolean
find_function (const FrameNames *self, const PoolTrace *trace, const PoolFrame *frame, SymbolMatch *ret_match)
{
  if (self->modules == NULL || frame->image == POOL_INDEX_NONE)
    return FALSE;
  guint32 module = symbol_modules_get_module (self->modules, frame->image);
  guint64 rva = frame->address - 1 - trace->images[frame->image].base_address;
  return module != POOL_INDEX_NONE && self->is_named[module] && rva <= G_MAXUINT32
         && symbol_resolver_lookup (symbol_modules_get_resolver (self->modules), module, (guint32) rva, ret_match);
}

/* The text of @frame, written to @buffer. */
static void
write_frame_text (const FrameNames *self, const PoolTrace *trace, const PoolFrame *frame, GString *buffer)
{
  SymbolMatch match;
  g_string_truncate (buffer, 0);
  if (frame->special != POOL_INDEX_NONE)
    g_string_append (buffer, special_frame_text (frame->special));
  else if (frame->image == POOL_INDEX_NONE)
    format_append_hexadecimal (buffer, frame->address);
  else if (find_function (self, trace, frame, &match))
    g_string_append_printf (buffer, "%s!%s", trace->images[frame->image].file_name, match.name);
  else
    {
      const PoolImage *image = &trace->images[frame->image];
      g_string_append (buffer, image->file_name);
      g_string_append_c (buffer, '+');
      format_append_hexadecimal (buffer, frame->address - image->base_address);
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b, gpointer texts)
{
  return strcmp (string_table_get (texts, *(const guint32 *) a),
                 string_table_get (texts, *(const guint32 *) b));
}

static gpointer
rank_texts (gpointer data)
{
  FrameNames *self = data;
  guint32 n_texts = string_table_get_count (self->texts);
  g_autofree guint32 *order = g_new (guint32, n_texts);
  for (guint32 i = 0; i < n_texts; i++)
    order[i] = i;
  if (n_texts > 1)
    qsort_r (order, n_texts, sizeof *order, compare_texts, self->texts);
  for (guint32 i = 0; i < n_texts; i++)
    self->rank_of_text[order[i]] = i;
  return NULL;
}

/* Ranks all texts once, so that ordering rows by text compares integers. No text is added from now on, and there is much
 * to do until the first rank is asked for: many texts are ranked meanwhile. */
static void
begin_ranking (FrameNames *self)
{
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->order_mutex);
  self->rank_of_text = g_new (guint32, string_table_get_count (self->texts));
  if (string_table_get_count (self->texts) >= TEXTS_WORTH_A_THREAD)
    self->ranking = g_thread_try_new ("frame-ranks", rank_texts, self, NULL);
  if (self->ranking == NULL)
    rank_texts (self);
}

/* Any thread may be the first to need the ranks. */
static void
end_ranking (FrameNames *self)
{
  if (g_atomic_int_get (&self->is_ranked))
    return;
  g_mutex_lock (&self->mutex);
  if (self->ranking != NULL)
    g_thread_join (g_steal_pointer (&self->ranking));
  g_atomic_int_set (&self->is_ranked, TRUE);
  g_mutex_unlock (&self->mutex);
}

/* Notes which tables are there now: texts and details agree although others may come meanwhile. */
static void
take_symbols (FrameNames *self, SymbolModules *modules)
{
  const SymbolResolver *resolver = symbol_modules_get_resolver (modules);
  guint n_modules = symbol_resolver_get_n_modules (resolver);
  self->modules = symbol_modules_ref (modules);
  self->is_named = g_new (gboolean, n_modules);
  for (guint i = 0; i < n_modules; i++)
    self->is_named[i] = symbol_resolver_get_table (resolver, i) != NULL;
}

/* Returns: (transfer full): names of the frames of @trace, which is not kept. */
FrameNames *
frame_names_new (const PoolTrace *trace)
{
  return frame_names_new_with_symbols (trace, NULL, NULL);
}

/* The same with the symbols that @modules (nullable) has loaded by now. */
FrameNames *
frame_names_new_with_symbols (const PoolTrace *trace, SymbolModules *modules, Attribution *attribution)
{
  FrameNames *self = g_new0 (FrameNames, 1);
  g_atomic_ref_count_init (&self->references);
  if (modules != NULL)
    take_symbols (self, modules);
  self->attribution = attribution ? attribution_ref (attribution) : attribution_new (trace, NULL, NULL);
  self->texts = string_table_new ();
  self->text_of_frame = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) trace->n_frames);
  g_autoptr (GString) buffer = g_string_new (NULL);
  for (gsize i = 0; i < trace->n_frames; i++)
    {
      write_frame_text (self, trace, &trace->frames[i], buffer);
      guint32 text_id = string_table_intern (self->texts, buffer->str);
      g_array_append_val (self->text_of_frame, text_id);
    }
  begin_ranking (self);
  return self;
}

FrameNames *
frame_names_new_read (FrameNames *base, const PoolTrace *trace, StackOptions *options)
{
  FrameNames *self = g_new0 (FrameNames, 1);
  g_atomic_ref_count_init (&self->references);
  self->base = frame_names_ref (base);
  self->attribution = attribution_ref (base->attribution);
  self->texts = string_table_new ();
  for (guint32 i = 0; i < string_table_get_count (base->texts); i++)
    string_table_intern (self->texts, string_table_get (base->texts, i));
  self->text_of_frame = g_array_sized_new (FALSE, FALSE, sizeof (guint32), base->text_of_frame->len);
  g_array_append_vals (self->text_of_frame, base->text_of_frame->data, base->text_of_frame->len);
  self->options = stack_options_ref (options);
  self->reading = stack_reading_new (trace, options, self->texts, self->text_of_frame);
  begin_ranking (self);
  return self;
}

const StackOptions *
frame_names_get_options (const FrameNames *self)
{
  return self->options;
}

SymbolModules *
frame_names_get_modules (const FrameNames *self)
{
  return self->base != NULL ? self->base->modules : self->modules;
}

Attribution *
frame_names_get_attribution (const FrameNames *self)
{
  return self->attribution;
}

FrameNames *
frame_names_ref (FrameNames *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
frame_names_unref (FrameNames *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  end_ranking (self);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->order_mutex);
  for (guint view = 0; view < N_STACK_VIEWS; view++)
    g_clear_pointer (&self->orders[view], stack_order_free);
  string_table_free (self->texts);
  g_array_unref (self->text_of_frame);
  g_clear_pointer (&self->reading, stack_reading_free);
  g_clear_pointer (&self->options, stack_options_unref);
  g_clear_pointer (&self->base, frame_names_unref);
  g_free (self->rank_of_text);
  g_clear_pointer (&self->modules, symbol_modules_unref);
  attribution_unref (self->attribution);
  g_free (self->is_named);
  g_free (self);
}

/* The text id of a frame id: a row of the trace's frames, or one that a reading added. */
guint32
frame_names_get_text_id (const FrameNames *self, guint32 frame)
{
  return g_array_index (self->text_of_frame, guint32, frame);
}

const guint32 *
frame_names_get_stack (const FrameNames *self, const PoolTrace *trace, StackView view, guint32 stack,
                       gsize *ret_n_rows)
{
  if (self->reading == NULL)
    {
      const guint32 *frames = pool_trace_get_stack (trace, stack, ret_n_rows);
      return *ret_n_rows > 0 ? frames : pool_trace_get_stack (trace, POOL_STACK_NONE, ret_n_rows);
    }
  const guint32 *starts = self->reading->starts[view];
  *ret_n_rows = starts[stack + 1] - starts[stack];
  return self->reading->rows[view] + starts[stack];
}

const StackOrder *
frame_names_get_stack_order (FrameNames *self, const PoolTrace *trace, StackView view)
{
  g_mutex_lock (&self->order_mutex);
  if (self->orders[view] == NULL)
    self->orders[view] = stack_order_new (self, trace, view);
  g_mutex_unlock (&self->order_mutex);
  return self->orders[view];
}

const char *
frame_names_get_stack_tag (const FrameNames *self, const PoolTrace *trace, guint32 stack)
{
  if (self->reading != NULL)
    return string_table_get (self->texts, self->reading->tag_of_stack[stack]);
  return stack < POOL_N_SPECIAL_STACKS ? special_frame_text (stack) : STACK_UNTAGGED_TEXT;
}

/* Returns: (transfer none): the text of @text_id; lives as long as @self. */
const char *
frame_names_get_text (const FrameNames *self, guint32 text_id)
{
  return string_table_get (self->texts, text_id);
}

/* The place of a text among all texts in bytewise order. */
guint32
frame_names_get_rank (const FrameNames *self, guint32 text_id)
{
  end_ranking ((FrameNames *) self);
  return self->rank_of_text[text_id];
}

guint32
frame_names_get_count (const FrameNames *self)
{
  return string_table_get_count (self->texts);
}

/* What is known of row @frame beyond its text. FALSE when it has no symbol. */
gboolean
frame_names_get_detail (const FrameNames *self, const PoolTrace *trace, guint32 frame, FrameDetail *ret_detail)
{
  if (self->base != NULL)
    return frame_names_get_detail (self->base, trace, frame, ret_detail);
  if (frame >= trace->n_frames)
    return FALSE;
  const PoolFrame *row = &trace->frames[frame];
  SymbolMatch match;
  if (!find_function (self, trace, row, &match))
    return FALSE;
  guint64 rva = row->address - trace->images[row->image].base_address;
  *ret_detail = (FrameDetail){ .offset_bytes = rva - match.start_rva, .function = match };
  return TRUE;
}

char *
frame_detail_dup_file_name (const FrameDetail *self)
{
  const char *path = self->function.source_file;
  const char *slash = strrchr (path, '/'), *backslash = strrchr (path, '\\');
  const char *last = MAX (slash, backslash);
  return g_strdup (last != NULL ? last + 1 : path);
}
