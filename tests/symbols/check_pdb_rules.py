#!/usr/bin/env python3
"""PDBs that no linker at hand makes, built record by record: code in code, thunks, damaged records and maps.

usage: check_pdb_rules.py PDB-PROBE
"""
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import pdb_variants
from complaints import report_complaints
from pdb_variants import NO_STREAM, pack

TEXT_RVA, TEXT_SIZE = 0x1000, 0x4000
SYMBOL_RECORDS, SECTION_HEADERS = 5, 6
END = 0x0006


def record(kind, payload):
    body = struct.pack('<H', kind) + payload
    body += b'\0' * (-(len(body) + 2) % 4)
    return struct.pack('<H', len(body)) + body


def text(name):
    return name.encode() + b'\0'


def public(offset, name, section=1):
    return record(0x110E, struct.pack('<IIH', 2, offset, section) + text(name))


def procedure(offset, size, name):
    """With an end that is 0, as only object files have it: the records are stepped over one by one."""
    head = struct.pack('<8IHB', 0, 0, 0, size, 0, 0, 0, offset, 1, 0)
    return record(0x110F, head + text(name)) + record(END, b'')


def trampoline(offset, size, target):
    return record(0x112C, struct.pack('<HHIIHH', 0, size, offset, target, 1, 1))


def separated_code(offset, size, parent):
    return record(0x1132, struct.pack('<6IHH', 0, 0, size, 0, offset, parent, 1, 1)) + record(END, b'')


def section_header(name, rva, size):
    return struct.pack('<8sIIIIIIHHI', name, size, rva, size, 0, 0, 0, 0, 0, 0x60000020)


def contributions(ranges):
    """(offset, size, module) of each."""
    return pack(0xF12EBA2D) + b''.join(
        struct.pack('<HHiiIHHII', 1, 0, offset, size, 0x60000020, module, 0, 0, 0) for offset, size, module in ranges)


def make(modules, publics, ranges=(), debug=None):
    """The streams of a PDB; @debug: more of its debug streams, by their place."""
    streams = [b'', pack(20000404, 1, 1) + bytes(16) + pack(0, 0, 0, 0, 0, 0), b'', b'', b'', publics,
               section_header(b'.text', TEXT_RVA, TEXT_SIZE)]
    infos = b''
    for symbols in modules:
        stream = pack(4) + symbols
        info = pack(0) + bytes(28) + struct.pack('<HHIIIHHIII', 0, len(streams), len(stream), 0, 0, 0, 0, 0, 0, 0)
        info += text('a.obj') + text('a.obj')
        infos += info + b'\0' * (-len(info) % 4)
        streams.append(stream + pack(0))
    places = [NO_STREAM] * 11
    places[pdb_variants.SECTIONS] = SECTION_HEADERS
    for place, stream in (debug or {}).items():
        places[place] = len(streams)
        streams.append(stream)
    sections = contributions(ranges) if ranges else b''
    header = struct.pack('<iIIHHHHHH', -1, 19990903, 1, NO_STREAM, 0, NO_STREAM, 0, SYMBOL_RECORDS, 0)
    header += pack(len(infos), len(sections), 0, 0, 0, 0, 2 * len(places), 0) + struct.pack('<HHI', 0, 0x8664, 0)
    streams[pdb_variants.DBI] = header + infos + sections + struct.pack(f'<{len(places)}H', *places)
    return streams


class Probe:
    def __init__(self, program, folder):
        self.program, self.folder = program, Path(folder)

    def names(self, streams, offsets):
        """The names at offsets of the text section; "?" without one."""
        pdb = pdb_variants.write(self.folder / 'made.pdb', streams)
        rvas = ''.join(f'{TEXT_RVA + offset:x}\n' for offset in offsets)
        done = subprocess.run([self.program, 'lookup', str(pdb)], input=rvas, text=True, capture_output=True)
        if done.returncode != 0:
            return done.stderr
        return [line.split('\t')[0] for line in done.stdout.splitlines()]


def check(probe, streams, expected):
    """@expected: name by offset."""
    names = probe.names(streams, expected)
    if names != list(expected.values()):
        yield f'{dict(zip(expected, names)) if isinstance(names, list) else names} instead of {expected}'


