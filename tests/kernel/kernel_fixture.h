/* Events made of annotated hex text, for the tests of the kernel layer. */
#pragma once

#include "etl/etl_event.h"

/* An event whose payload is a copy of exactly its size, so that reads behind its end are noticed. */
typedef struct
{
  EtlEvent event;
  guint8 *payload; /* (owned) */
} KernelFixture;

/* Whether the payload of @event could be decoded; frees what was decoded. */
typedef gboolean (*KernelDecode) (const EtlEvent *event);

void kernel_fixture_init (KernelFixture *self, guint16 hook, guint8 version, guint pointer_size,
                          const char *hex);
void kernel_fixture_init_full (KernelFixture *self, const guint8 *guid, guint8 opcode, guint pointer_size,
                               const char *hex);
void kernel_fixture_clear (KernelFixture *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KernelFixture, kernel_fixture_clear)

void kernel_fixture_resize (KernelFixture *self, gsize size);
void kernel_fixture_assert_shortest (const KernelFixture *self, gsize shortest, KernelDecode decode);
