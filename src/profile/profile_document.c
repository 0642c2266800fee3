#include "profile/profile_document.h"

#include "profile/profile_check.h"

#include <libxml/parser.h>
#include <string.h>

#define MAXIMUM_BYTES (1 << 20)
#define MAXIMUM_DEPTH 32 /* elements; the format needs 8 */
#define MAXIMUM_ELEMENTS 10000
#define ROOT "WindowsPerformanceRecorder"

/* What the parser met, in its user data. */
typedef struct
{
  startElementNsSAX2Func start_element; /* of libxml2 */
  guint n_elements;
  const char *refusal; /* (nullable): why it was stopped */
  int refusal_line;
} Guard;

static void
refuse (xmlParserCtxt *context, const char *why)
{
  Guard *guard = context->_private;
  if (guard->refusal)
    return;
  guard->refusal = why;
  guard->refusal_line = context->input ? context->input->line : 0;
  xmlStopParser (context);
}

static void
on_document_type (void *data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
  refuse (
      data,
      "has a document type (DOCTYPE), with which entities can be declared; no recording profile needs one: "
      "remove it if you trust the file");
}

static void
on_start_element (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
                  const xmlChar **attributes)
{
  xmlParserCtxt *context = data;
  Guard *guard = context->_private;
  if (context->nameNr > MAXIMUM_DEPTH)
    refuse (context, "nests its elements too deeply for a recording profile; get the file again");
  else if (++guard->n_elements > MAXIMUM_ELEMENTS)
    refuse (context, "has too many elements for a recording profile; get the file again");
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
check_size (GBytes *bytes, const char *display_name, GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  if (size > 0 && size <= MAXIMUM_BYTES)
    return TRUE;
  if (size == 0)
    g_set_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE,
                 "“%s” is empty and no recording profile; get the file again", display_name);
  else
    g_set_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE,
                 "“%s” is larger than 1 MiB, too large for a recording profile; choose the .wprp file",
                 display_name);
  return FALSE;
}

static xmlDoc *
parse (GBytes *bytes, const char *encoding, const char *display_name, GError **error)
{
  Guard guard = { 0 };
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
profile_document_parse (GBytes *bytes, const char *display_name, GError **error)
{
  const char *encoding = NULL;
  if (!check_size (bytes, display_name, error))
    return NULL;
  g_autoptr (GBytes) text = decode (bytes, &encoding);
  if (!text)
    {
      set_error (error, display_name, 1, "is not valid UTF-16; save the file as UTF-8");
      return NULL;
    }
  g_autoptr (xmlDoc) document = parse (text, encoding, display_name, error);
  if (!document)
    return NULL;
  xmlNode *root = xmlDocGetRootElement (document);
  if (profile_node_is (root, ROOT))
    return g_steal_pointer (&document);
  g_autofree char *what = g_strdup_printf ("begins with the element “%s” and not “" ROOT
                                           "”: it is no recording profile; choose a "
                                           ".wprp file",
                                           (const char *) root->name);
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
