#include "profile/profile_finding.h"

#include <glib/gi18n-lib.h>

static const struct
{
  gboolean is_mendable;
  const char *sentence, *advice;
} kinds[PROFILE_N_FINDINGS] = {
#define PROFILE_FINDING_TEXTS(id, is_mendable, sentence, advice) { is_mendable, sentence, advice },
  PROFILE_FINDINGS (PROFILE_FINDING_TEXTS)
#undef PROFILE_FINDING_TEXTS
};

void
profile_finding_free (ProfileFinding *self)
{
  g_free (self->subject);
  g_free (self);
}

static char *
fill (const ProfileFinding *self, const char *text, ProfileTranslate translate)
{
  GString *filled = g_string_new (translate ? translate (text) : text);
  g_string_replace (filled, "{1}", self->subject ? self->subject : "", 0);
  return g_string_free (filled, FALSE);
}

char *
profile_finding_dup_sentence (const ProfileFinding *self, ProfileTranslate translate)
{
  return fill (self, kinds[self->kind].sentence, translate);
}

char *
profile_finding_dup_advice (const ProfileFinding *self, ProfileTranslate translate)
{
  return fill (self, kinds[self->kind].advice, translate);
}

gboolean
profile_finding_is_mendable (const ProfileFinding *self)
{
  return kinds[self->kind].is_mendable;
}
