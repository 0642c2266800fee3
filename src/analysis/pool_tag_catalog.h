/* What pool tags mean: the driver that uses a tag, and what for.
 *
 * Read from files as pooltag.txt of the Windows debuggers and drivers' kits, one line per tag:
 * "Irp  - <unknown> - I/O request packets". Later files win over earlier ones, and all over the short list
 * that is built in. Fill it, then share it: from then on it does not change.
 */
#pragma once

#include <glib.h>

typedef struct
{
  const char *driver;      /* (transfer none) (nullable): NULL when the list does not know */
  const char *description; /* (transfer none): may be empty */
} PoolTagMeaning;

/* What became of the lines of one file. */
typedef struct
{
  guint n_tags;     /* lines that tell of one tag */
  guint n_patterns; /* lines that tell of many: with ? or * */
  guint n_skipped;  /* lines that are neither, and no comments and not empty */
  guint n_repeated; /* lines for a tag that an earlier line of the file tells of; the first counts */
} PoolTagFileReport;

typedef struct _PoolTagCatalog PoolTagCatalog;

/* With the built-in list alone. (transfer full) */
PoolTagCatalog *pool_tag_catalog_new (void);
PoolTagCatalog *pool_tag_catalog_ref (PoolTagCatalog *self);
void pool_tag_catalog_unref (PoolTagCatalog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoolTagCatalog, pool_tag_catalog_unref)

/* Adds the lines of @text (array length=size), which win over all that is there. @ret_report is nullable. */
void pool_tag_catalog_add_text (PoolTagCatalog *self, const char *text, gsize size, PoolTagFileReport *ret_report);
/* Takes back what was added last. */
void pool_tag_catalog_remove_last (PoolTagCatalog *self);

/* What @tag (lowest byte first) means: a line for exactly this tag wins over patterns, a pattern with more
 * characters of its own over others. FALSE when nothing tells. */
gboolean pool_tag_catalog_find (const PoolTagCatalog *self, guint32 tag, PoolTagMeaning *ret_meaning);
