#include "analysis/stack_options.h"

#include <string.h>

#include "analysis/glob.h"

/* (transfer full) @lines nullable. */
static char **
dup_globs (const char *const *globs)
{
  return globs != NULL ? g_strdupv ((char **) globs) : g_new0 (char *, 1);
}

StackOptions *
stack_options_new (StackTags *tags, const char *const *folds, const char *const *groups)
{
  StackOptions *self = g_new0 (StackOptions, 1);
  g_atomic_ref_count_init (&self->references);
  self->tags = tags != NULL ? stack_tags_ref (tags) : NULL;
  self->folds = dup_globs (folds);
  self->groups = dup_globs (groups);
  return self;
}

StackOptions *
stack_options_ref (StackOptions *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
stack_options_unref (StackOptions *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->tags, stack_tags_unref);
  g_strfreev (self->folds);
  g_strfreev (self->groups);
  g_free (self);
}

/* --- Others made from these ----------------------------------------------------------------------------- */

gboolean
stack_options_equal (const StackOptions *a, const StackOptions *b)
{
  return a == b
         || (a->tags == b->tags && g_strv_equal ((const char *const *) a->folds, (const char *const *) b->folds)
             && g_strv_equal ((const char *const *) a->groups, (const char *const *) b->groups));
}

/* @globs with @glob, which it may have already. (transfer full) */
static char **
dup_with (char **globs, const char *glob)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **) globs);
  if (!g_strv_contains ((const char *const *) globs, glob))
    g_strv_builder_add (builder, glob);
  return g_strv_builder_end (builder);
}

/* (transfer full) */
static char **
dup_without (char **globs, guint index)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; globs[i] != NULL; i++)
    if (i != index)
      g_strv_builder_add (builder, globs[i]);
  return g_strv_builder_end (builder);
}

StackOptions *
stack_options_with_fold (const StackOptions *self, const char *fold)
{
  g_auto (GStrv) folds = dup_with (self->folds, fold);
  return stack_options_new (self->tags, (const char *const *) folds, (const char *const *) self->groups);
}

StackOptions *
stack_options_with_group (const StackOptions *self, const char *group)
{
  g_auto (GStrv) groups = dup_with (self->groups, group);
  return stack_options_new (self->tags, (const char *const *) self->folds, (const char *const *) groups);
}

StackOptions *
stack_options_without (const StackOptions *self, guint index)
{
  guint n_folds = g_strv_length (self->folds);
  g_auto (GStrv) folds = dup_without (self->folds, index);
  g_auto (GStrv) groups = dup_without (self->groups, index - n_folds);
  return stack_options_new (self->tags, (const char *const *) folds, (const char *const *) groups);
}

StackOptions *
stack_options_with_tags (const StackOptions *self, StackTags *tags)
{
  return stack_options_new (tags, (const char *const *) self->folds, (const char *const *) self->groups);
}

char *
stack_fold_dup_function (const char *frame_text)
{
  return *frame_text != '[' ? glob_escape (frame_text) : NULL;
}

char *
stack_group_dup_module (const char *frame_text)
{
  gsize length = frame_text_get_module_length (frame_text);
  g_autofree char *module = g_strndup (frame_text, length);
  return length > 0 ? glob_escape (module) : NULL;
}

char *
stack_fold_dup_module (const char *frame_text)
{
  g_autofree char *module = stack_group_dup_module (frame_text);
  return module != NULL ? g_strconcat (module, "!*", NULL) : NULL;
}

/* --- What they do --------------------------------------------------------------------------------------- */

gboolean
stack_options_is_plain (const StackOptions *self)
{
  return self->folds[0] == NULL && self->groups[0] == NULL
         && (self->tags == NULL || stack_tags_get_n_entry_points (self->tags) == 0);
}

gboolean
stack_options_folds (const StackOptions *self, const char *frame_text)
{
  if (*frame_text == '[')
    return FALSE;
  gsize module_length = frame_text_get_module_length (frame_text);
  g_autofree char *without_symbol = NULL;
  if (module_length > 0 && frame_text[module_length] == '+')
    without_symbol = g_strdup_printf ("%.*s!", (int) module_length, frame_text);
  for (char **fold = self->folds; *fold != NULL; fold++)
    if (glob_match (*fold, frame_text)
        || (without_symbol != NULL && g_str_has_suffix (*fold, "!*") && glob_match (*fold, without_symbol)))
      return TRUE;
  return FALSE;
}

gboolean
stack_options_groups (const StackOptions *self, const char *module)
{
  for (char **group = self->groups; *group != NULL; group++)
    if (glob_match (*group, module))
      return TRUE;
  return FALSE;
}
