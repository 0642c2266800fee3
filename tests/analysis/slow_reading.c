#include "slow_reading.h"

#include <fnmatch.h>
#include <string.h>

static const SlowTag all_tags[] = {
  { 0, "Same", NULL, "SAME.sys", NULL, NULL, FALSE },
  { 0, "Any", "-1", "*.sys", "*", NULL, FALSE },
  { 0, "Functions", "9", "*", "Alloc*", NULL, FALSE },
  { 0, "Calls", "3", "same.*", NULL, "Callee", FALSE },
  { 0, "Called by", "3", "other.sys", NULL, "Caller", TRUE },
  { 1, "Other", "5", "oth*", "*", NULL, FALSE },
  { 1, "Late", "50", "same.sys", NULL, NULL, FALSE },
  { 1, "Called\\function", NULL, "same.sys", "*", "Callee", TRUE },
};

static void
append_xml (GString *xml, const SlowTag *tag)
{
  g_string_append_printf (xml, "<%s Name=\"%s\"", tag->hint != NULL ? "HintTag" : "Tag", tag->name);
  if (tag->priority != NULL)
    g_string_append_printf (xml, " Priority=\"%s\"", tag->priority);
  if (tag->hint != NULL)
    g_string_append_printf (xml, " HintOperator=\"%s\" OnlyShowModule=\"%s\"", tag->hint,
                            tag->shows_function ? "false" : "true");
  g_string_append_printf (xml, "><Entrypoint Module=\"%s\"", tag->module);
  if (tag->method != NULL)
    g_string_append_printf (xml, " Method=\"%s\"", tag->method);
  g_string_append_printf (xml, "/></%s>\n", tag->hint != NULL ? "HintTag" : "Tag");
}

StackOptions *
random_reading (GRand *random, SlowReading *ret_reading)
{
  static const char *const folds[] = { "same.sys+0x10", "other.sys!*", "same*", "0x*", "*+0x20", "*" };
  g_autoptr (StackTags) tags = stack_tags_new ();
  static const char *const groups[] = { NULL, "*", "same.sys", "o*", "NDIS.SYS" };
  *ret_reading = (SlowReading){ .group = groups[g_rand_int_range (random, 0, G_N_ELEMENTS (groups))] };
  for (guint file = 0; file < 2; file++)
    {
      g_autoptr (GString) xml = g_string_new ("<?xml version=\"1.0\"?>\n<Tag Name=\"\">\n");
      g_autoptr (GError) error = NULL;
      for (guint i = 0; i < G_N_ELEMENTS (all_tags); i++)
        if (all_tags[i].file == file && g_rand_int_range (random, 0, 3) == 0)
          {
            ret_reading->tags[ret_reading->n_tags++] = &all_tags[i];
            append_xml (xml, &all_tags[i]);
          }
      g_string_append (xml, "</Tag>\n");
      stack_tags_add_text (tags, xml->str, xml->len, "random.stacktags", &error);
      g_assert_no_error (error);
    }
  guint n_folds = (guint) g_rand_int_range (random, 0, 3);
  for (guint i = 0; i < n_folds; i++)
    ret_reading->folds[i] = folds[g_rand_int_range (random, 0, G_N_ELEMENTS (folds))];
  const char *const group[] = { ret_reading->group, NULL };
  return stack_options_new (tags, ret_reading->folds, group);
}

/* "same.sys" of "same.sys+0x10" or "same.sys!Name"; NULL for frames of no module. */
static char *
module_of (const char *text)
{
  if (text[0] == '[' || strncmp (text, "0x", 2) == 0)
    return NULL;
  return g_strndup (text, strcspn (text, "!+"));
}

static gboolean
takes (const SlowTag *tag, const char *text)
{
  g_autofree char *module = module_of (text);
  if (module == NULL)
    return FALSE;
  const char *function = strchr (text, '!') != NULL ? strchr (text, '!') + 1 : "";
  return fnmatch (tag->module, module, FNM_CASEFOLD) == 0
         && (tag->method == NULL || fnmatch (tag->method, function, 0) == 0);
}

