#include "model/process_table.h"

/* In place of a context's row: its thread id has a new owner in the same process. The row is that of the
 * unknown context, which no ids lead to. */
#define CONTEXT_OUTDATED 0

static void
process_clear (gpointer data)
{
  PoolProcess *process = data;
  g_free (process->image_name);
  g_free (process->command_line);
}

void
process_table_init (ProcessTable *self)
{
  *self = (ProcessTable){ 0 };
  self->processes = g_array_new (FALSE, TRUE, sizeof (PoolProcess));
  g_array_set_clear_func (self->processes, process_clear);
  self->threads = g_array_new (FALSE, TRUE, sizeof (PoolThread));
  self->contexts = g_array_new (FALSE, TRUE, sizeof (PoolContext));
  PoolContext unknown = { POOL_INDEX_NONE, POOL_INDEX_NONE, POOL_INDEX_NONE };
  g_array_append_val (self->contexts, unknown);
  self->recent = g_new0 (RecentContext, PROCESS_TABLE_N_RECENT);
  self->epoch = 1;
}

void
process_table_clear (ProcessTable *self)
{
  g_clear_pointer (&self->processes, g_array_unref);
  g_clear_pointer (&self->threads, g_array_unref);
  g_clear_pointer (&self->contexts, g_array_unref);
  id_map_clear (&self->process_of_id);
  id_map_clear (&self->thread_of_id);
  id_map_clear (&self->context_of_ids);
  g_clear_pointer (&self->recent, g_free);
}

static PoolProcess *
get_process (ProcessTable *self, guint32 row)
{
  return &g_array_index (self->processes, PoolProcess, row);
}

static guint32
add_process (ProcessTable *self, guint32 process_id)
{
  guint32 older, instance = 1;
  if (id_map_get (&self->process_of_id, process_id, &older))
    instance = get_process (self, older)->instance + 1;
  PoolProcess process = { .process_id = process_id, .instance = instance, .parent_id = POOL_INDEX_NONE,
                          .session = POOL_INDEX_NONE, .started_ns = POOL_TIME_BEFORE,
                          .ended_ns = POOL_TIME_NEVER };
  g_array_append_val (self->processes, process);
  guint32 row = self->processes->len - 1;
  id_map_set (&self->process_of_id, process_id, row);
  return row;
}

gboolean
process_table_find_process (const ProcessTable *self, guint32 process_id, guint32 *ret_process)
{
  return id_map_get (&self->process_of_id, process_id, ret_process);
}

guint32
process_table_get_process (ProcessTable *self, guint32 process_id)
{
  guint32 row;
  return id_map_get (&self->process_of_id, process_id, &row) ? row : add_process (self, process_id);
}

static gboolean
is_same_process (const PoolProcess *process, const ProcessEvent *event)
{
  return process->image_name == NULL || g_strcmp0 (process->image_name, event->image_name) == 0;
}

/* The row that a process event speaks of: the newest owner of the pid, or a new one. */
static guint32
find_row_of_event (ProcessTable *self, const ProcessEvent *event)
{
  guint32 row;
  if (!id_map_get (&self->process_of_id, event->process_id, &row))
    return add_process (self, event->process_id);
  const PoolProcess *newest = get_process (self, row);
  gboolean is_new;
  switch (event->kind)
    {
    case LIFE_START:
      is_new = TRUE;
      break;
    case LIFE_END:
    case LIFE_RUNDOWN_START:
    case LIFE_RUNDOWN_END:
      /* After the end of one owner this is the next, whose start was lost, unless it is a straggler of the first. */
      is_new = newest->ended_ns != POOL_TIME_NEVER && !is_same_process (newest, event);
      break;
    default:
      is_new = FALSE;
      break;
    }
  return is_new ? add_process (self, event->process_id) : row;
}

/* Takes what @event tells; steals its strings. */
void
process_table_add_process_event (ProcessTable *self, ProcessEvent *event, gint64 time_ns)
{
  self->epoch++;
  PoolProcess *process = get_process (self, find_row_of_event (self, event));
  if (event->kind == LIFE_START)
    process->started_ns = time_ns;
  if (event->kind == LIFE_END)
    {
      process->ended_ns = time_ns;
      process->exit_status = event->exit_status;
    }
  if (event->kind == LIFE_DEFUNCT && process->image_name)
    return;
  process->parent_id = event->parent_id;
  process->session = event->session;
  if (event->image_name && *event->image_name)
    {
      g_free (process->image_name);
      process->image_name = g_steal_pointer (&event->image_name);
    }
  if (event->command_line && *event->command_line)
    {
      g_free (process->command_line);
      process->command_line = g_steal_pointer (&event->command_line);
    }
}

