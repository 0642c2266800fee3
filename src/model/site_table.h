/* What was allocated where, while a trace is being loaded: kinds of blocks, and sites, which are pairs of a
 * kind and a stack.
 */
#pragma once

#include "model/id_map.h"
#include "model/pool_trace.h"

/* What is the same for many blocks and known at the event. */
typedef struct
{
  guint32 pool_type, tag, session;
  guint32 bare_site; /* row of the site without a stack */
} BlockKind;

typedef struct
{
  guint32 kind;  /* row of kinds */
  guint32 stack; /* row of the stack table */
} KindSite;

typedef struct
{
  GArray *kinds;                 /* of BlockKind (owned) */
  IdMap kind_rows;               /* pool type << 32 | tag -> row of kinds, of those without a session */
  GHashTable *session_kind_rows; /* BlockKind -> row + 1, of those with one */
  GArray *sites;                 /* of KindSite (owned) */
  IdMap site_rows;               /* kind << 32 | stack -> row of sites */
} SiteTable;

void site_table_init (SiteTable *self);
void site_table_clear (SiteTable *self);
/* @session is POOL_SESSION_NONE outside session pool. */
guint32 site_table_get_kind (SiteTable *self, guint32 pool_type, guint32 tag, guint32 session);
guint32 site_table_get_site (SiteTable *self, guint32 kind, guint32 stack);

static inline const BlockKind *
site_table_peek_kind (const SiteTable *self, guint32 kind)
{
  return &g_array_index (self->kinds, BlockKind, kind);
}

static inline const KindSite *
site_table_peek_site (const SiteTable *self, guint32 site)
{
  return &g_array_index (self->sites, KindSite, site);
}
