#include "sample/sample_stack.h"

#include "sample/sample_modules.h"

#include <string.h>

static guint32
hash_text (guint32 hash, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar)text[i]) * 16777619u;
  return hash;
}

/* Where the function returns to after calling @callee: one place per caller, callee and @variant. */
static guint64
return_address (const char *frame, gsize length, const char *callee, gsize callee_length, guint variant)
{
  const char *mark = memchr (frame, '!', length);
  const SampleModule *module = mark != NULL ? sample_modules_find (frame, (gsize)(mark - frame)) : NULL;
  const SampleFunction *function
      = module != NULL ? sample_module_find_function (module, mark + 1, length - (gsize)(mark + 1 - frame))
                       : NULL;
  if (function == NULL)
    g_error ("The sample has no function “%.*s”", (int)length, frame);
  guint32 hash = hash_text (2166136261u + variant, frame, length);
  hash = hash_text (hash, callee, callee_length);
  return module->base + function->rva + 6 + hash % (function->size_bytes - 7);
}

/* Makes the addresses of the stack that @text names, functions as "module!function", innermost first,
 * blanks between. Stacks that differ in @variant only differ in the frame before the middle. */
void
sample_stack_resolve (SampleStack *self, const char *text, guint variant)
{
  self->n_frames = 0;
  const char *callee = "";
  gsize callee_length = 0;
  guint n_blanks = 0;
  for (const char *at = text; *at != '\0'; at++)
    n_blanks += *at == ' ';
  for (const char *frame = text; *frame != '\0';)
    {
      gsize length = strcspn (frame, " ");
      g_assert (self->n_frames < SAMPLE_STACK_MAXIMUM_FRAMES);
      guint frame_variant = self->n_frames == n_blanks / 2 ? variant : 0;
      self->frames[self->n_frames++] = return_address (frame, length, callee, callee_length, frame_variant);
      callee = frame;
      callee_length = length;
      frame += length;
      frame += strspn (frame, " ");
    }
}
