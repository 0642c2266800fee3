/* What is wrong with a recording profile (.wprp) for finding pool leaks, and the same profile mended. */
#pragma once

#include "profile/profile_finding.h"

#include <gio/gio.h>

#define PROFILE_ERROR (profile_error_quark ())
GQuark profile_error_quark (void);

typedef enum
{
  PROFILE_ERROR_NOT_A_PROFILE, /* also refused ones: hostile, too large, not well-formed */
} ProfileError;

/* Reads the whole file at @path, of which profile_check() and profile_mend() then judge the bytes; more than
 * they take is not read. Returns: (transfer full) (nullable): NULL with @error (G_IO_ERROR). */
GBytes *profile_read_file (const char *path, GError **error);

/* Checks the profile in @bytes, called @display_name in messages.
 *
 * Returns: (transfer full) (nullable) (element-type ProfileFinding): by line, empty when all is well; NULL
 * with @error (PROFILE_ERROR) when the file is no profile or is refused. */
GPtrArray *profile_check (GBytes *bytes, const char *display_name, GError **error);

/* Repairs what can be repaired without asking; everything else in the file, comments too, stays.
 *
 * @ret_findings (out) (optional) (transfer full): what profile_check() has against the result.
 * Returns: (transfer full) (nullable): the file in UTF-8; NULL with @error as profile_check(). */
GBytes *profile_mend (GBytes *bytes, const char *display_name, GPtrArray **ret_findings, GError **error);
