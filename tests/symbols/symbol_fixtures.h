/* Small files with the headers of PDBs, images and cabinets, made byte by byte. */
#pragma once

#include "symbols/symbol_identity.h"

/* The identity of fixture number @seed: name "toy.pdb" of "toy.sys". Only constants: nothing is owned. */
SymbolIdentity symbol_fixture_identity (guint8 seed, guint32 age);
/* A PDB with that identity and nothing else; the age of its info stream is greater by one. */
GBytes *symbol_fixture_pdb (guint8 seed, guint32 age);
/* The first bytes of an image with the time stamp and size of the identity. */
GBytes *symbol_fixture_image (const SymbolIdentity *identity);

typedef enum
{
  CABINET_STORED = 0,
  CABINET_MSZIP = 1,
  CABINET_LZX = 3 | 15 << 8, /* with a window of 32 KiB */
} CabinetMethod;

/* A cabinet with the one file @content, of up to 32 KiB, that claims to have @declared_bytes. */
GBytes *symbol_fixture_cabinet (GBytes *content, CabinetMethod method, guint32 declared_bytes);

/* Writes @content to @folder/@relative and makes the folders. (transfer full): the path. */
char *symbol_fixture_write (const char *folder, const char *relative, GBytes *content);
/* All files below @folder, sorted, one per line, as paths from it. (transfer full) */
char *symbol_fixture_list (const char *folder);
/* Removes @folder and everything in it. */
void symbol_fixture_remove (const char *folder);
