#include "analysis/stack_options.h"

#include <string.h>

#include "analysis/glob.h"

StackOptions *
stack_options_new (StackTags *tags, const char *const *folds, gboolean groups_modules)
{
  static const char *const nothing[] = { NULL };
  StackOptions *self = g_new0 (StackOptions, 1);
  g_atomic_ref_count_init (&self->references);
  self->tags = tags != NULL ? stack_tags_ref (tags) : NULL;
  self->folds = g_strdupv ((char **) (folds != NULL ? folds : nothing));
  self->groups_modules = groups_modules;
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
  g_free (self);
}

gboolean
stack_options_is_plain (const StackOptions *self)
{
  return self->folds[0] == NULL && !self->groups_modules
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
