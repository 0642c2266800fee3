/* The stacks and frames of a trace, at the end of loading.
 *
 * Finding the image of each frame takes longest, so shares of the stacks are resolved at the same time, each with a list of
 * frames of its own. Joined one after the other they give the frames in the order in which the stacks first name them.
 */
#include "model/stack_table.h"

#include "base/row_shares.h"
#include "kernel/stack_event.h"

#define N_FRAME_MAPS 64
/* About what a stack has, to tell when several threads are worth it. */
#define FRAMES_PER_STACK 16

/* Frames, each once. */
typedef struct
{
  GArray *frames; /* of PoolFrame */
  IdMap *rows;    /* (array length=N_FRAME_MAPS): by image row + 1 (modulo the number of maps): address -> row of frames */
} FrameList;

/* Some of the stacks, their frames resolved. */
typedef struct
{
  FrameList frames;
  U32Column rows;   /* of .frames: those of one stack after the other */
  U32Column counts; /* of frames, by stack; none for unused ones */
} StackShare;

typedef struct
{
  const StackTable *table;
  const StackFragmentTable *fragments;
  const ImageIndex *images;
  guint pointer_size;
  const guint8 *used;
  StackShare shares[ROW_SHARES_MAXIMUM];
} Resolving;

/* The stacks of the trace. */
typedef struct
{
  U32Column starts, frames; /* a stack's frames go to where the next one's start, or to the end */
  IdMap rows;               /* of .starts, by the hash of their frames; for equal hashes the keys behind it */
  U32Column scratch;        /* the frames of the stack at hand */
  guint64 n_left_out;       /* stacks whose frames would be too many for .starts */
} StackList;

/* --- Frames ---------------------------------------------------------------------------------------------- */

static void
frame_list_init (FrameList *self)
{
  self->frames = g_array_new (FALSE, FALSE, sizeof (PoolFrame));
  self->rows = g_new0 (IdMap, N_FRAME_MAPS);
}

static void
frame_list_clear (FrameList *self)
{
  for (guint i = 0; i < N_FRAME_MAPS; i++)
    id_map_clear (&self->rows[i]);
  g_free (self->rows);
  g_clear_pointer (&self->frames, g_array_unref);
}

static guint32
frame_list_intern (FrameList *self, guint64 address, guint32 image)
{
  IdMap *map = &self->rows[(image + 1) % N_FRAME_MAPS];
  guint64 key = address * 31 + image; /* an id of address and image; equal keys are compared below */
  guint32 row;
  while (key != ID_MAP_EMPTY_KEY && id_map_get (map, key, &row))
    {
      const PoolFrame *frame = &g_array_index (self->frames, PoolFrame, row);
      if (frame->address == address && frame->image == image)
        return row;
      key++;
    }
  PoolFrame frame = { address, image, POOL_INDEX_NONE };
  g_array_append_val (self->frames, frame);
  row = self->frames->len - 1;
  if (key != ID_MAP_EMPTY_KEY)
    id_map_set (map, key, row);
  return row;
}

/* --- Resolving ------------------------------------------------------------------------------------------- */

static guint32
resolve_part (const Resolving *self, guint32 part)
{
  if (part == STACK_FRAGMENT_NONE || !(part & STACK_REFERENCE_BIT))
    return part;
  return self->table->references.values[part & ~STACK_REFERENCE_BIT];
}

/* Appends the frames of @part, outermost first. Returns: how many. */
static guint
append_part (const Resolving *self, StackShare *share, guint32 part, const PendingStack *stack)
{
  guint32 fragment = resolve_part (self, part);
  if (fragment == STACK_FRAGMENT_NONE)
    return 0;
  guint n_frames;
  const guint64 *frames = stack_fragment_table_get (self->fragments, fragment, &n_frames);
  for (guint i = n_frames; i-- > 0;)
    {
      gboolean is_kernel = stack_address_is_kernel (frames[i], self->pointer_size);
      guint32 process = is_kernel ? POOL_INDEX_NONE : stack->process;
      if (!is_kernel && process == POOL_INDEX_NONE)
        process = POOL_INDEX_NONE - 1; /* a user address of an unknown process lies in no image */
      gint64 time_ns = is_kernel ? stack->kernel_ns : stack->user_ns;
      guint32 image = image_index_find (self->images, process, frames[i] - 1, time_ns);
      u32_column_append (&share->rows, frame_list_intern (&share->frames, frames[i], image));
    }
  return n_frames;
}

static void
resolve_share (guint number, gsize begin, gsize end, gpointer data)
{
  Resolving *self = data;
  StackShare share = { .rows = { 0 } };
  frame_list_init (&share.frames);
  for (gsize row = begin; row < end; row++)
    {
      guint n_frames = 0;
      if (row >= POOL_N_SPECIAL_STACKS && self->used[row])
        {
          const PendingStack *stack = &g_array_index (self->table->stacks, PendingStack, row);
          n_frames = append_part (self, &share, stack->user, stack);
          n_frames += append_part (self, &share, stack->kernel, stack);
        }
      u32_column_append (&share.counts, n_frames);
    }
  self->shares[number] = share;
}

