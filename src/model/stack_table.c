#include "model/stack_table.h"

#include "kernel/stack_event.h"

#define KEY_OF_EMPTY_SLOT_STANDS_FOR G_GUINT64_CONSTANT (0xFFFFFFFFFFFFFFFE)

void
stack_table_init (StackTable *self)
{
  *self = (StackTable){ 0 };
  self->stacks = g_array_new (FALSE, TRUE, sizeof (PendingStack));
  g_array_set_size (self->stacks, POOL_N_SPECIAL_STACKS);
  self->n_slots = 1 << 12;
  self->slots = g_new0 (guint32, self->n_slots);
  self->recent = g_new0 (guint32, STACK_TABLE_N_RECENT);
}

void
stack_table_clear (StackTable *self)
{
  g_clear_pointer (&self->stacks, g_array_unref);
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->recent, g_free);
  u32_column_clear (&self->references);
  id_map_clear (&self->open_references[0]);
  id_map_clear (&self->open_references[1]);
}

static guint32
hash_stack (const PendingStack *stack)
{
  guint64 hash = ((guint64) stack->kernel << 32 | stack->user) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  hash ^= hash >> 29;
  hash += (guint64) stack->process << 32 | (stack->kernel_epoch ^ stack->user_epoch << 16);
  hash *= G_GUINT64_CONSTANT (0xFF51AFD7ED558CCD);
  return (guint32) (hash >> 32);
}

static gboolean
stack_equal (const PendingStack *a, const PendingStack *b)
{
  return a->kernel == b->kernel && a->user == b->user && a->process == b->process
         && a->kernel_epoch == b->kernel_epoch && a->user_epoch == b->user_epoch;
}

static void
grow_slots (StackTable *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint32 row = POOL_N_SPECIAL_STACKS; row < self->stacks->len; row++)
    {
      guint32 slot = hash_stack (&g_array_index (self->stacks, PendingStack, row)) & (self->n_slots - 1);
      while (self->slots[slot])
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = row + 1;
    }
}

static guint32
intern (StackTable *self, const PendingStack *stack)
{
  guint32 slot = hash_stack (stack) & (self->n_slots - 1);
  for (; self->slots[slot]; slot = (slot + 1) & (self->n_slots - 1))
    if (stack_equal (&g_array_index (self->stacks, PendingStack, self->slots[slot] - 1), stack))
      return self->slots[slot] - 1;
  g_array_append_vals (self->stacks, stack, 1);
  self->slots[slot] = self->stacks->len;
  if (self->stacks->len > self->n_slots / 2)
    grow_slots (self);
  return self->stacks->len - 1;
}

/* The row of @stack; the times are no part of what makes stacks equal.
 *
 * Nearly every stack is first seen without a separate user part, so those have a shortcut by fragment.
 */
guint32
stack_table_intern (StackTable *self, const PendingStack *stack)
{
  if (stack->user != STACK_FRAGMENT_NONE)
    return intern (self, stack);
  guint32 *recent = &self->recent[stack->kernel % STACK_TABLE_N_RECENT];
  if (*recent == 0 || !stack_equal (&g_array_index (self->stacks, PendingStack, *recent - 1), stack))
    *recent = intern (self, stack) + 1;
  return *recent - 1;
}

guint32
stack_table_refer_to_key (StackTable *self, guint64 key, gboolean is_user)
{
  IdMap *open = &self->open_references[is_user ? 1 : 0];
  guint32 reference;
  if (key == ID_MAP_EMPTY_KEY)
    key = KEY_OF_EMPTY_SLOT_STANDS_FOR;
  if (!id_map_get (open, key, &reference) || self->references.values[reference] != STACK_FRAGMENT_NONE)
    {
      reference = (guint32) self->references.n;
      u32_column_append (&self->references, STACK_FRAGMENT_NONE);
      id_map_set (open, key, reference);
    }
  return reference | STACK_REFERENCE_BIT;
}

void
stack_table_define_key (StackTable *self, guint64 key, gboolean is_user, guint32 fragment)
{
  guint32 reference;
  if (key == ID_MAP_EMPTY_KEY)
    key = KEY_OF_EMPTY_SLOT_STANDS_FOR;
  if (id_map_get (&self->open_references[is_user ? 1 : 0], key, &reference)
      && self->references.values[reference] == STACK_FRAGMENT_NONE)
    self->references.values[reference] = fragment;
}

/* What stack_table_finish() fills. */
typedef struct
{
  const StackTable *table;
  const StackFragmentTable *fragments;
  const ImageIndex *images;
  guint pointer_size;
  GArray *frames;        /* of PoolFrame */
  IdMap *frame_rows;     /* by image row + 1 (modulo the number of maps): address -> row of frames */
  U32Column starts, stack_frames;
  GHashTable *finished;  /* row of starts, by frames -> row + 1 */
  U32Column scratch;
  guint64 n_left_out;    /* stacks whose frames would be too many for .starts */
} Finish;

#define N_FRAME_MAPS 64

static guint32
intern_frame (Finish *finish, guint64 address, guint32 process, gint64 time_ns)
{
  guint32 image = image_index_find (finish->images, process, address - 1, time_ns);
  IdMap *map = &finish->frame_rows[(image + 1) % N_FRAME_MAPS];
  guint64 key = address * 31 + image; /* an id of address and image; equal keys are compared below */
  guint32 row;
  while (key != ID_MAP_EMPTY_KEY && id_map_get (map, key, &row))
    {
      const PoolFrame *frame = &g_array_index (finish->frames, PoolFrame, row);
      if (frame->address == address && frame->image == image)
        return row;
      key++;
    }
  PoolFrame frame = { address, image, POOL_INDEX_NONE };
  g_array_append_val (finish->frames, frame);
  row = finish->frames->len - 1;
  if (key != ID_MAP_EMPTY_KEY)
    id_map_set (map, key, row);
  return row;
}