def check_nested(probe):
    """Of procedures that cover an address the innermost has it, also behind one that ended."""
    symbols = procedure(0x100, 0x100, 'Outer') + procedure(0x120, 0x40, 'Inner') + procedure(0x130, 0x10, 'Innermost')
    symbols += procedure(0x1F0, 0x30, 'Overlapping') + procedure(0x180, 0x10, 'Second') + procedure(0x1A0, 0x10, 'Third')
    yield from check(probe, make([symbols], b''), {
        0xFF: '?', 0x100: 'Outer', 0x11F: 'Outer', 0x120: 'Inner', 0x130: 'Innermost', 0x13F: 'Innermost', 0x140: 'Inner',
        0x15F: 'Inner', 0x160: 'Outer', 0x17F: 'Outer', 0x180: 'Second', 0x190: 'Outer',
        0x1A0: 'Third', 0x1B0: 'Outer', 0x1EF: 'Outer', 0x1F0: 'Overlapping', 0x21F: 'Overlapping', 0x220: '?'})


def check_parts(probe):
    """Thunks and cold parts are named after what they belong to, and after nothing else."""
    symbols = procedure(0x100, 0x20, 'First') + separated_code(0x800, 0x20, 0x100) + separated_code(0x900, 0x20, 0x500)
    symbols += trampoline(0x10, 5, 0x100) + trampoline(0x20, 5, 0x300) + trampoline(0x30, 5, 0x400)
    yield from check(probe, make([symbols], public(0x300, 'OnlyPublic')), {
        0x10: 'First', 0x14: 'First', 0x15: '?', 0x20: 'OnlyPublic', 0x30: '?', 0x100: 'First', 0x120: '?',
        0x810: 'First', 0x900: '?', 0x300: 'OnlyPublic'})


def check_public_extents(probe):
    """A public reaches to the next boundary only."""
    ranges = [(0x100, 0x40, 0), (0x140, 0x20, 0), (0x200, 0x10, 0)]
    publics = public(0x100, 'Stripped') + public(0x300, 'Last') + public(0x50, 'Absolute', 2) + public(0x3FFF, 'AtEnd')
    yield from check(probe, make([b''], publics, ranges), {
        0x100: 'Stripped', 0x13F: 'Stripped', 0x140: '?', 0x160: '?', 0x200: '?', 0x300: 'Last', 0x3FFE: 'Last',
        0x3FFF: 'AtEnd', 0x4000: '?', 0x50: '?'})


def check_bad_records(probe):
    """A record whose length cannot be ends its stream only; what stands before it is kept, and so are others."""
    for length in (0, 1, 0xFFFF):
        bad = struct.pack('<HH', length, 0x110F)
        modules = [procedure(0x100, 0x10, 'Before') + bad + bytes(8), procedure(0x200, 0x10, 'Other')]
        yield from check(probe, make(modules, public(0x300, 'Public') + bad + public(0x400, 'Behind')), {
            0x100: 'Before', 0x200: 'Other', 0x300: 'Public'})


def check_bad_maps(probe):
    """Maps of a rearranged image that do not ascend are both left out."""
    def pairs(*values):
        return b''.join(pack(*pair) for pair in values)
    good, bad = pairs((TEXT_RVA, 0x9000), (0xF000, 0)), pairs((0x9000, TEXT_RVA), (0x8000, TEXT_RVA))
    for to_source, from_source in ((bad, good), (good, bad)):
        debug = {pdb_variants.OMAP_TO_SOURCE: to_source, pdb_variants.OMAP_FROM_SOURCE: from_source,
                 pdb_variants.ORIGINAL_SECTIONS: section_header(b'.text', 0x9000, TEXT_SIZE)}
        yield from check(probe, make([procedure(0x100, 0x10, 'Here')], b'', debug=debug), {0x100: 'Here', 0x110: '?'})


def main():
    with tempfile.TemporaryDirectory() as folder:
        probe = Probe(sys.argv[1], folder)
        checks = (('the innermost procedure has an address', check_nested),
                  ('thunks and cold parts belong to their procedures', check_parts),
                  ('publics end at the next boundary', check_public_extents),
                  ('a bad record ends its stream alone', check_bad_records),
                  ('bad maps of addresses are left out', check_bad_maps))
        return report_complaints((name, function(probe)) for name, function in checks)


if __name__ == '__main__':
    sys.exit(main())
