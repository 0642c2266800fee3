/* Actions by their name. */
#pragma once

#include <gio/gio.h>

/* Lets the action @name of @map, a GSimpleAction that is there, be activated or not. */
void action_map_set_enabled (GActionMap *map, const char *name, gboolean is_enabled);
