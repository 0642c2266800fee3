/* Filter queries of Windows Performance Analyzer, such as
 *   [Pool Tag]:="Irp " AND NOT [Process]:~="System"
 * as conditions of which all must hold. */
#pragma once

#include <glib.h>

typedef enum
{
  WPA_MATCH_EQUALS,   /* := */
  WPA_MATCH_CONTAINS, /* :~= */
  WPA_MATCH_BEGINS,   /* :~< */
  WPA_MATCH_ENDS,     /* :~> */
  WPA_MATCH_ABOVE,    /* :> */
  WPA_MATCH_BELOW,    /* :< */
  WPA_MATCH_AT_LEAST, /* :>= */
  WPA_MATCH_AT_MOST,  /* :<= */
} WpaMatch;

typedef struct
{
  char *column; /* (owned) */
  char *value;  /* (owned) */
  WpaMatch match;
  gboolean is_negated;
} WpaTerm;

/* The terms of @query, all of which must hold; @keeps: of what it finds, else of the rest.
 *
 * Returns: (transfer full) (nullable) (element-type WpaTerm): NULL when it cannot be said so: alternatives, brackets, or
 * what is not understood; @ret_place (nullable) then receives the byte of @query from which on. */
GPtrArray *wpa_query_parse (const char *query, gboolean keeps, gsize *ret_place);
