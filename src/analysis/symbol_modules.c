#include "analysis/symbol_modules.h"

#include "base/row_shares.h"

#include <stdlib.h>

struct _SymbolModules
{
  gatomicrefcount references;
  SymbolResolver *resolver; /* (owned) */
  guint32 *module_of_image; /* (array length=n_images) (owned) */
  gsize n_images;
};

/* One build while modules are collected. */
typedef struct
{
  guint32 image; /* the first row with this build */
  guint64 weight_bytes, n_frames;
} Build;

/* What two images of one build have in common. Returns: (transfer full) */
static char *
dup_build_key (const PoolImage *image)
{
  g_autofree char *name = g_utf8_strdown (image->file_name, -1);
  if (!image->has_pdb_identity)
    return g_strdup_printf ("%s/%08X%" G_GINT64_MODIFIER "x", name, image->time_date_stamp, image->size_bytes);
  g_autofree char *guid = g_base64_encode (image->pdb_guid, sizeof image->pdb_guid);
  return g_strdup_printf ("%s/%s/%u", name, guid, image->pdb_age);
}

/* The bytes never freed by the stacks that allocated them. */
typedef struct
{
  const PoolTrace *trace;
  guint64 *of_shares[ROW_SHARES_MAXIMUM]; /* (array length=n_stacks) (owned) */
} StackWeights;

static void
weigh_share (guint share, gsize begin, gsize end, gpointer data)
{
  StackWeights *self = data;
  const PoolTrace *trace = self->trace;
  const PoolIntervals *intervals = &trace->intervals;
  guint64 *bytes_of_stack = self->of_shares[share] = g_new0 (guint64, trace->n_stacks);
  for (gsize i = MAX (begin, intervals->n_before); i < end; i++)
    if (intervals->freed_ns[i] == POOL_TIME_NEVER)
      bytes_of_stack[trace->sites[intervals->site[i]].stack] += intervals->size_bytes[i];
}

/* Returns: (array length=n_stacks) (transfer full) */
static guint64 *
weigh_stacks (const PoolTrace *trace)
{
  StackWeights weights = { .trace = trace };
  guint n_shares = row_shares_choose (trace->intervals.n, ROW_SHARES_MAXIMUM);
  row_shares_run (trace->intervals.n, n_shares, weigh_share, &weights);
  for (guint share = 1; share < n_shares; share++)
    {
      for (gsize stack = 0; stack < trace->n_stacks; stack++)
        weights.of_shares[0][stack] += weights.of_shares[share][stack];
      g_free (weights.of_shares[share]);
    }
  return weights.of_shares[0];
}

/* The bytes never freed whose stacks hold each frame: (array length=n_frames) (transfer full). */
static guint64 *
weigh_frames (const PoolTrace *trace)
{
  g_autofree guint64 *bytes_of_stack = weigh_stacks (trace);
  guint64 *bytes_of_frame = g_new0 (guint64, trace->n_frames);
  for (guint32 stack = 0; stack < trace->n_stacks; stack++)
    {
      gsize n_frames;
      const guint32 *frames = pool_trace_get_stack (trace, stack, &n_frames);
      for (gsize i = 0; i < n_frames && bytes_of_stack[stack] > 0; i++)
        bytes_of_frame[frames[i]] += bytes_of_stack[stack];
    }
  return bytes_of_frame;
}

/* Fills @build_of_image (array length=n_images) with rows of the builds. Returns: (transfer full): of Build. */
static GArray *
collect_builds (const PoolTrace *trace, guint32 *build_of_image)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *builds = g_array_new (FALSE, FALSE, sizeof (Build));
  for (guint32 image = 0; image < trace->n_images; image++)
    {
      char *key = dup_build_key (&trace->images[image]);
      gpointer row;
      if (g_hash_table_lookup_extended (rows, key, NULL, &row))
        g_free (key);
      else
        {
          row = GUINT_TO_POINTER (builds->len);
          g_hash_table_insert (rows, key, row);
          g_array_append_val (builds, ((Build){ .image = image }));
        }
      build_of_image[image] = GPOINTER_TO_UINT (row);
    }
  g_autofree guint64 *bytes_of_frame = weigh_frames (trace);
  for (gsize i = 0; i < trace->n_frames; i++)
    if (trace->frames[i].image != POOL_INDEX_NONE)
      {
        Build *build = &g_array_index (builds, Build, build_of_image[trace->frames[i].image]);
        build->weight_bytes += bytes_of_frame[i];
        build->n_frames++;
      }
  return builds;
}

