/* What the window puts allocations down to, as remembered: the modules that allocate for others, the lists of
 * pool tags. */
#pragma once

#include "analysis/attribution.h"

/* The keys of the settings, NULL-terminated. */
extern const char *const attribution_settings_keys[];

typedef struct
{
  char **wrappers;    /* (owned) (nullable): NULL for the usual ones */
  char *tag_file;     /* (owned) (nullable) */
  char *own_tag_file; /* (owned) (nullable): wins over all others */
} AttributionSettings;

/* Main thread only. */
void attribution_settings_read (AttributionSettings *ret_settings);
void attribution_settings_clear (AttributionSettings *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttributionSettings, attribution_settings_clear)
/* The user's own list while none is chosen: poolscope/pooltag.txt in the folder of user data. (transfer full) */
char *attribution_settings_dup_default_own_file (void);

/* The attribution of @trace by @self and the list beside the trace; reads files, for the worker. Why a list was left
 * out, is added to @problems (of char*). (transfer full) */
Attribution *attribution_settings_apply (const AttributionSettings *self, const PoolTrace *trace, GPtrArray *problems);
