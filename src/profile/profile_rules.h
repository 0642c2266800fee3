/* The rules that profile_check() consists of. Known to this folder only. */
#pragma once

#include "profile/profile_check.h"
#include "profile/profile_document.h"

#define PROFILE_MAX_PROFILES 4 /* in one file */

/* What the rules read and write. */
typedef struct
{
  xmlNode *root;
  xmlNode *profiles;   /* the element Profiles; NULL without it */
  GHashTable *by_id;   /* (element-type utf8 xmlNode): the first element with each Id */
  GPtrArray *findings; /* (element-type ProfileFinding) */
} ProfileCheck;

/* Adds a finding; @subject may be NULL. Each kind is told once per element and subject. */
void profile_check_add (ProfileCheck *self, ProfileFindingKind kind, xmlNode *node, const char *subject);

/* All findings of @document, by line; their nodes are @document's. */
GPtrArray *profile_check_document (xmlDoc *document);

/* Elements, their order, attributes, Ids, numbers and words, as WPR's schema has them. */
void profile_check_structure (ProfileCheck *self);

/* What is recorded: keywords, stacks, tags, merge events. */
void profile_check_contents (ProfileCheck *self);

/* The place of the element @name among the children of @parent as the schema orders them, from 0; -1 for
 * elements that have no place. */
int profile_order_of (const char *parent, const char *name);

/* Returns: (transfer full) (nullable): Name.DetailLevel.LoggingMode of a Profile; NULL where one is missing.
 */
char *profile_dup_right_id (xmlNode *profile);