static int
compare_builds (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *builds = data;
  const Build *first = &g_array_index (builds, Build, *(const guint32 *) a);
  const Build *second = &g_array_index (builds, Build, *(const guint32 *) b);
  if (first->weight_bytes != second->weight_bytes)
    return first->weight_bytes > second->weight_bytes ? -1 : 1;
  if (first->n_frames != second->n_frames)
    return first->n_frames > second->n_frames ? -1 : 1;
  return first->image < second->image ? -1 : first->image > second->image;
}

/* Borrows the texts of @image, which the resolver copies. */
static SymbolIdentity
borrow_identity (const PoolImage *image)
{
  SymbolIdentity identity = { .image_name = image->file_name,
                              .time_date_stamp = image->time_date_stamp,
                              .image_size_bytes = image->size_bytes,
                              .has_pdb = image->has_pdb_identity,
                              .pdb_age = image->pdb_age,
                              .pdb_name = image->pdb_name };
  memcpy (identity.pdb_guid, image->pdb_guid, sizeof identity.pdb_guid);
  return identity;
}

char *
symbol_modules_dup_pdb_key (const PoolImage *image)
{
  SymbolIdentity identity = borrow_identity (image);
  return identity.has_pdb ? symbol_identity_dup_pdb_key (&identity) : NULL;
}

SymbolModules *
symbol_modules_new (const PoolTrace *trace)
{
  SymbolModules *self = g_new0 (SymbolModules, 1);
  g_atomic_ref_count_init (&self->references);
  self->n_images = trace->n_images;
  self->module_of_image = g_new (guint32, trace->n_images);
  g_autofree guint32 *build_of_image = g_new (guint32, trace->n_images);
  g_autoptr (GArray) builds = collect_builds (trace, build_of_image);

  g_autofree guint32 *order = g_new (guint32, builds->len), *module_of_build = g_new (guint32, builds->len);
  g_autofree SymbolIdentity *identities = g_new (SymbolIdentity, builds->len);
  guint n_modules = 0;
  for (guint32 i = 0; i < builds->len; i++)
    order[i] = i;
  if (builds->len > 1)
    qsort_r (order, builds->len, sizeof *order, compare_builds, builds);
  for (guint i = 0; i < builds->len; i++)
    {
      const Build *build = &g_array_index (builds, Build, order[i]);
      module_of_build[order[i]] = POOL_INDEX_NONE;
      if (build->n_frames == 0)
        continue;
      module_of_build[order[i]] = n_modules;
      identities[n_modules++] = borrow_identity (&trace->images[build->image]);
    }
  for (gsize i = 0; i < trace->n_images; i++)
    self->module_of_image[i] = module_of_build[build_of_image[i]];
  self->resolver = symbol_resolver_new (identities, n_modules);
  return self;
}

SymbolModules *
symbol_modules_ref (SymbolModules *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
symbol_modules_unref (SymbolModules *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  symbol_resolver_free (self->resolver);
  g_free (self->module_of_image);
  g_free (self);
}

SymbolResolver *
symbol_modules_get_resolver (const SymbolModules *self)
{
  return self->resolver;
}

guint32
symbol_modules_get_module (const SymbolModules *self, guint32 image)
{
  g_return_val_if_fail (image < self->n_images, POOL_INDEX_NONE);
  return self->module_of_image[image];
}

char *
symbol_modules_dup_image_state (const SymbolModules *self, guint32 image, const char *why_not)
{
  guint32 module = symbol_modules_get_module (self, image);
  if (module == POOL_INDEX_NONE)
    return g_strdup ("not needed: no frame of a stack lies in it");
  g_auto (SymbolModuleStatus) status = { 0 };
  symbol_resolver_get_status (self->resolver, module, &status);
  const char *state = symbol_state_get_text (status.state);
  const char *reason = *status.reason == '\0' && status.state == SYMBOL_STATE_WAITING ? why_not : status.reason;
  return reason != NULL && *reason != '\0' ? g_strconcat (state, ": ", reason, NULL) : g_strdup (state);
}