static void
stack_share_clear (StackShare *self)
{
  frame_list_clear (&self->frames);
  u32_column_clear (&self->rows);
  u32_column_clear (&self->counts);
}

/* --- Stacks ---------------------------------------------------------------------------------------------- */

/* A key that the map can have; those behind it too. */
static guint64
hash_frames (const U32Column *frames)
{
  guint64 hash = frames->n;
  for (gsize i = 0; i < frames->n; i++)
    hash = (hash ^ frames->values[i]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return hash >> 1;
}

/* Whether the stack at @row has the frames in the scratch column. */
static gboolean
has_scratch (const StackList *self, guint32 row)
{
  gsize start = self->starts.values[row];
  gsize end = row + 1 < self->starts.n ? self->starts.values[row + 1] : self->frames.n;
  return end - start == self->scratch.n
         && memcmp (&self->frames.values[start], self->scratch.values, self->scratch.n * sizeof (guint32)) == 0;
}

/* The trace's stack with the frames in the scratch column, of which there are some. */
static guint32
intern_scratch (StackList *self)
{
  guint64 key = hash_frames (&self->scratch);
  guint32 row;
  for (; id_map_get (&self->rows, key, &row); key++)
    if (has_scratch (self, row))
      return row;
  if (G_UNLIKELY (self->frames.n + self->scratch.n > G_MAXUINT32))
    {
      self->n_left_out++;
      return POOL_STACK_NONE;
    }
  row = (guint32) self->starts.n;
  u32_column_append (&self->starts, (guint32) self->frames.n);
  for (gsize i = 0; i < self->scratch.n; i++)
    u32_column_append (&self->frames, self->scratch.values[i]);
  id_map_set (&self->rows, key, row);
  return row;
}

/* Adds the stacks of @share, its frames to @frames. @ret_map: (array length=stacks of the share). */
static void
join_share (StackList *self, FrameList *frames, const StackShare *share, guint32 *ret_map)
{
  g_autofree guint32 *row_of_frame = g_new (guint32, share->frames.frames->len);
  for (guint i = 0; i < share->frames.frames->len; i++)
    {
      const PoolFrame *frame = &g_array_index (share->frames.frames, PoolFrame, i);
      row_of_frame[i] = frame_list_intern (frames, frame->address, frame->image);
    }
  gsize next = 0;
  for (gsize stack = 0; stack < share->counts.n; stack++)
    {
      self->scratch.n = 0;
      for (guint32 i = 0; i < share->counts.values[stack]; i++)
        u32_column_append (&self->scratch, row_of_frame[share->rows.values[next++]]);
      ret_map[stack] = self->scratch.n > 0 ? intern_scratch (self) : POOL_STACK_NONE;
    }
}

/* The special stacks have a frame each that says what they are. */
static void
begin_lists (StackList *self, FrameList *frames)
{
  frame_list_init (frames);
  for (guint32 i = 0; i < POOL_N_SPECIAL_STACKS; i++)
    {
      PoolFrame frame = { 0, POOL_INDEX_NONE, i };
      g_array_append_val (frames->frames, frame);
      u32_column_append (&self->starts, i);
      u32_column_append (&self->frames, i);
    }
}

static void
end_lists (StackList *self, FrameList *frames, PoolTrace *trace)
{
  id_map_clear (&self->rows);
  u32_column_clear (&self->scratch);
  trace->n_stacks = self->starts.n;
  u32_column_append (&self->starts, (guint32) self->frames.n);
  trace->stack_starts = self->starts.values;
  trace->stack_frames = self->frames.values;
  trace->n_frames = frames->frames->len;
  trace->frames = (PoolFrame *) g_array_free (g_steal_pointer (&frames->frames), FALSE);
  frame_list_clear (frames);
}

guint64
stack_table_finish (const StackTable *self, const StackFragmentTable *fragments, const ImageIndex *images,
                    guint pointer_size, const guint8 *used, PoolTrace *trace, guint32 *ret_map)
{
  Resolving resolving
    = { .table = self, .fragments = fragments, .images = images, .pointer_size = pointer_size, .used = used };
  StackList stacks = { .rows = { 0 } };
  FrameList frames;
  gsize n_stacks = self->stacks->len;
  guint n_shares = row_shares_choose (n_stacks * FRAMES_PER_STACK, ROW_SHARES_MAXIMUM);
  row_shares_run (n_stacks, n_shares, resolve_share, &resolving);
  begin_lists (&stacks, &frames);
  gsize first = 0;
  for (guint i = 0; i < n_shares; i++)
    {
      join_share (&stacks, &frames, &resolving.shares[i], &ret_map[first]);
      first += resolving.shares[i].counts.n;
      stack_share_clear (&resolving.shares[i]);
    }
  for (guint32 i = 0; i < POOL_N_SPECIAL_STACKS; i++)
    ret_map[i] = i;
  end_lists (&stacks, &frames, trace);
  trace->counters.values[IMPORT_STACKS_LEFT_OUT] += stacks.n_left_out;
  guint64 n_undefined = 0;
  for (gsize i = 0; i < self->references.n; i++)
    n_undefined += self->references.values[i] == STACK_FRAGMENT_NONE;
  return n_undefined;
}