static gint64
priority_of (const SlowTag *tag)
{
  return tag->priority != NULL ? g_ascii_strtoll (tag->priority, NULL, 10) : 0;
}

static const SlowTag *
tag_of (const SlowReading *self, const char *text)
{
  const SlowTag *best = NULL;
  for (guint i = 0; i < self->n_tags; i++)
    if (takes (self->tags[i], text)
        && (best == NULL || (best->file == self->tags[i]->file && priority_of (self->tags[i]) > priority_of (best))))
      best = self->tags[i];
  return best;
}

/* The tag's name at @at, of a hint with its neighbour. NULL without a tag. */
static char *
tag_text (const SlowReading *self, const GPtrArray *texts, guint at)
{
  const SlowTag *tag = tag_of (self, texts->pdata[at]);
  if (tag == NULL || tag->hint == NULL)
    return tag != NULL ? g_strdup (tag->name) : NULL;
  gint step = strcmp (tag->hint, "Callee") == 0 ? 1 : -1;
  for (gint i = (gint) at + step; i >= 0 && i < (gint) texts->len; i += step)
    if (tag_of (self, texts->pdata[i]) != tag)
      {
        g_autofree char *module = module_of (texts->pdata[i]);
        const char *neighbour = module == NULL || tag->shows_function ? texts->pdata[i] : module;
        return g_strconcat (tag->name, "\\", neighbour, NULL);
      }
  return g_strdup (tag->name);
}

static gboolean
is_folded (const SlowReading *self, const char *text)
{
  g_autofree char *module = module_of (text);
  g_autofree char *any = module != NULL ? g_strconcat (module, "!*", NULL) : NULL;
  for (guint i = 0; self->folds[i] != NULL; i++)
    if (text[0] != '[' && (fnmatch (self->folds[i], text, 0) == 0 || g_strcmp0 (self->folds[i], any) == 0))
      return TRUE;
  return FALSE;
}

GPtrArray *
slow_reading_rows (const SlowReading *self, const GPtrArray *texts, gboolean shows_tags)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  gboolean last_is_grouped = FALSE;
  for (guint i = 0; i < texts->len; i++)
    if (!is_folded (self, texts->pdata[i]))
      g_ptr_array_add (kept, texts->pdata[i]);
  for (guint i = 0; i < kept->len; i++)
    {
      g_autofree char *module = module_of (kept->pdata[i]);
      gboolean is_grouped = module != NULL && self->group != NULL && fnmatch (self->group, module, 0) == 0;
      char *tag = shows_tags ? tag_text (self, kept, i) : NULL;
      char *text = tag != NULL ? tag : is_grouped ? g_strconcat (module, "!*", NULL) : g_strdup (kept->pdata[i]);
      if (is_grouped && last_is_grouped && strcmp (text, rows->pdata[rows->len - 1]) == 0)
        g_free (text);
      else
        g_ptr_array_add (rows, text);
      last_is_grouped = is_grouped;
    }
  if (rows->len == 0)
    g_ptr_array_add (rows, g_strdup ("[Folded]"));
  return rows;
}

char *
slow_reading_tag (const SlowReading *self, const GPtrArray *texts)
{
  gint best = -1;
  for (guint i = 0; i < texts->len; i++)
    {
      const SlowTag *tag = tag_of (self, texts->pdata[i]);
      if (tag != NULL && (best < 0 || priority_of (tag) >= priority_of (tag_of (self, texts->pdata[best]))))
        best = (gint) i;
    }
  if (best >= 0)
    return tag_text (self, texts, (guint) best);
  return g_strdup (((char *) texts->pdata[0])[0] == '[' ? texts->pdata[0] : "[No tag]");
}
