/* Stack tags: names for what parts of a stack are about, as .stacktags files give them to modules and functions.
 *
 * A file is XML: Tag elements, nested ("Group\Child" is the full name), with an optional Priority (default 0) and
 * Entrypoint elements whose Module and Method are patterns in which * stands for any text. A HintTag, or a Tag with
 * HintOperator, names a frame by its neighbour: "RPC\callee.sys", or with OnlyShowModule="false"
 * "RPC\callee.sys!Function". Modules are compared without regard to case, functions with.
 *
 * Of several entry points that take a frame the first file's win, then the one of highest priority, then the
 * first. Immutable once the files are added; reference counted; any thread.
 */
#pragma once

#include <gio/gio.h>

typedef struct _StackTags StackTags;

typedef enum
{
  STACK_TAG_PLAIN,
  STACK_TAG_HINT_CALLEE, /* the tag ends in the module or function that the frame called */
  STACK_TAG_HINT_CALLER  /* … that called the frame's function */
} StackTagHint;

/* What an entry point gives to a frame. */
typedef struct
{
  const char *name; /* "Group\Child" */
  gint priority;
  StackTagHint hint;
  gboolean shows_function; /* of a hint: the neighbour's whole text, else its module alone */
} StackTag;

/* Limits for files from anywhere; an honest file is far below. */
#define STACK_TAGS_MAX_BYTES (4 * 1024 * 1024)
#define STACK_TAGS_MAX_DEPTH 64
#define STACK_TAGS_MAX_NAME 512 /* bytes of a full name */

StackTags *stack_tags_new (void); /* without any tag */
StackTags *stack_tags_ref (StackTags *self);
void stack_tags_unref (StackTags *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StackTags, stack_tags_unref)

/* Adds the tags of the text of a file behind those of earlier files. FALSE with @error, which names @name and the
 * line and what is wrong there; then nothing is added. */
gboolean stack_tags_add_text (StackTags *self, const char *text, gsize length, const char *name, GError **error);
/* The same for the file at @path (UTF-8 or UTF-16). */
gboolean stack_tags_add_file (StackTags *self, const char *path, GError **error);
guint stack_tags_get_n_entry_points (const StackTags *self);

/* Looks up frames by their text; keeps what it found out about modules. One thread at a time. */
typedef struct _StackTagMatcher StackTagMatcher;

StackTagMatcher *stack_tag_matcher_new (StackTags *tags);
void stack_tag_matcher_free (StackTagMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StackTagMatcher, stack_tag_matcher_free)
/* The tag of a frame that reads @frame_text, NULL without one; lives as long as the tags. Of a frame without symbols
 * only entry points for the whole module can know. */
const StackTag *stack_tag_matcher_find (StackTagMatcher *self, const char *frame_text);

/* The length of the module's name at the beginning of a frame's text; 0 for frames of no module
 * and for tags. */
gsize frame_text_get_module_length (const char *frame_text);
