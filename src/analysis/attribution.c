#include "analysis/attribution.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/module_wrappers.h"

#define UNKNOWN_TEXT "[Unknown]"
#define SERVICE_SEPARATOR ", "

struct _Attribution
{
  gatomicrefcount references;
  StringTable *texts;           /* (owned) */
  PoolTagCatalog *catalog;      /* (owned) */
  guint32 *module_of_stack;     /* (array length=n_stacks) (owned) */
  guint32 *driver_of_site;      /* (array length=n_sites) (owned) */
  guint32 *description_of_site; /* (array length=n_sites) (owned) */
  guint32 *service_of_process;  /* (array length=n_processes) (owned) */
  guint32 *service_of_context;  /* (array length=n_contexts) (owned) */
};

/* --- Modules --------------------------------------------------------------------------------------------- */

static guint32
find_module_image (const PoolTrace *trace, const guint8 *is_wrapper, guint32 stack)
{
  gsize n_frames;
  const guint32 *frames = pool_trace_get_stack (trace, stack, &n_frames);
  for (gsize i = n_frames; i-- > 0;)
    {
      guint32 image = trace->frames[frames[i]].image;
      if (image != POOL_INDEX_NONE && trace->images[image].process == POOL_INDEX_NONE && !is_wrapper[image])
        return image;
    }
  return n_frames > 0 ? trace->frames[frames[n_frames - 1]].image : POOL_INDEX_NONE;
}

static void
find_modules (Attribution *self, const PoolTrace *trace, const char *const *wrappers)
{
  g_autofree guint8 *is_wrapper = g_new (guint8, trace->n_images + 1);
  for (gsize i = 0; i < trace->n_images; i++)
    is_wrapper[i] = module_wrappers_match (wrappers, trace->images[i].file_name) != FALSE;
  self->module_of_stack = g_new (guint32, trace->n_stacks);
  for (guint32 stack = 0; stack < trace->n_stacks; stack++)
    {
      guint32 image = find_module_image (trace, is_wrapper, stack);
      const char *text = image == POOL_INDEX_NONE ? UNKNOWN_TEXT : trace->images[image].file_name;
      self->module_of_stack[stack] = string_table_intern (self->texts, text);
    }
}

/* --- Drivers --------------------------------------------------------------------------------------------- */

/* What the catalog tells of one tag, looked up once. */
typedef struct
{
  guint32 driver; /* POOL_INDEX_NONE: not told */
  guint32 description;
} TagTexts;

static void
find_drivers (Attribution *self, const PoolTrace *trace)
{
  g_autoptr (GHashTable) texts_of_tag = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->driver_of_site = g_new (guint32, trace->n_sites);
  self->description_of_site = g_new (guint32, trace->n_sites);
  for (gsize site = 0; site < trace->n_sites; site++)
    {
      guint32 tag = trace->sites[site].tag;
      TagTexts *texts = g_hash_table_lookup (texts_of_tag, GUINT_TO_POINTER (tag));
      if (!texts)
        {
          PoolTagMeaning meaning = { NULL, "" };
          pool_tag_catalog_find (self->catalog, tag, &meaning);
          texts = g_new (TagTexts, 1);
          texts->driver = meaning.driver ? string_table_intern (self->texts, meaning.driver) : POOL_INDEX_NONE;
          texts->description = string_table_intern (self->texts, meaning.description);
          g_hash_table_insert (texts_of_tag, GUINT_TO_POINTER (tag), texts);
        }
      self->driver_of_site[site]
          = texts->driver == POOL_INDEX_NONE ? self->module_of_stack[trace->sites[site].stack] : texts->driver;
      self->description_of_site[site] = texts->description;
    }
}

/* --- Services -------------------------------------------------------------------------------------------- */

static int
compare_services (gconstpointer first, gconstpointer second)
{
  const PoolService *a = *(const PoolService *const *) first, *b = *(const PoolService *const *) second;
  if (a->process != b->process)
    return a->process < b->process ? -1 : 1;
  return strcmp (a->name, b->name);
}

