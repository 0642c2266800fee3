#include "heaptrack_file.h"

#include <stdio.h>

#define TICKS_PER_MS 10000
#define MS_PER_TIME 10 /* as often as heaptrack itself writes it */
#define N_SIZES (BENCH_MAXIMUM_SIZE_BYTES / 16 + 1)

struct _HeaptrackFile
{
  FILE *file;
  gint64 time_ms;
  guint32 frames_of_stacks[BENCH_STACKS]; /* numbers of the innermost */
  guint32 *allocated;   /* (array length=BENCH_STACKS * N_SIZES) (owned): number + 1 of what is allocated, by stack and size */
  guint32 n_allocated;
  GHashTable *pointers; /* address -> number of the instruction pointer, while stacks are written */
  GHashTable *frames;   /* pointer << 32 | parent -> number of the frame, likewise */
};

enum
{
  STRING_KERNEL = 1,
  STRING_USER,
};

static guint32
look_up (GHashTable *numbers, guint64 key, gboolean *ret_is_new)
{
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, &key));
  *ret_is_new = number == 0;
  if (*ret_is_new)
    {
      number = g_hash_table_size (numbers) + 1;
      g_hash_table_insert (numbers, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (number));
    }
  return number;
}

/* Writes the frames of @stack that are new. Returns: the number of the innermost. */
static guint32
write_stack (HeaptrackFile *self, const BenchStack *stack)
{
  guint32 frame = 0;
  for (guint32 i = stack->n_frames; i-- > 0;)
    {
      gboolean is_new;
      guint64 address = stack->frames[i];
      guint32 pointer = look_up (self->pointers, address, &is_new);
      if (is_new)
        fprintf (self->file, "i %" G_GINT64_MODIFIER "x %x\n", address, address >> 63 ? STRING_KERNEL : STRING_USER);
      guint32 parent = frame;
      frame = look_up (self->frames, (guint64) pointer << 32 | parent, &is_new);
      if (is_new)
        fprintf (self->file, "t %x %x\n", pointer, parent);
    }
  return frame;
}

HeaptrackFile *
heaptrack_file_new (const char *path, const BenchStack *stacks)
{
  FILE *file = fopen (path, "w");
  if (!file)
    return NULL;
  HeaptrackFile *self = g_new0 (HeaptrackFile, 1);
  self->file = file;
  self->pointers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->frames = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  fputs ("v 10400 3\nX bench\nI 1000 100000\ns a driver.sys\ns a module.dll\n", file);
  for (guint32 i = 0; i < BENCH_STACKS; i++)
    self->frames_of_stacks[i] = write_stack (self, &stacks[i]);
  self->allocated = g_new0 (guint32, (gsize) BENCH_STACKS * N_SIZES);
  g_clear_pointer (&self->pointers, g_hash_table_unref);
  g_clear_pointer (&self->frames, g_hash_table_unref);
  return self;
}

/* The number of what is allocated, which is written when it comes for the first time. */
static guint32
get_allocated (HeaptrackFile *self, guint32 stack, guint32 size_bytes)
{
  guint32 *number = &self->allocated[(gsize) stack * N_SIZES + size_bytes / 16];
  if (*number == 0)
    {
      fprintf (self->file, "a %x %x\n", size_bytes, self->frames_of_stacks[stack]);
      *number = ++self->n_allocated;
    }
  return *number - 1;
}

void
heaptrack_file_add (HeaptrackFile *self, guint32 stack, guint32 size_bytes, gboolean is_free, gint64 ticks)
{
  guint32 allocated = get_allocated (self, stack, size_bytes);
  gint64 time_ms = ticks / TICKS_PER_MS;
  if (time_ms >= self->time_ms + MS_PER_TIME)
    {
      self->time_ms = time_ms;
      fprintf (self->file, "c %" G_GINT64_MODIFIER "x\n", time_ms);
    }
  fprintf (self->file, "%c %x\n", is_free ? '-' : '+', allocated);
}

gboolean
heaptrack_file_finish (HeaptrackFile *self)
{
  gboolean is_written = !ferror (self->file);
  is_written = fclose (self->file) == 0 && is_written;
  g_free (self->allocated);
  g_free (self);
  return is_written;
}
