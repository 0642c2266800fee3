/* What can be wrong with a recording profile: one table of sentences and advice, English, marked for translation.
 * {1} stands for the finding's subject. */
#pragma once

#include <glib.h>

/* id, whether profile_mend() can repair it, what is wrong, what to do */
#define PROFILE_FINDINGS(X)                                                                                            \
  X (VERSION_MISSING, TRUE, N_ ("the attribute Version is missing"), N_ ("write Version=\"1.0\""))                     \
  X (PROFILES_MISSING, FALSE, N_ ("the element Profiles is missing: nothing is defined"),                              \
     N_ ("write a new profile"))                                                                                       \
  X (PROVIDER_MISSING, FALSE, N_ ("no profile uses a SystemProvider: nothing of the kernel is recorded"),              \
     N_ ("name a SystemCollectorId with a SystemProviderId in Collectors"))                                            \
  X (PROFILE_MISSING, FALSE, N_ ("there is no Profile: nothing can be started"),                                       \
     N_ ("add one Profile for File and one for Memory"))                                                               \
  X (ORDER, TRUE, N_ ("the element {1} stands too late: WPR refuses the file"),                                        \
     N_ ("move it before the elements that have to follow it"))                                                        \
  X (STRAY_TEXT, TRUE,                                                                                                 \
     N_ ("something other than blanks stands between elements, from here on in {1} places: no-break spaces, as "       \
         "copied from a web page, or other text"),                                                                     \
     N_ ("replace no-break spaces by blanks, remove other text"))                                                      \
  X (ATTRIBUTE_MISSING, FALSE, N_ ("the attribute {1} is missing"), N_ ("add it"))                                     \
  X (DESCRIPTION_MISSING, TRUE, N_ ("the attribute Description of the profile {1} is missing"), N_ ("add it"))         \
  X (ID_INVALID, FALSE, N_ ("the Id “{1}” is empty, or has a colon or a blank"), N_ ("choose an Id without them"))     \
  X (ID_TWICE, FALSE, N_ ("the Id “{1}” is given twice"), N_ ("give each element an Id of its own"))                   \
  X (REFERENCE, FALSE, N_ ("nothing in this file has the Id “{1}”"), N_ ("correct the Id, or add what it names"))      \
  X (WORD, FALSE, N_ ("{1} is not a value that WPR knows"),                                                            \
     N_ ("LoggingMode is File or Memory; DetailLevel is Light or Verbose; Operation is Set, Add or Remove"))           \
  X (NUMBER, FALSE, N_ ("{1} is not a number that fits"),                                                              \
     N_ ("write a whole number above 0, and at most 100 where it is a percentage"))                                    \
  X (PROFILE_ID, TRUE, N_ ("the Id of a profile must be its Name.DetailLevel.LoggingMode, here “{1}”"),                \
     N_ ("write that Id, also where it is a Base"))                                                                    \
  X (PROFILE_NAMES, FALSE, N_ ("the profile has another Name, “{1}”, than the first one of the file"),                 \
     N_ ("keep profiles of one Name in a file"))                                                                       \
  X (PROFILE_COUNT, FALSE, N_ ("this is the fifth profile or a later one: a file takes four"),                         \
     N_ ("move it to a file of its own"))                                                                              \
  X (MODE_MISSING, TRUE, N_ ("there is no profile with LoggingMode {1}: WPR wants both File and Memory"),              \
     N_ ("add one that has the other as its Base"))                                                                    \
  X (KEYWORD_POOL, TRUE, N_ ("the keyword {1} is missing: no pool event is recorded"),                                 \
     N_ ("add <Keyword Value=\"{1}\"/> to Keywords"))                                                                  \
  X (KEYWORD_BASE, TRUE,                                                                                               \
     N_ ("the keyword {1} is missing: without it stacks belong to no process or driver, and symbols are not found"),   \
     N_ ("add <Keyword Value=\"{1}\"/> to Keywords"))                                                                  \
  X (STACK_OF_ALLOCATION, TRUE, N_ ("the stack {1} is missing: nothing tells who allocates"),                          \
     N_ ("add <Stack Value=\"{1}\"/> to Stacks"))                                                                      \
  X (STACK_OF_FREE, TRUE, N_ ("the stack {1} is missing: nothing tells who frees"),                                    \
     N_ ("add <Stack Value=\"{1}\"/> to Stacks"))                                                                      \
  X (TWICE, TRUE, N_ ("{1} is given twice in one list: WPR refuses the file"), N_ ("remove one of them"))              \
  X (TAG_LENGTH, FALSE, N_ ("“{1}” is no pool tag: a tag has 1 to 4 characters of ASCII"), N_ ("correct the tag"))     \
  X (TAG_COUNT, FALSE, N_ ("PoolTags holds {1} tags: Windows filters by 1 to 4"),                                      \
     N_ ("leave tags out, or remove PoolTags to record the whole pool"))                                               \
  X (IMAGE_ID, TRUE, N_ ("no merge event {1} is asked for: it says which symbol file belongs to each driver"),         \
     N_ ("add TraceMergeProperties with <CustomEvent Value=\"{1}\"/>"))

typedef enum
{
#define PROFILE_FINDING_ID(id, is_mendable, sentence, advice) PROFILE_FINDING_##id,
  PROFILE_FINDINGS (PROFILE_FINDING_ID)
#undef PROFILE_FINDING_ID
      PROFILE_N_FINDINGS
} ProfileFindingKind;

typedef struct
{
  ProfileFindingKind kind;
  guint line;    /* in the file, from 1 */
  char *subject; /* (owned) (nullable): for {1} */
  gpointer node; /* the element, while the document lives */
} ProfileFinding;

void profile_finding_free (ProfileFinding *self);

/* How a sentence reads in another language: gettext in the window, NULL for English. */
typedef const char *(*ProfileTranslate) (const char *text);

/* Returns: (transfer full): what is wrong, without a full stop. */
char *profile_finding_dup_sentence (const ProfileFinding *self, ProfileTranslate translate);

/* Returns: (transfer full): what to do, without a full stop. */
char *profile_finding_dup_advice (const ProfileFinding *self, ProfileTranslate translate);

/* Whether profile_mend() repairs it. */
gboolean profile_finding_is_mendable (const ProfileFinding *self);
