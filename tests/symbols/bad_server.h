/* A web server on this computer that behaves as its addresses say: http://127.0.0.1:PORT/MODE/… */
#pragma once

#include <gio/gio.h>

typedef struct _BadServer BadServer;

/* @pdb: what the good files contain. */
BadServer *bad_server_new (GBytes *pdb);
void bad_server_free (BadServer *self);
/* "http://127.0.0.1:PORT/@mode" (transfer full) */
char *bad_server_dup_url (const BadServer *self, const char *mode);
/* How often a path that ends with @end was asked for. */
guint bad_server_count (BadServer *self, const char *end);
/* Waits until some path that ends with @end was asked for. */
void bad_server_wait_for (BadServer *self, const char *end);
