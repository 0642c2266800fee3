/* How long the blocks of a session's range and filter lived, as bars; computed off the main thread. */
#pragma once

#include "app/session/trace_session.h"

#define LIFETIME_TYPE_VIEW (lifetime_view_get_type ())
G_DECLARE_FINAL_TYPE (LifetimeView, lifetime_view, LIFETIME, VIEW, GtkWidget)

GtkWidget *lifetime_view_new (void);
/* Follows @session (nullable). */
void lifetime_view_set_session (LifetimeView *self, TraceSession *session);
