#include "model/service_table.h"

static void
service_clear (gpointer data)
{
  PoolService *service = data;
  g_free (service->name);
  g_free (service->display_name);
}

void
service_table_init (ServiceTable *self)
{
  self->services = g_array_new (FALSE, TRUE, sizeof (PoolService));
  g_array_set_clear_func (self->services, service_clear);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
service_table_clear (ServiceTable *self)
{
  g_clear_pointer (&self->services, g_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
}

void
service_table_add (ServiceTable *self, SystemEvent *event, const ProcessTable *processes)
{
  if (!event->text || !*event->text)
    return;
  char *key = g_strdup_printf ("%u/%u/%s", event->service_process_id, event->sub_process_tag, event->text);
  if (!g_hash_table_add (self->known, key))
    return;
  PoolService service = { .process_id = event->service_process_id,
                          .sub_process_tag = event->sub_process_tag,
                          .process = POOL_INDEX_NONE,
                          .name = g_steal_pointer (&event->text),
                          .display_name = g_steal_pointer (&event->text2) };
  guint32 process;
  if (service.process_id != 0 && process_table_find_process (processes, service.process_id, &process))
    service.process = process;
  g_array_append_val (self->services, service);
}

/* Nothing had told of the pid when the service was listed, so it is the first owner's, unless that one was
 * seen to start later. */
void
service_table_complete (ServiceTable *self, const ProcessTable *processes)
{
  IdMap first_of_id = { 0 };
  for (guint row = processes->processes->len; row-- > 0;)
    id_map_set (&first_of_id, g_array_index (processes->processes, PoolProcess, row).process_id, row);
  for (guint i = 0; i < self->services->len; i++)
    {
      PoolService *service = &g_array_index (self->services, PoolService, i);
      guint32 row;
      if (service->process != POOL_INDEX_NONE || service->process_id == 0
          || !id_map_get (&first_of_id, service->process_id, &row))
        continue;
      if (g_array_index (processes->processes, PoolProcess, row).started_ns == POOL_TIME_BEFORE)
        service->process = row;
    }
  id_map_clear (&first_of_id);
}
