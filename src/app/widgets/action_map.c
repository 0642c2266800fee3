#include "app/widgets/action_map.h"

void
action_map_set_enabled (GActionMap *map, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (map, name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}