/* Joins the names of the services of each process. */
static void
find_services_of_processes (Attribution *self, const PoolTrace *trace)
{
  guint32 none = string_table_intern (self->texts, "");
  self->service_of_process = g_new (guint32, trace->n_processes + 1);
  for (gsize i = 0; i < trace->n_processes; i++)
    self->service_of_process[i] = none;
  g_autofree const PoolService **sorted = g_new (const PoolService *, trace->n_services + 1);
  for (gsize i = 0; i < trace->n_services; i++)
    sorted[i] = &trace->services[i];
  if (trace->n_services > 1)
    qsort (sorted, trace->n_services, sizeof *sorted, compare_services);
  g_autoptr (GString) names = g_string_new (NULL);
  for (gsize i = 0; i < trace->n_services && sorted[i]->process != POOL_INDEX_NONE; i++)
    {
      gboolean is_first = i == 0 || sorted[i - 1]->process != sorted[i]->process;
      gboolean is_last = i + 1 == trace->n_services || sorted[i + 1]->process != sorted[i]->process;
      if (is_first)
        g_string_truncate (names, 0);
      g_string_append_printf (names, "%s%s", is_first ? "" : SERVICE_SEPARATOR, sorted[i]->name);
      if (is_last)
        self->service_of_process[sorted[i]->process] = string_table_intern (self->texts, names->str);
    }
}

/* The service with @sub_process_tag, which is unique on a machine while its service runs. */
static const PoolService *
find_service (const PoolTrace *trace, GHashTable *service_of_tag, guint32 sub_process_tag, guint32 process)
{
  gpointer row;
  if (sub_process_tag == 0
      || !g_hash_table_lookup_extended (service_of_tag, GUINT_TO_POINTER (sub_process_tag), NULL, &row))
    return NULL;
  const PoolService *service = &trace->services[GPOINTER_TO_UINT (row)];
  return service->process == process ? service : NULL;
}

static void
find_services (Attribution *self, const PoolTrace *trace)
{
  g_autoptr (GHashTable) service_of_tag = g_hash_table_new (NULL, NULL);
  for (gsize i = 0; i < trace->n_services; i++)
    g_hash_table_insert (service_of_tag, GUINT_TO_POINTER (trace->services[i].sub_process_tag),
                         GUINT_TO_POINTER ((guint) i));
  find_services_of_processes (self, trace);
  self->service_of_context = g_new (guint32, trace->n_contexts + 1);
  for (gsize i = 0; i < trace->n_contexts; i++)
    {
      const PoolContext *context = &trace->contexts[i];
      guint32 tag = context->thread == POOL_INDEX_NONE ? 0 : trace->threads[context->thread].sub_process_tag;
      const PoolService *service = find_service (trace, service_of_tag, tag, context->process);
      if (service)
        self->service_of_context[i] = string_table_intern (self->texts, service->name);
      else if (context->process != POOL_INDEX_NONE)
        self->service_of_context[i] = self->service_of_process[context->process];
      else
        self->service_of_context[i] = string_table_intern (self->texts, "");
    }
}

/* --------------------------------------------------------------------------------------------------------- */

Attribution *
attribution_new (const PoolTrace *trace, const char *const *wrappers, PoolTagCatalog *catalog)
{
  Attribution *self = g_new0 (Attribution, 1);
  g_atomic_ref_count_init (&self->references);
  self->texts = string_table_new ();
  self->catalog = catalog ? pool_tag_catalog_ref (catalog) : pool_tag_catalog_new ();
  find_modules (self, trace, wrappers ? wrappers : module_wrappers_default);
  find_drivers (self, trace);
  find_services (self, trace);
  return self;
}

Attribution *
attribution_ref (Attribution *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
attribution_unref (Attribution *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  string_table_free (self->texts);
  pool_tag_catalog_unref (self->catalog);
  g_free (self->module_of_stack);
  g_free (self->driver_of_site);
  g_free (self->description_of_site);
  g_free (self->service_of_process);
  g_free (self->service_of_context);
  g_free (self);
}

guint32
attribution_get_module (const Attribution *self, guint32 stack)
{
  return self->module_of_stack[stack];
}

guint32
attribution_get_driver (const Attribution *self, guint32 site)
{
  return self->driver_of_site[site];
}

guint32
attribution_get_description (const Attribution *self, guint32 site)
{
  return self->description_of_site[site];
}

guint32
attribution_get_service (const Attribution *self, guint32 context)
{
  return self->service_of_context[context];
}

guint32
attribution_get_service_of_process (const Attribution *self, guint32 process)
{
  return self->service_of_process[process];
}

const char *
attribution_get_text (const Attribution *self, guint32 text)
{
  return string_table_get (self->texts, text);
}

const PoolTagCatalog *
attribution_get_catalog (const Attribution *self)
{
  return self->catalog;
}
