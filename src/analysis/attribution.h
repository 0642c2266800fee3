/* What allocations are put down to: the module that asked for them, the driver that uses their tag, the
 * service that they were made for. Worked out once per stack, site and context of a trace.
 *
 * Immutable and reference counted. Texts are named by ids, equal ids for equal texts.
 */
#pragma once

#include "analysis/pool_tag_catalog.h"
#include "model/pool_trace.h"

typedef struct _Attribution Attribution;

/* @wrappers (array zero-terminated=1) (nullable) and @catalog (nullable): NULL for module_wrappers_default and
 * the built-in list. @trace is not kept. (transfer full) */
Attribution *attribution_new (const PoolTrace *trace, const char *const *wrappers, PoolTagCatalog *catalog);
Attribution *attribution_ref (Attribution *self);
void attribution_unref (Attribution *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attribution, attribution_unref)

/* The image of the first kernel frame, walking outward from the allocator, that is no wrapper; else that of the
 * innermost frame; "[Unknown]" when that has none. */
guint32 attribution_get_module (const Attribution *self, guint32 stack);
/* The driver that the catalog names for the site's tag, else the module of its stack. */
guint32 attribution_get_driver (const Attribution *self, guint32 site);
/* What the catalog says of the site's tag; empty when nothing. */
guint32 attribution_get_description (const Attribution *self, guint32 site);
/* The service that the context's thread works for, else those of its process; else empty. */
guint32 attribution_get_service (const Attribution *self, guint32 context);
/* The services of @process in bytewise order, joined by ", "; empty without one. */
guint32 attribution_get_service_of_process (const Attribution *self, guint32 process);
const char *attribution_get_text (const Attribution *self, guint32 text);
const PoolTagCatalog *attribution_get_catalog (const Attribution *self); /* (transfer none) */
