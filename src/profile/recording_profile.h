/* What to record: all of the pool or a few tags, to a file or into memory. A plain value. */
#pragma once

#include <gio/gio.h>

#define RECORDING_PROFILE_MAX_TAGS 4 /* the kernel's own limit */
#define RECORDING_PROFILE_TAG_BYTES 4

typedef enum
{
  RECORDING_MODE_FILE,   /* everything goes to a file that grows until the end */
  RECORDING_MODE_MEMORY, /* a ring in memory: only the newest events survive */
} RecordingMode;

typedef enum
{
  RECORDING_STACKS_OF_ALLOCATIONS = 1 << 0,
  RECORDING_STACKS_OF_FREES = 1 << 1,
} RecordingStacks;

typedef struct
{
  char tags[RECORDING_PROFILE_MAX_TAGS][RECORDING_PROFILE_TAG_BYTES + 1];
  guint n_tags; /* 0 for all of the pool */
  RecordingMode mode;
  RecordingStacks stacks;
  guint buffer_kib;     /* size of one buffer */
  guint n_file_buffers; /* buffers that wait for the disk in file mode */
  guint memory_percent; /* of the machine's memory, for the ring in memory mode */
} RecordingProfile;

/* All of the pool, to a file, with every stack and buffers that suit a busy machine. */
void recording_profile_init (RecordingProfile *self);

/* Adds one tag of 1 to 4 printable ASCII characters; blanks belong to it. Returns: FALSE with @error
 * (G_IO_ERROR_INVALID_ARGUMENT) for another text, a tag given twice, or a fifth one. */
gboolean recording_profile_add_tag (RecordingProfile *self, const char *tag, GError **error);

/* Returns: (transfer full): a name for the file, of letters, digits and “-”, as in “pool-Leak.wprp”. */
char *recording_profile_dup_file_name (const RecordingProfile *self);

/* Returns: (transfer full): the .wprp file, XML in UTF-8 with a File and a Memory version of one profile,
 * that of the mode first. profile_check() finds nothing to say about it. */
GBytes *recording_profile_write (const RecordingProfile *self);
