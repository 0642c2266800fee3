#!/usr/bin/env python3
"""Makes large.exe and large.pdb in a folder: UNITS objects with 10000 functions each.

usage: make_large_pdb.py FOLDER UNITS

One unit is compiled; the others are its assembly with another namespace, whose name has the same length.
"""

import subprocess
import sys
from pathlib import Path

TARGET = '--target=x86_64-pc-windows-msvc'
FREE = ['-std=c++17', '-ffreestanding', '-fno-exceptions', '-fno-rtti', '-O1', '-g', '-gcodeview']
N_CLASSES = 200
N_METHODS = 50
FIRST_UNIT = 100


def source():
    """A namespace of classes with small methods."""
    lines = ['typedef unsigned long long word;', 'extern volatile word sink;']
    for c in range(N_CLASSES):
        lines.append(f'namespace unit_{FIRST_UNIT} {{ namespace part_{c % 83} {{ struct Device_{c} {{ word state;')
        lines += [f'word complete_request_{m} (word value, const Device_{c} *next, int flags);'
                  for m in range(N_METHODS)]
        lines.append('};')
        lines += [f'word Device_{c}::complete_request_{m} (word value, const Device_{c} *next, int flags)\n'
                  f'{{ word sum = value * {m + 5} + state;\n  if (flags & {m + 1})\n    sum ^= next->state;\n'
                  f'  sink = sum + {c};\n  return sum; }}' for m in range(N_METHODS)]
        lines.append('} }')
    return '\n'.join(lines)


def main():
    folder, n_units = Path(sys.argv[1]), int(sys.argv[2])
    (folder / 'unit.cpp').write_text(source(), encoding='ascii')
    (folder / 'main.cpp').write_text('extern "C" int _fltused; int _fltused; volatile unsigned long long sink;\n'
                                     'extern "C" int entry () { return (int) sink; }\n', encoding='ascii')
    subprocess.run(['clang', TARGET, *FREE, '-S', 'unit.cpp', '-o', 'unit.s'], cwd=folder, check=True)
    subprocess.run(['clang', TARGET, *FREE, '-c', 'main.cpp', '-o', 'main.obj'], cwd=folder, check=True)
    assembly = (folder / 'unit.s').read_text(encoding='ascii')
    objects = ['main.obj']
    for unit in range(FIRST_UNIT, FIRST_UNIT + n_units):
        objects.append(f'{unit}.obj')
        subprocess.run(['clang', TARGET, '-x', 'assembler', '-c', '-', '-o', objects[-1]], cwd=folder, check=True,
                       input=assembly.replace(f'unit_{FIRST_UNIT}', f'unit_{unit}'), text=True)
    subprocess.run(['lld-link', '/nologo', '/subsystem:console', '/entry:entry', '/nodefaultlib', '/debug',
                    '/opt:noref', '/opt:noicf', '/pdb:large.pdb', '/pdbaltpath:large.pdb', '/out:large.exe', *objects],
                   cwd=folder, check=True)
    for name in ('unit.cpp', 'main.cpp', 'unit.s', *objects):
        (folder / name).unlink()


if __name__ == '__main__':
    main()
