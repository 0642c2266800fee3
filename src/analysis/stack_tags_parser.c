/* GMarkup knows neither document types nor entities of a file's own, so nothing can be blown up here; what is left
 * to bound is the nesting and what nesting makes of names. */
#include "analysis/stack_tags_parser.h"

#include <string.h>

typedef struct
{
  GPtrArray *tags; /* of ParsedTag: every Tag so far */
  GArray *open;    /* of gint: the path of elements to here; index of a tag, or -1 for any other element */
  gint error_line; /* where a callback found something wrong, 0 for nowhere */
} Parser;

static void
parsed_entry_point_clear (gpointer data)
{
  ParsedEntryPoint *point = data;
  g_free (point->module);
  g_free (point->method);
}

static void
parsed_tag_free (gpointer data)
{
  ParsedTag *tag = data;
  if (tag == NULL)
    return;
  g_free (tag->name);
  g_array_unref (tag->entry_points);
  g_free (tag);
}

static const char *
find_attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static gboolean
parse_priority (const char *text, gint *ret_priority, GError **error)
{
  gint64 priority;
  if (text == NULL || g_ascii_string_to_signed (text, 10, G_MININT, G_MAXINT, &priority, NULL))
    {
      *ret_priority = text != NULL ? (gint) priority : 0;
      return TRUE;
    }
  g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "the Priority “%s” is no whole number", text);
  return FALSE;
}

static gboolean
parse_hint (const char *element, const char *text, StackTagHint *ret_hint, GError **error)
{
  if (text == NULL)
    *ret_hint = strcmp (element, "HintTag") == 0 ? STACK_TAG_HINT_CALLEE : STACK_TAG_PLAIN;
  else if (g_ascii_strcasecmp (text, "Callee") == 0)
    *ret_hint = STACK_TAG_HINT_CALLEE;
  else if (g_ascii_strcasecmp (text, "Caller") == 0)
    *ret_hint = STACK_TAG_HINT_CALLER;
  else
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                   "the HintOperator “%s” is unknown; it is Callee or Caller", text);
      return FALSE;
    }
  return TRUE;
}

static ParsedTag *
get_open_tag (const Parser *self)
{
  gint index = self->open->len > 0 ? g_array_index (self->open, gint, self->open->len - 1) : -1;
  return index >= 0 ? self->tags->pdata[index] : NULL;
}

static void
start_tag (Parser *self, const char *element, const char **names, const char **values, GError **error)
{
  const char *name = find_attribute (names, values, "Name");
  const char *only_module = find_attribute (names, values, "OnlyShowModule");
  const ParsedTag *parent = get_open_tag (self);
  ParsedTag *tag = g_new0 (ParsedTag, 1);
  tag->entry_points = g_array_new (FALSE, FALSE, sizeof (ParsedEntryPoint));
  g_array_set_clear_func (tag->entry_points, parsed_entry_point_clear);
  tag->place = self->tags->len;
  tag->shows_function = only_module != NULL && g_ascii_strcasecmp (only_module, "false") == 0;
  gboolean has_parent_name = parent != NULL && *parent->name != '\0', has_name = name != NULL && *name != '\0';
  tag->name = g_strconcat (has_parent_name ? parent->name : "", has_parent_name && has_name ? "\\" : "",
                           has_name ? name : "", NULL);
  g_ptr_array_add (self->tags, tag);
  if (strlen (tag->name) > STACK_TAGS_MAX_NAME)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 "with its groups the name of this tag has more than %d bytes", STACK_TAGS_MAX_NAME);
  else if (parse_priority (find_attribute (names, values, "Priority"), &tag->priority, error)
           && parse_hint (element, find_attribute (names, values, "HintOperator"), &tag->hint, error))
    g_array_append_val (self->open, ((gint){ (gint) tag->place }));
}

static void
start_entry_point (Parser *self, const char **names, const char **values, GError **error)
{
  ParsedTag *tag = get_open_tag (self);
  const char *module = find_attribute (names, values, "Module"), *method = find_attribute (names, values, "Method");
  if (tag == NULL || *tag->name == '\0')
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                         "this Entrypoint stands in no Tag with a Name");
  else if (module == NULL && method == NULL)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_MISSING_ATTRIBUTE,
                         "this Entrypoint has neither Module nor Method");
  else
    {
      ParsedEntryPoint point = { g_strdup (module != NULL ? module : "*"), g_strdup (method != NULL ? method : "*") };
      g_array_append_val (tag->entry_points, point);
    }
}

