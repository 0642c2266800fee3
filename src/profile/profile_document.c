#include "profile/profile_document.h"

#include "profile/profile_check.h"

#include <libxml/parser.h>
#include <string.h>

/* The format needs 8 elements in each other. */
const ProfileDocumentKind profile_document_wprp
    = { "recording profile", ".wprp", "WindowsPerformanceRecorder", 1, 32, 10000 };

/* What the parser met, in its user data. */
typedef struct
{
  const ProfileDocumentKind *kind;
  startElementNsSAX2Func start_element; /* of libxml2 */
  guint n_elements;
  char *refusal; /* (owned) (nullable): why it was stopped */
  int refusal_line;
} Guard;

/* Between @before and @after stands what the file should be. */
static void
refuse (xmlParserCtxt *context, const char *before, const char *after)
{
  Guard *guard = context->_private;
  if (guard->refusal)
    return;
  guard->refusal = g_strconcat (before, guard->kind->noun, after, NULL);
  guard->refusal_line = context->input ? context->input->line : 0;
  xmlStopParser (context);
}

static void
on_document_type (void *data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
  refuse (
      data,
      "has a document type (DOCTYPE), with which entities can be declared; no ",
      " needs one: remove it if you trust the file");
}

static void
on_start_element (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
                  const xmlChar **attributes)
{
  xmlParserCtxt *context = data;
  Guard *guard = context->_private;
  if ((guint) context->nameNr > guard->kind->maximum_depth)
    refuse (context, "nests its elements too deeply for a ", "; get the file again");
  else if (++guard->n_elements > guard->kind->maximum_elements)
    refuse (context, "has too many elements for a ", "; get the file again");
  else
    guard->start_element (context, name, prefix, uri, n_namespaces, namespaces, n_attributes, n_defaulted,
                          attributes);
}

/* UTF-16 with its mark as UTF-8, whatever encoding the XML declaration names; else the bytes as they are. */
static GBytes *
decode (GBytes *bytes, const char **ret_encoding)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const char *encoding = NULL;
  if (size >= 2 && data[0] == 0xFF && data[1] == 0xFE)
    encoding = "UTF-16LE";
  else if (size >= 2 && data[0] == 0xFE && data[1] == 0xFF)
    encoding = "UTF-16BE";
  if (!encoding)
    return g_bytes_ref (bytes);
  gsize n_written;
  char *text = g_convert ((const char *) data + 2, (gssize) (size - 2) & ~1, "UTF-8", encoding, NULL,
                          &n_written, NULL);
  if (!text)
    return NULL;
  *ret_encoding = "UTF-8";
  return g_bytes_new_take (text, n_written);
}

static void
set_error (GError **error, const char *display_name, int line, const char *what)
{
  g_set_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE, "“%s” line %d %s", display_name, line,
               what);
}

static gboolean
check_size (GBytes *bytes, const ProfileDocumentKind *kind, const char *display_name, GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  if (size > 0 && size <= (gsize) kind->maximum_mib << 20)
    return TRUE;
  if (size == 0)
    g_set_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE,
                 "“%s” is empty and no %s; get the file again", display_name, kind->noun);
  else
    g_set_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE,
                 "“%s” is larger than %u MiB, too large for a %s; choose the %s file", display_name,
                 kind->maximum_mib, kind->noun, kind->extension);
  return FALSE;
}

static xmlDoc *
parse (GBytes *bytes, const ProfileDocumentKind *kind, const char *encoding, const char *display_name,
       GError **error)
{
  Guard guard = { .kind = kind };
  xmlParserCtxt *context = xmlNewParserCtxt ();
  context->_private = &guard;
  guard.start_element = context->sax->startElementNs;
  context->sax->startElementNs = on_start_element;
  context->sax->internalSubset = on_document_type;
  xmlDoc *document = xmlCtxtReadMemory (
      context, g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes), NULL, encoding,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  if (guard.refusal)
    {
      set_error (error, display_name, guard.refusal_line, guard.refusal);
      g_free (guard.refusal);
      g_clear_pointer (&document, xmlFreeDoc);
    }
  else if (!document)
    {
      const xmlError *problem = xmlCtxtGetLastError (context);
      g_autofree char *detail
          = problem && problem->message ? g_utf8_make_valid (problem->message, -1) : g_strdup ("");
      g_autofree char *what = g_strdup_printf (
          "is not well-formed XML: %s; mend that line, or get the file again", g_strchomp (detail));
      set_error (error, display_name, problem ? problem->line : 1, what);
    }
  xmlFreeParserCtxt (context);
  return document;
}

xmlDoc *
profile_document_parse (GBytes *bytes, const ProfileDocumentKind *kind, const char *display_name, GError **error)
{
  const char *encoding = NULL;
  if (!check_size (bytes, kind, display_name, error))
    return NULL;
  g_autoptr (GBytes) text = decode (bytes, &encoding);
  if (!text)
    {
      set_error (error, display_name, 1, "is not valid UTF-16; save the file as UTF-8");
      return NULL;
    }
  g_autoptr (xmlDoc) document = parse (text, kind, encoding, display_name, error);
  if (!document)
    return NULL;
  xmlNode *root = xmlDocGetRootElement (document);
  if (!kind->root || profile_node_is (root, kind->root))
    return g_steal_pointer (&document);
  g_autofree char *what = g_strdup_printf ("begins with the element “%s” and not “%s”: it is no %s; choose a %s file",
                                           (const char *) root->name, kind->root, kind->noun, kind->extension);
  set_error (error, display_name, (int) xmlGetLineNo (root), what);
  return NULL;
}

char *
profile_node_dup_attribute (xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, BAD_CAST name);
  char *copy = g_strdup ((const char *) value);
  xmlFree (value);
  return copy;
}

gboolean
profile_node_has_value (xmlNode *node, const char *name, const char *text)
{
  g_autofree char *value = profile_node_dup_attribute (node, name);
  return g_strcmp0 (value, text) == 0;
}

void
profile_node_set_attribute (xmlNode *node, const char *name, const char *text)
{
  xmlSetProp (node, BAD_CAST name, BAD_CAST text);
}

gboolean
profile_node_is (xmlNode *node, const char *name)
{
  return strcmp ((const char *) node->name, name) == 0;
}

static xmlNode *
skip_to (xmlNode *node, const char *name)
{
  while (node && !profile_node_is (node, name))
    node = xmlNextElementSibling (node);
  return node;
}

xmlNode *
profile_node_first (xmlNode *parent, const char *name)
{
  return parent ? skip_to (xmlFirstElementChild (parent), name) : NULL;
}

xmlNode *
profile_node_next (xmlNode *node, const char *name)
{
  return skip_to (xmlNextElementSibling (node), name);
}
