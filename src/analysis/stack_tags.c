#include "analysis/stack_tags.h"

#include <string.h>

#include "analysis/glob.h"
#include "analysis/stack_tags_parser.h"

struct _StackTags
{
  gatomicrefcount references;
  GStringChunk *texts;
  GArray *tags;         /* of StackTag, by rank: of two that take a frame the first wins */
  GArray *entry_points; /* of EntryPoint, in the order of the tags */
};

/* Its patterns are those of glob_match(). */
typedef struct
{
  const char *module; /* folded */
  const char *method;
  guint tag;
} EntryPoint;

struct _StackTagMatcher
{
  StackTags *tags;      /* (owned) */
  GHashTable *modules;  /* module as in frames (owned) -> GArray of indices of entry points (owned) */
};

StackTags *
stack_tags_new (void)
{
  StackTags *self = g_new0 (StackTags, 1);
  g_atomic_ref_count_init (&self->references);
  self->texts = g_string_chunk_new (4096);
  self->tags = g_array_new (FALSE, FALSE, sizeof (StackTag));
  self->entry_points = g_array_new (FALSE, FALSE, sizeof (EntryPoint));
  return self;
}

StackTags *
stack_tags_ref (StackTags *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
stack_tags_unref (StackTags *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_string_chunk_free (self->texts);
  g_array_unref (self->tags);
  g_array_unref (self->entry_points);
  g_free (self);
}

guint
stack_tags_get_n_entry_points (const StackTags *self)
{
  return self->entry_points->len;
}

/* Only * is special in a stack tag file; what else is special in a glob stands for itself. */
static char *
dup_glob (const char *pattern)
{
  GString *glob = g_string_new (NULL);
  for (; *pattern != '\0'; pattern++)
    {
      if (strchr ("?[\\", *pattern) != NULL)
        g_string_append_c (glob, '\\');
      g_string_append_c (glob, *pattern);
    }
  return g_string_free (glob, FALSE);
}

static int
compare_priorities (gconstpointer first, gconstpointer second)
{
  const ParsedTag *const *a = first, *const *b = second;
  if ((*a)->priority != (*b)->priority)
    return (*a)->priority > (*b)->priority ? -1 : 1;
  return (*a)->place < (*b)->place ? -1 : (*a)->place > (*b)->place;
}

static void
add_tag (StackTags *self, const ParsedTag *parsed)
{
  StackTag tag = { .name = g_string_chunk_insert_const (self->texts, parsed->name),
                   .priority = parsed->priority,
                   .hint = parsed->hint,
                   .shows_function = parsed->shows_function };
  for (guint i = 0; i < parsed->entry_points->len; i++)
    {
      const ParsedEntryPoint *point = &g_array_index (parsed->entry_points, ParsedEntryPoint, i);
      g_autofree char *folded = g_utf8_casefold (point->module, -1);
      g_autofree char *module = dup_glob (folded), *method = dup_glob (point->method);
      EntryPoint entry_point = { .module = g_string_chunk_insert_const (self->texts, module),
                                 .method = g_string_chunk_insert_const (self->texts, method),
                                 .tag = self->tags->len };
      g_array_append_val (self->entry_points, entry_point);
    }
  g_array_append_val (self->tags, tag);
}

gboolean
stack_tags_add_text (StackTags *self, const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (GPtrArray) parsed = stack_tags_parse (text, length, name, error);
  if (parsed == NULL)
    return FALSE;
  g_ptr_array_sort (parsed, compare_priorities);
  for (guint i = 0; i < parsed->len; i++)
    add_tag (self, parsed->pdata[i]);
  return TRUE;
}

/* What is wrong, without the path that GIO repeats. */
static const char *
get_reason (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return "there is no such file";
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return "it is a folder; choose a .stacktags file inside it";
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return "you have no right to read it; change its permissions";
  return error->message;
}

gboolean
stack_tags_add_file (StackTags *self, const char *path, GError **error)
{
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &read_error);
  g_autofree char *text = g_malloc (STACK_TAGS_MAX_BYTES + 1);
  g_autofree char *name = g_filename_display_name (path);
  gsize length = 0;
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, STACK_TAGS_MAX_BYTES + 1, &length, NULL, &read_error))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: the stack tags could not be read: %s", name,
                   get_reason (read_error));
      return FALSE;
    }
  if (length > STACK_TAGS_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s: this is no stack tags file: it has more than %d MiB; choose a .stacktags file", name,
                   STACK_TAGS_MAX_BYTES / (1024 * 1024));
      return FALSE;
    }
  return stack_tags_add_text (self, text, length, name, error);
}

/* --- Matching ------------------------------------------------------------------------------------------- */

gsize
frame_text_get_module_length (const char *frame_text)
{
  if (*frame_text == '[' || g_str_has_prefix (frame_text, "0x"))
    return 0;
  const char *end = strchr (frame_text, '!');
  if (end == NULL)
    end = g_strrstr (frame_text, "+0x");
  /* The name of a tag may end in a function: "RPC\callee.sys!Function" is in no module. */
  return end != NULL && memchr (frame_text, '\\', (gsize) (end - frame_text)) == NULL ? (gsize) (end - frame_text) : 0;
}

StackTagMatcher *
stack_tag_matcher_new (StackTags *tags)
{
  StackTagMatcher *self = g_new0 (StackTagMatcher, 1);
  self->tags = stack_tags_ref (tags);
  self->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  return self;
}

void
stack_tag_matcher_free (StackTagMatcher *self)
{
  stack_tags_unref (self->tags);
  g_hash_table_unref (self->modules);
  g_free (self);
}

/* The entry points for @module, first the one that wins. */
static const GArray *
find_module (StackTagMatcher *self, const char *module)
{
  GArray *indices = g_hash_table_lookup (self->modules, module);
  if (indices != NULL)
    return indices;
  indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *folded = g_utf8_casefold (module, -1);
  for (guint i = 0; i < self->tags->entry_points->len; i++)
    if (glob_match (g_array_index (self->tags->entry_points, EntryPoint, i).module, folded))
      g_array_append_val (indices, i);
  g_hash_table_insert (self->modules, g_strdup (module), indices);
  return indices;
}

const StackTag *
stack_tag_matcher_find (StackTagMatcher *self, const char *frame_text)
{
  gsize length = frame_text_get_module_length (frame_text);
  if (length == 0)
    return NULL;
  g_autofree char *module = g_strndup (frame_text, length);
  const char *function = frame_text[length] == '!' ? frame_text + length + 1 : "";
  const GArray *indices = find_module (self, module);
  for (guint i = 0; i < indices->len; i++)
    {
      const EntryPoint *point
          = &g_array_index (self->tags->entry_points, EntryPoint, g_array_index (indices, guint, i));
      if (glob_match (point->method, function))
        return &g_array_index (self->tags->tags, StackTag, point->tag);
    }
  return NULL;
}