static void
note_error_line (Parser *self, GMarkupParseContext *context, GError **error)
{
  gint line, character;
  if (*error == NULL)
    return;
  g_markup_parse_context_get_position (context, &line, &character);
  /* The context stands behind the element; a line feed there counts as the first character of the next line. */
  self->error_line = line - (character == 1 ? 1 : 0);
}

static void
on_start_element (GMarkupParseContext *context, const char *element, const char **names, const char **values,
                  gpointer data, GError **error)
{
  Parser *self = data;
  gboolean is_tag = strcmp (element, "Tag") == 0 || strcmp (element, "HintTag") == 0;
  if (self->open->len == STACK_TAGS_MAX_DEPTH)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "more than %d elements are nested here",
                 STACK_TAGS_MAX_DEPTH);
  else if (self->tags->len == 0 && !is_tag)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT,
                 "this is no stack tags file: it begins with the element %s where a Tag belongs", element);
  else if (is_tag)
    start_tag (self, element, names, values, error);
  else
    {
      if (strcmp (element, "Entrypoint") == 0)
        start_entry_point (self, names, values, error);
      g_array_append_val (self->open, (gint){ -1 });
    }
  note_error_line (self, context, error);
}

static void
on_end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Parser *self = data;
  g_array_set_size (self->open, self->open->len - 1);
}

static void
on_passthrough (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  if (length >= 9 && g_ascii_strncasecmp (text, "<!DOCTYPE", 9) == 0)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                         "a stack tags file has no document type; it is not read for safety");
  note_error_line (data, context, error);
}

/* GMarkup's own errors begin with the place, which ours tell too. */
static const char *
skip_place (const GError *error)
{
  const char *colon = g_str_has_prefix (error->message, "Error on line") ? strstr (error->message, ": ") : NULL;
  return colon != NULL ? colon + 2 : error->message;
}

static void
set_error_of_line (GError **error, const char *name, gint line, const char *reason)
{
  g_autofree char *valid_reason = g_utf8_make_valid (reason, -1);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "%s, line %d: %s; the stack tags of this file are not used", name, line, valid_reason);
}

/* The text as UTF-8 without a byte order mark: (transfer full) (nullable): NULL when it is no text. */
static char *
dup_utf8 (const char *text, gsize length, gsize *ret_length)
{
  if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    return g_convert (text + 2, (gssize) length - 2, "UTF-8", *text == '\xff' ? "UTF-16LE" : "UTF-16BE", NULL, ret_length,
                      NULL);
  gsize n_skipped = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  *ret_length = length - n_skipped;
  return g_strndup (text + n_skipped, *ret_length);
}

static gboolean
parse (Parser *self, const char *text, gsize length, const char *name, GError **error)
{
  static const GMarkupParser callbacks
      = { .start_element = on_start_element, .end_element = on_end_element, .passthrough = on_passthrough };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&callbacks, 0, self, NULL);
  g_autoptr (GError) parse_error = NULL;
  if (g_markup_parse_context_parse (context, text, (gssize) length, &parse_error)
      && g_markup_parse_context_end_parse (context, &parse_error))
    return TRUE;
  gint line = self->error_line;
  if (line == 0)
    g_markup_parse_context_get_position (context, &line, NULL);
  set_error_of_line (error, name, line, skip_place (parse_error));
  return FALSE;
}

GPtrArray *
stack_tags_parse (const char *text, gsize length, const char *name, GError **error)
{
  gsize utf8_length;
  g_autofree char *utf8 = dup_utf8 (text, length, &utf8_length);
  if (utf8 == NULL)
    {
      set_error_of_line (error, name, 1, "its UTF-16 text is damaged");
      return NULL;
    }
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (parsed_tag_free);
  Parser parser = { .tags = tags, .open = g_array_new (FALSE, FALSE, sizeof (gint)) };
  gboolean is_parsed = parse (&parser, utf8, utf8_length, name, error);
  g_array_unref (parser.open);
  if (!is_parsed)
    return NULL;
  GPtrArray *used = g_ptr_array_new_with_free_func (parsed_tag_free);
  for (guint i = 0; i < tags->len; i++)
    if (((ParsedTag *) tags->pdata[i])->entry_points->len > 0)
      g_ptr_array_add (used, g_steal_pointer (&tags->pdata[i]));
  return used;
}