static guint64
get_context_key (guint32 process, guint32 thread_id)
{
  return (guint64) process << 32 | thread_id;
}

static PoolThread *
add_thread (ProcessTable *self, const ThreadEvent *event)
{
  PoolThread thread = { .thread_id = event->thread_id,
                        .process = process_table_get_process (self, event->process_id),
                        .started_ns = POOL_TIME_BEFORE, .ended_ns = POOL_TIME_NEVER,
                        .sub_process_tag = event->sub_process_tag };
  g_array_append_val (self->threads, thread);
  guint32 row = self->threads->len - 1;
  id_map_set (&self->thread_of_id, event->thread_id, row);
  guint64 key = get_context_key (thread.process, event->thread_id);
  guint32 older;
  if (event->kind == LIFE_START && id_map_get (&self->context_of_ids, key, &older))
    id_map_set (&self->context_of_ids, key, CONTEXT_OUTDATED);
  return &g_array_index (self->threads, PoolThread, row);
}

void
process_table_add_thread_event (ProcessTable *self, const ThreadEvent *event, gint64 time_ns)
{
  guint32 row;
  PoolThread *thread = NULL;
  self->epoch++;
  if (id_map_get (&self->thread_of_id, event->thread_id, &row))
    thread = &g_array_index (self->threads, PoolThread, row);
  gboolean is_other = thread && get_process (self, thread->process)->process_id != event->process_id;
  if (!thread || is_other || event->kind == LIFE_START)
    thread = add_thread (self, event);
  if (event->kind == LIFE_START)
    thread->started_ns = time_ns;
  if (event->kind == LIFE_END)
    thread->ended_ns = time_ns;
  if (event->sub_process_tag)
    thread->sub_process_tag = event->sub_process_tag;
}

static guint32
find_context (ProcessTable *self, guint32 process_id, guint32 thread_id)
{
  if (process_id == ETL_ID_UNKNOWN && thread_id == ETL_ID_UNKNOWN)
    return 0;
  PoolContext context = { POOL_INDEX_NONE, thread_id == ETL_ID_UNKNOWN ? POOL_INDEX_NONE : thread_id,
                          POOL_INDEX_NONE };
  guint32 thread;
  if (process_id != ETL_ID_UNKNOWN)
    context.process = process_table_get_process (self, process_id);
  else if (id_map_get (&self->thread_of_id, thread_id, &thread))
    context.process = g_array_index (self->threads, PoolThread, thread).process;
  guint64 key = get_context_key (context.process, context.thread_id);
  guint32 row;
  if (id_map_get (&self->context_of_ids, key, &row) && row != CONTEXT_OUTDATED)
    return row;
  if (thread_id != ETL_ID_UNKNOWN && id_map_get (&self->thread_of_id, thread_id, &thread)
      && g_array_index (self->threads, PoolThread, thread).process == context.process)
    context.thread = thread;
  g_array_append_val (self->contexts, context);
  row = self->contexts->len - 1;
  id_map_set (&self->context_of_ids, key, row);
  return row;
}

guint32
process_table_get_context (ProcessTable *self, guint32 process_id, guint32 thread_id)
{
  /* Ids are multiples of four. */
  RecentContext *recent = &self->recent[thread_id / 4 % PROCESS_TABLE_N_RECENT];
  if (G_UNLIKELY (recent->epoch != self->epoch || recent->thread_id != thread_id
                  || recent->process_id != process_id))
    *recent = (RecentContext){ process_id, thread_id, find_context (self, process_id, thread_id), self->epoch };
  return recent->context;
}

/* Such a context is older than all that told of its thread id, so it is the first owner's, unless that one
 * was seen to start later or is of another process. */
void
process_table_complete_contexts (ProcessTable *self)
{
  IdMap first_of_id = { 0 };
  for (guint row = self->threads->len; row-- > 0;)
    id_map_set (&first_of_id, g_array_index (self->threads, PoolThread, row).thread_id, row);
  for (guint i = 1; i < self->contexts->len; i++)
    {
      PoolContext *context = &g_array_index (self->contexts, PoolContext, i);
      guint32 row;
      if (context->thread != POOL_INDEX_NONE || context->thread_id == POOL_INDEX_NONE
          || !id_map_get (&first_of_id, context->thread_id, &row))
        continue;
      const PoolThread *thread = &g_array_index (self->threads, PoolThread, row);
      if (thread->started_ns != POOL_TIME_BEFORE)
        continue;
      if (context->process == POOL_INDEX_NONE)
        context->process = thread->process;
      if (context->process == thread->process)
        context->thread = row;
    }
  id_map_clear (&first_of_id);
}
