/* Stacks while a trace is being loaded: pairs of a kernel and a user fragment, interned, and the keys
 * that stand for fragments until their definition arrives.
 */
#pragma once

#include "model/image_table.h"
#include "model/stack_fragment_table.h"

#define STACK_TABLE_N_RECENT (1 << 16)

/* Ids with this bit are rows of key references, others fragments of the fragment table. */
#define STACK_REFERENCE_BIT 0x80000000u

typedef struct
{
  guint32 kernel, user; /* fragment or reference ids, STACK_FRAGMENT_NONE for a missing part */
  guint32 process;      /* row whose user addresses these are; POOL_INDEX_NONE without a user part */
  guint32 kernel_epoch, user_epoch; /* of the image table when the stack was taken */
  gint64 kernel_ns, user_ns; /* when each part was first taken: the user part can come much later */
} PendingStack;

typedef struct
{
  GArray *stacks;       /* of PendingStack; the first POOL_N_SPECIAL_STACKS rows are the special ones */
  guint32 *slots;       /* (array length=n_slots) (owned): row + 1, open addressing */
  guint32 n_slots;
  guint32 *recent;      /* (array length=STACK_TABLE_N_RECENT) (owned): row + 1 of stacks without a user part, by fragment */
  U32Column references; /* fragment of each key reference, STACK_FRAGMENT_NONE while undefined */
  IdMap open_references[2]; /* key -> row of references that waits for its definition; [0] kernel, [1] user */
} StackTable;

void stack_table_init (StackTable *self);
void stack_table_clear (StackTable *self);
guint32 stack_table_intern (StackTable *self, const PendingStack *stack);

/* The id to put in a PendingStack for a part named by @key. */
guint32 stack_table_refer_to_key (StackTable *self, guint64 key, gboolean is_user);
/* The frames of @key became known: what referred to it so far means @fragment. */
void stack_table_define_key (StackTable *self, guint64 key, gboolean is_user, guint32 fragment);
/* Turns the stacks named in @used (array length=rows, non-zero: used) into the trace's stacks and frames.
 * @ret_map (array length=rows) receives each used row's stack of @trace. Returns the number of references
 * without a definition. */
guint64 stack_table_finish (const StackTable *self, const StackFragmentTable *fragments, const ImageIndex *images,
                            guint pointer_size, const guint8 *used, PoolTrace *trace, guint32 *ret_map);
