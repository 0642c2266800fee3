/* What a profile records. Lists inherit: a provider from its Base, the use of a provider in a profile from
 * the provider, a profile from its Base; Operation says whether a list sets, adds or removes. */
#include "profile/profile_rules.h"

#include <string.h>

#define MAXIMUM_INHERITANCE 8
#define MAXIMUM_SHOWN_TAG 40 /* characters of a wrong tag in a message */

/* What has to be recorded; each is one bit of a set. */
static const struct
{
  const char *list, *element, *value;
  ProfileFindingKind kind;
} wanted[] = {
  { "Keywords", "Keyword", "Pool", PROFILE_FINDING_KEYWORD_POOL },
  { "Keywords", "Keyword", "ProcessThread", PROFILE_FINDING_KEYWORD_BASE },
  { "Keywords", "Keyword", "Loader", PROFILE_FINDING_KEYWORD_BASE },
  { "Stacks", "Stack", "PoolAllocation", PROFILE_FINDING_STACK_OF_ALLOCATION },
  { "Stacks", "Stack", "PoolAllocationSession", PROFILE_FINDING_STACK_OF_ALLOCATION },
  { "Stacks", "Stack", "PoolFree", PROFILE_FINDING_STACK_OF_FREE },
  { "Stacks", "Stack", "PoolFreeSession", PROFILE_FINDING_STACK_OF_FREE },
};
#define POOL_BIT (1u << 0)

typedef struct
{
  guint bits;        /* of wanted */
  gboolean is_open;  /* inherits from what is not in this file: nothing can be said to be missing */
  xmlNode *pool;     /* the SystemProvider that names the keyword Pool */
  xmlNode *provider; /* else the first one */
} Recorded;

/* What the lists of @holder make of @bits. */
static guint
apply_lists (xmlNode *holder, guint bits)
{
  for (xmlNode *list = xmlFirstElementChild (holder); list; list = xmlNextElementSibling (list))
    {
      guint of_list = 0, named = 0;
      for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        if (profile_node_is (list, wanted[i].list))
          {
            of_list |= 1u << i;
            for (xmlNode *item = profile_node_first (list, wanted[i].element); item;
                 item = profile_node_next (item, wanted[i].element))
              if (profile_node_has_value (item, "Value", wanted[i].value))
                named |= 1u << i;
          }
      if (profile_node_has_value (list, "Operation", "Remove"))
        bits &= ~named;
      else if (profile_node_has_value (list, "Operation", "Add"))
        bits |= named;
      else
        bits = (bits & ~of_list) | named;
    }
  return bits;
}

/* Returns: the element that @node's Base names; NULL without one. */
static xmlNode *
find_base (const ProfileCheck *self, xmlNode *node, gboolean *ret_is_open)
{
  g_autofree char *base = profile_node_dup_attribute (node, "Base");
  if (!base || *base == '\0')
    return NULL;
  xmlNode *found = g_hash_table_lookup (self->by_id, base);
  if (!found || !profile_node_is (found, (const char *) node->name))
    {
      *ret_is_open = TRUE;
      return NULL;
    }
  return found;
}

static guint
get_provider_bits (const ProfileCheck *self, xmlNode *provider, guint depth, gboolean *ret_is_open)
{
  xmlNode *base = depth < MAXIMUM_INHERITANCE ? find_base (self, provider, ret_is_open) : NULL;
  guint bits = base ? get_provider_bits (self, base, depth + 1, ret_is_open) : 0;
  return apply_lists (provider, bits);
}

static void
add_provider (const ProfileCheck *self, Recorded *recorded, xmlNode *provider, xmlNode *use)
{
  guint bits = get_provider_bits (self, provider, 0, &recorded->is_open);
  if (use)
    bits = apply_lists (use, bits);
  recorded->bits |= bits;
  if (!recorded->provider)
    recorded->provider = provider;
  if (!recorded->pool && (bits & POOL_BIT))
    recorded->pool = provider;
}

