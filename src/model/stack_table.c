#include "model/stack_table.h"

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
