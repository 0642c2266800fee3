#include "model/site_table.h"

static guint
kind_hash (gconstpointer data)
{
  const BlockKind *kind = data;
  return (kind->pool_type * 31 + kind->tag) * 31 + kind->session;
}

static gboolean
kind_equal (gconstpointer a, gconstpointer b)
{
  const BlockKind *left = a, *right = b;
  return left->pool_type == right->pool_type && left->tag == right->tag && left->session == right->session;
}

void
site_table_init (SiteTable *self)
{
  *self = (SiteTable){ 0 };
  self->kinds = g_array_new (FALSE, FALSE, sizeof (BlockKind));
  self->session_kind_rows = g_hash_table_new_full (kind_hash, kind_equal, g_free, NULL);
  self->sites = g_array_new (FALSE, FALSE, sizeof (KindSite));
}

void
site_table_clear (SiteTable *self)
{
  g_clear_pointer (&self->kinds, g_array_unref);
  id_map_clear (&self->kind_rows);
  g_clear_pointer (&self->session_kind_rows, g_hash_table_unref);
  g_clear_pointer (&self->sites, g_array_unref);
  id_map_clear (&self->site_rows);
}

static guint32
add_site (SiteTable *self, guint32 kind, guint32 stack)
{
  KindSite site = { kind, stack };
  g_array_append_val (self->sites, site);
  return self->sites->len - 1;
}

static guint32
add_kind (SiteTable *self, BlockKind kind)
{
  kind.bare_site = add_site (self, self->kinds->len, POOL_STACK_NONE);
  g_array_append_val (self->kinds, kind);
  return self->kinds->len - 1;
}

static guint32
get_session_kind (SiteTable *self, const BlockKind *kind)
{
  guint32 row_plus_one = GPOINTER_TO_UINT (g_hash_table_lookup (self->session_kind_rows, kind));
  if (!row_plus_one)
    {
      row_plus_one = add_kind (self, *kind) + 1;
      g_hash_table_insert (self->session_kind_rows, g_memdup2 (kind, sizeof *kind), GUINT_TO_POINTER (row_plus_one));
    }
  return row_plus_one - 1;
}

/* Session pool is rare; all else has a key of 64 bits. The one number that the map cannot hold, a tag and type
 * of ones alone, goes with the sessions. */
guint32
site_table_get_kind (SiteTable *self, guint32 pool_type, guint32 tag, guint32 session)
{
  BlockKind kind = { pool_type, tag, session, 0 };
  guint64 key = (guint64) pool_type << 32 | tag;
  guint32 row;
  if (G_UNLIKELY (session != POOL_SESSION_NONE || key == ID_MAP_EMPTY_KEY))
    return get_session_kind (self, &kind);
  if (!id_map_get (&self->kind_rows, key, &row))
    {
      row = add_kind (self, kind);
      id_map_set (&self->kind_rows, key, row);
    }
  return row;
}

guint32
site_table_get_site (SiteTable *self, guint32 kind, guint32 stack)
{
  guint64 key = (guint64) kind << 32 | stack;
  guint32 row;
  if (stack == POOL_STACK_NONE)
    return site_table_peek_kind (self, kind)->bare_site;
  if (!id_map_get (&self->site_rows, key, &row))
    {
      row = add_site (self, kind, stack);
      id_map_set (&self->site_rows, key, row);
    }
  return row;
}