/* The providers of the Collectors of @profile. */
static void
add_collectors (const ProfileCheck *self, Recorded *recorded, xmlNode *profile, guint depth)
{
  xmlNode *collectors = profile_node_first (profile, "Collectors");
  if (!collectors || profile_node_has_value (collectors, "Operation", "Add"))
    {
      xmlNode *base = depth < MAXIMUM_INHERITANCE ? find_base (self, profile, &recorded->is_open) : NULL;
      if (base)
        add_collectors (self, recorded, base, depth + 1);
    }
  for (xmlNode *collector = profile_node_first (collectors, "SystemCollectorId"); collector;
       collector = profile_node_next (collector, "SystemCollectorId"))
    for (xmlNode *use = xmlFirstElementChild (collector); use; use = xmlNextElementSibling (use))
      {
        g_autofree char *id = profile_node_dup_attribute (use, "Value");
        xmlNode *provider = id ? g_hash_table_lookup (self->by_id, id) : NULL;
        if (profile_node_is (use, "SystemProvider"))
          add_provider (self, recorded, use, NULL);
        else if (profile_node_is (use, "SystemProviderId") && provider
                 && profile_node_is (provider, "SystemProvider"))
          add_provider (self, recorded, provider, use);
      }
}

/* A list of the provider to complain at, or the provider. */
static xmlNode *
find_place (xmlNode *provider, const char *list)
{
  xmlNode *found = profile_node_first (provider, list);
  return found ? found : provider;
}

static void
check_recorded (ProfileCheck *self, xmlNode *profile)
{
  Recorded recorded = { 0 };
  add_collectors (self, &recorded, profile, 0);
  if (recorded.is_open)
    return;
  if (!recorded.provider)
    {
      profile_check_add (self, PROFILE_FINDING_PROVIDER_MISSING, profile, NULL);
      return;
    }
  xmlNode *provider = recorded.pool ? recorded.pool : recorded.provider;
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (!(recorded.bits & 1u << i))
      profile_check_add (self, wanted[i].kind, find_place (provider, wanted[i].list), wanted[i].value);
}

static void
check_tag (ProfileCheck *self, xmlNode *node)
{
  g_autofree char *tag = profile_node_dup_attribute (node, "Value");
  if (!tag)
    return;
  gsize length = strlen (tag);
  if (length >= 1 && length <= 4 && g_str_is_ascii (tag))
    return;
  g_autofree char *shown = g_utf8_substring (tag, 0, MIN (g_utf8_strlen (tag, -1), MAXIMUM_SHOWN_TAG));
  profile_check_add (self, PROFILE_FINDING_TAG_LENGTH, node, shown);
}

static void
check_tags (ProfileCheck *self, xmlNode *node)
{
  if (profile_node_is (node, "PoolTags"))
    {
      guint n_tags = 0;
      for (xmlNode *tag = profile_node_first (node, "PoolTag"); tag; tag = profile_node_next (tag, "PoolTag"))
        {
          n_tags++;
          check_tag (self, tag);
        }
      if (n_tags < 1 || n_tags > 4)
        {
          g_autofree char *subject = g_strdup_printf ("%u", n_tags);
          profile_check_add (self, PROFILE_FINDING_TAG_COUNT, node, subject);
        }
    }
  for (xmlNode *child = xmlFirstElementChild (node); child; child = xmlNextElementSibling (child))
    check_tags (self, child);
}

static gboolean
has_image_id (xmlNode *node)
{
  if (profile_node_is (node, "CustomEvent"))
    return profile_node_has_value (node, "Value", "ImageId");
  for (xmlNode *child = xmlFirstElementChild (node); child; child = xmlNextElementSibling (child))
    if (has_image_id (child))
      return TRUE;
  return FALSE;
}

void
profile_check_contents (ProfileCheck *self)
{
  guint n_checked = 0;
  for (xmlNode *profile = profile_node_first (self->profiles, "Profile");
       profile && n_checked < PROFILE_MAX_PROFILES; profile = profile_node_next (profile, "Profile"))
    {
      check_recorded (self, profile);
      n_checked++;
    }
  check_tags (self, self->root);
  if (!has_image_id (self->root))
    profile_check_add (self, PROFILE_FINDING_IMAGE_ID, self->root, "ImageId");
}