static guint32
resolve_part (const Finish *finish, guint32 part)
{
  if (part == STACK_FRAGMENT_NONE || !(part & STACK_REFERENCE_BIT))
    return part;
  return finish->table->references.values[part & ~STACK_REFERENCE_BIT];
}

/* Appends the frames of @part to the scratch column, outermost first. */
static void
append_part (Finish *finish, guint32 part, const PendingStack *stack)
{
  guint32 fragment = resolve_part (finish, part);
  if (fragment == STACK_FRAGMENT_NONE)
    return;
  guint n_frames;
  const guint64 *frames = stack_fragment_table_get (finish->fragments, fragment, &n_frames);
  for (guint i = n_frames; i-- > 0;)
    {
      gboolean is_kernel = stack_address_is_kernel (frames[i], finish->pointer_size);
      guint32 process = is_kernel ? POOL_INDEX_NONE : stack->process;
      if (!is_kernel && process == POOL_INDEX_NONE)
        process = POOL_INDEX_NONE - 1; /* a user address of an unknown process lies in no image */
      gint64 time_ns = is_kernel ? stack->kernel_ns : stack->user_ns;
      u32_column_append (&finish->scratch, intern_frame (finish, frames[i], process, time_ns));
    }
}

static guint
finished_hash (gconstpointer data)
{
  const guint32 *frames = data;
  guint hash = 5381;
  for (guint32 i = 0; i <= frames[0]; i++)
    hash = (hash ^ frames[i]) * 16777619u;
  return hash;
}

static gboolean
finished_equal (gconstpointer a, gconstpointer b)
{
  const guint32 *left = a, *right = b;
  return left[0] == right[0] && memcmp (left, right, (1 + (gsize) left[0]) * sizeof *left) == 0;
}

/* The trace's stack with the frames in the scratch column, whose first element is their number. */
static guint32
intern_finished (Finish *finish)
{
  gsize n_frames = finish->scratch.n - 1;
  finish->scratch.values[0] = (guint32) n_frames;
  guint32 row_plus_one = GPOINTER_TO_UINT (g_hash_table_lookup (finish->finished, finish->scratch.values));
  if (row_plus_one)
    return row_plus_one - 1;
  if (G_UNLIKELY (finish->stack_frames.n + n_frames > G_MAXUINT32))
    {
      finish->n_left_out++;
      return POOL_STACK_NONE;
    }
  guint32 row = (guint32) finish->starts.n;
  u32_column_append (&finish->starts, (guint32) finish->stack_frames.n);
  for (gsize i = 0; i < n_frames; i++)
    u32_column_append (&finish->stack_frames, finish->scratch.values[1 + i]);
  g_hash_table_insert (finish->finished,
                       g_memdup2 (finish->scratch.values, finish->scratch.n * sizeof (guint32)),
                       GUINT_TO_POINTER (row + 1));
  return row;
}

static void
begin_finish (Finish *finish)
{
  finish->frames = g_array_new (FALSE, FALSE, sizeof (PoolFrame));
  finish->frame_rows = g_new0 (IdMap, N_FRAME_MAPS);
  finish->finished = g_hash_table_new_full (finished_hash, finished_equal, g_free, NULL);
  for (guint32 i = 0; i < POOL_N_SPECIAL_STACKS; i++)
    {
      PoolFrame frame = { 0, POOL_INDEX_NONE, i };
      g_array_append_val (finish->frames, frame);
      u32_column_append (&finish->starts, i);
      u32_column_append (&finish->stack_frames, i);
    }
}

static void
end_finish (Finish *finish, PoolTrace *trace)
{
  for (guint i = 0; i < N_FRAME_MAPS; i++)
    id_map_clear (&finish->frame_rows[i]);
  g_free (finish->frame_rows);
  g_hash_table_unref (finish->finished);
  u32_column_clear (&finish->scratch);
  trace->n_stacks = finish->starts.n;
  u32_column_append (&finish->starts, (guint32) finish->stack_frames.n);
  trace->stack_starts = finish->starts.values;
  trace->stack_frames = finish->stack_frames.values;
  trace->n_frames = finish->frames->len;
  trace->frames = (PoolFrame *) g_array_free (finish->frames, FALSE);
}

guint64
stack_table_finish (StackTable *self, const StackFragmentTable *fragments, const ImageIndex *images,
                    guint pointer_size, const guint8 *used, PoolTrace *trace, guint32 *ret_map)
{
  Finish finish = { .table = self, .fragments = fragments, .images = images, .pointer_size = pointer_size };
  begin_finish (&finish);
  for (guint32 row = 0; row < self->stacks->len; row++)
    {
      ret_map[row] = row < POOL_N_SPECIAL_STACKS ? row : POOL_STACK_NONE;
      if (row < POOL_N_SPECIAL_STACKS || !used[row])
        continue;
      const PendingStack *stack = &g_array_index (self->stacks, PendingStack, row);
      finish.scratch.n = 0;
      u32_column_append (&finish.scratch, 0);
      append_part (&finish, stack->user, stack);
      append_part (&finish, stack->kernel, stack);
      if (finish.scratch.n > 1)
        ret_map[row] = intern_finished (&finish);
    }
  end_finish (&finish, trace);
  trace->counters.values[IMPORT_STACKS_LEFT_OUT] += finish.n_left_out;
  guint64 n_undefined = 0;
  for (gsize i = 0; i < self->references.n; i++)
    n_undefined += self->references.values[i] == STACK_FRAGMENT_NONE;
  return n_undefined;
}
