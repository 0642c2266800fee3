#!/usr/bin/env python3
"""Compares names and addresses with those of LLVM's tools, on images that clang and lld-link make for it.

usage: check_pdb.py PDB-PROBE
"""

import re
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pdb_variants
from complaints import report_complaints

IMAGES = Path(__file__).parent / 'images'
PLAIN = ['-ffreestanding', '-fno-stack-protector', '-O1', '-ffunction-sections']
DEBUG = ['-g', '-gcodeview']
DRIVER = ['/driver', '/subsystem:native', '/entry:DriverEntry', '/opt:icf', '/opt:ref']
PROGRAM = ['/subsystem:console', '/entry:entry']
MOST_OTHER_NAMES = 8  # that are listed
CPP = ['-std=c++17', '-fno-exceptions', '-fno-rtti']
# Name of the image, source, processor, options of the compiler and of the linker.
CASES = (
    ('driver.sys', 'driver.c', 'x86_64', DEBUG, DRIVER),
    ('driver-arm64.sys', 'driver.c', 'aarch64', DEBUG, DRIVER),
    ('driver-8192.sys', 'driver.c', 'x86_64', DEBUG, [*DRIVER, '/pdbpagesize:8192']),
    ('driver-32768.sys', 'driver.c', 'x86_64', DEBUG, [*DRIVER, '/pdbpagesize:32768']),
    ('program.exe', 'program.cpp', 'x86_64', [*CPP, *DEBUG], PROGRAM),
    ('program-x86.exe', 'program.cpp', 'i686', [*CPP, *DEBUG], [*PROGRAM, '/safeseh:no']),
    ('conventions.exe', 'conventions.c', 'i686', DEBUG, [*PROGRAM, '/safeseh:no']),
)
STRIPPED = (
    ('driver-public.sys', 'driver.c', 'x86_64', [], DRIVER),
    ('program-public.exe', 'program.cpp', 'x86_64', CPP, PROGRAM),
    ('conventions-public.exe', 'conventions.c', 'i686', [], [*PROGRAM, '/safeseh:no']),
)


def run(command, **options):
    """The standard output of a command that has to succeed."""
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


class Images:
    """Makes images with their PDBs in a folder and asks the tools about them."""

    def __init__(self, probe, folder):
        self.probe = probe
        self.folder = Path(folder)

    def make(self, name, source, processor, compile_options, link_options):
        image = self.folder / name
        pdb = image.with_suffix('.pdb')
        code = image.with_suffix('.obj')
        probe_stack = [] if processor == 'aarch64' else ['-mno-stack-arg-probe']
        run(['clang', f'--target={processor}-pc-windows-msvc', *PLAIN, *probe_stack, *compile_options, '-c',
             str(IMAGES / source), '-o', str(code)])
        run(['lld-link', '/nologo', '/nodefaultlib', '/debug', *link_options, f'/pdb:{pdb}', f'/pdbaltpath:{pdb.name}',
             f'/out:{image}', str(code)])
        return image, pdb

    def functions(self, pdb):
        """RVA, size and name of each procedure."""
        sections = self.sections(pdb)
        text = run(['llvm-pdbutil', 'dump', '-symbols', str(pdb)])
        pattern = r'S_[GL]PROC32 [^`]*`(.*)`\n.*addr = (\d+):(\d+), code size = (\d+)'
        return sorted((sections[int(section) - 1] + int(offset), int(size), name)
                      for name, section, offset, size in re.findall(pattern, text))

    def publics(self, pdb):
        """RVA and decorated name of each public symbol in the first section, which has the code."""
        sections = self.sections(pdb)
        text = run(['llvm-pdbutil', 'dump', '-publics', str(pdb)])
        pattern = r'S_PUB32 [^`]*`(.*)`\n.*addr = 0001:(\d+)'
        return sorted((sections[0] + int(offset), name) for name, offset in re.findall(pattern, text))

    @staticmethod
    def sections(pdb):
        text = run(['llvm-pdbutil', 'dump', '-section-headers', str(pdb)]).split('Original Section Headers')[0]
        return [int(rva, 16) for rva in re.findall(r'([0-9A-F]+) virtual address', text)]

    @staticmethod
    def symbolize(image, rvas):
        """The name that llvm-symbolizer has for each address."""
        text = run(['llvm-symbolizer', f'--obj={image}', '--relative-address', '--functions=short', '--no-inlines'],
                   input=''.join(f'{rva:#x}\n' for rva in rvas))
        return [answer.split('\n')[0] for answer in text.strip('\n').split('\n\n')]

    @staticmethod
    def symbolize_lines(image, rvas):
        """Source file and line of each address as llvm-symbolizer has them, "?:0" where it has none."""
        text = run(['llvm-symbolizer', f'--obj={image}', '--relative-address', '--no-inlines', '--functions=none'],
                   input=''.join(f'{rva:#x}\n' for rva in rvas))
        places = [answer.rsplit(':', 1)[0] for answer in text.split('\n') if answer]
        return [place if place != '??:0' else '?:0' for place in places]

    def look_up(self, pdb, image, rvas):
        """Our (name, RVA of the function, other names, file:line) for each address; ('?',) for none."""
        text = run([self.probe, 'lookup', str(pdb), *([str(image)] if image else [])],
                   input=''.join(f'{rva:x}\n' for rva in rvas))
        return [tuple(line.split('\t')) for line in text.splitlines()]


def places(start, size):
    return sorted({start, start + size // 2, start + size - 1, start + size})


def check_against_symbolizer(images, case):
    """Begin, middle, last byte and end of every function, and that the PDB passes for the image's own."""
    image, pdb = images.make(*case)
    functions = images.functions(pdb)
    if len(functions) < 3:
        yield f'{case[0]}: only {len(functions)} procedures were made'
    names = {}
    for rva, _, name in functions:
        names.setdefault(rva, set()).add(name)
    rvas = [rva for start, size, _ in functions for rva in places(start, size)]
    for rva, ours, theirs in zip(rvas, images.look_up(pdb, image, rvas), images.symbolize(image, rvas)):
        theirs = theirs if theirs not in ('', '??') else '?'
        folded = names.get(int(ours[1], 16), set()) if len(ours) > 1 else set()
        # Where functions were folded into one, both may show any of them. Functions that only a public symbol
        # names are not in the other tool's answers.
        is_public_only = theirs == '?' and len(ours) > 1 and not folded
        if ours[0] != theirs and not {ours[0], theirs} <= folded and not is_public_only:
            yield f'{case[0]}: {rva:#x} is {theirs}, and not {ours}'
        if len(ours) > 1 and folded and int(ours[2]) != len(folded) - 1:
            yield f'{case[0]}: {rva:#x} has {len(folded) - 1} other names, and not {ours[2]}'
        if len(ours) > 1 and folded and ours[4] != '|'.join(sorted(folded - {ours[0]})[:MOST_OTHER_NAMES]):
            yield f'{case[0]}: {rva:#x} is also {sorted(folded)}, and not {ours[4]}'


def check_lines(images, case):
    """Places all through every function are of the file and line that llvm-symbolizer has. Not its first byte:
    of several lines that begin there it has the first, and from the next byte on, as we do, the last."""
    image, pdb = images.make(*case)
    starts = [start for start, _, _ in images.functions(pdb)]
    rvas = sorted({rva for start, size, _ in images.functions(pdb) for rva in range(start + 1, start + size, 4)})
    n_same, n_files = 0, set()
    for rva, ours, theirs in zip(rvas, images.look_up(pdb, image, rvas), images.symbolize_lines(image, rvas)):
        place = ours[3] if len(ours) > 3 else '?:0'
        # A folded function has the lines of any of those that were folded.
        is_folded = len(ours) > 2 and ours[2] != '0'
        if place != theirs and not is_folded:
            yield f'{case[0]}: {rva:#x} is at {theirs}, and not at {place}'
        n_same += place == theirs
        n_files.add(place.rsplit(':', 1)[0])
    if n_same < len(starts) or n_files <= {'?'}:
        yield f'{case[0]}: only {n_same} of {len(rvas)} addresses have lines, in {n_files}'


def check_stripped(images, case):
    """Without private symbols: each public's own address has its name, and where a static function is there is none."""
    image, pdb = images.make(*case)
    publics = images.publics(pdb)
    if len(publics) < 3:
        yield f'{case[0]}: only {len(publics)} publics were made'
    answers = images.look_up(pdb, image, [rva for rva, _ in publics])
    at = {}
    for rva, name in publics:
        at.setdefault(rva, set()).add(undecorate(name))
    for (rva, _), ours in zip(publics, answers):
        if ours[0] not in at[rva]:
            yield f'{case[0]}: {rva:#x} is {sorted(at[rva])}, and not {ours}'
    if run([images.probe, 'count', str(pdb)]).split()[1] != 'public':
        yield f'{case[0]}: private symbols are said to be there'


def check_unnamed_static(images):
    """The static function of a stripped driver is not taken for the public one before it."""
    _, full = images.make(*CASES[0])
    _, stripped = images.make(*STRIPPED[0])
    start, size = next((rva, size) for rva, size, name in images.functions(full) if name == 'add_to_total')
    for rva in (start, start + size - 1):
        ours = images.look_up(stripped, None, [rva])[0]
        if ours != ('?',):
            yield f'{rva:#x} is in a function without a name, and not in {ours}'


def undecorate(name):
    """The plain name: of C without its decoration, of C++ as llvm-undname has it but in the style of our names."""
    match = re.fullmatch(r'[_@]?(\w+?)(@\d+)?', name)
    if match:
        return match.group(1)
    text = run(['llvm-undname', '--no-access-specifier', '--no-calling-convention', '--no-return-type',
                '--no-member-type', '--no-variable-type', name]).splitlines()[1]
    text = re.sub(r'^\[thunk\]: ?', '', text.replace(', ', ',').replace(' dtor\'', ' destructor\''))
    text = re.sub(r'`adjustor\{\d+\}\' ?', '', text)
    text = re.sub(r'(?<!operator)\(.*$', '', text).strip()
    # A constructor of a template repeats its arguments.
    return re.sub(r'(\w+)(<[^:]*>)::(~?)\1$', r'\1\2::\3\1\2', text)


def check_identity(images):
    image, pdb = images.make(*CASES[0])
    other, _ = images.make('other.sys', 'driver.c', 'x86_64', DEBUG + ['-DOTHER', '-O2'], DRIVER)
    text = run(['llvm-readobj', '--coff-debug-directory', '--file-headers', str(image)])
    guid = uuid.UUID(bytes_le=bytes.fromhex(re.search(r'PDBGUID: \(([ 0-9A-F]+)\)', text).group(1))).hex.upper()
    age = int(re.search(r'PDBAge: (\d+)', text).group(1))
    size = int(re.search(r'SizeOfImage: (\d+)', text).group(1))
    stamp = int(re.search(r'TimeDateStamp: .*\((0x[0-9A-F]+)\)', text).group(1), 16)
    ours = run([images.probe, 'identity', str(image)]).split()
    theirs = [image.name, f'{stamp:08X}{size:x}', pdb.name, f'{guid}{age:x}']
    if ours != theirs:
        yield f'the identity is {theirs}, and not {ours}'
    refused = subprocess.run([images.probe, 'lookup', str(pdb), str(other)], input='', text=True, capture_output=True)
    if refused.returncode == 0 or 'another build' not in refused.stderr:
        yield f'the PDB of another image is taken: {refused.stderr}'


def all_places(images, pdb):
    return [rva for start, size, _ in images.functions(pdb) for rva in range(start, start + size, 3)]


def check_containers(images):
    """Pages of any size and in any order make no difference."""
    image, pdb = images.make(*CASES[4])
    rvas, streams = all_places(images, pdb), pdb_variants.read(pdb)
    expected = images.look_up(pdb, image, rvas)
    for page_size, seed in ((4096, None), (512, None), (512, 1), (1024, 2), (4096, 3), (65536, 4)):
        variant = pdb_variants.write(images.folder / f'pages-{page_size}-{seed}.pdb', streams, page_size, seed)
        if images.look_up(variant, image, rvas) != expected:
            yield f'pages of {page_size} bytes, in order {seed}, give other names'


def check_rearranged(images):
    """Of an image that was rearranged (OMAP) each piece keeps its name and line, at its new place."""
    for case in (CASES[0], CASES[4]):
        image, pdb = images.make(*case)
        streams, move = pdb_variants.rearrange(pdb_variants.read(pdb))
        variant = pdb_variants.write(images.folder / 'rearranged.pdb', streams)
        rvas = all_places(images, pdb)
        before, after = images.look_up(pdb, image, rvas), images.look_up(variant, image, [move(rva) for rva in rvas])
        for rva, old, new in zip(rvas, before, after):
            moved = (old[0], f'{move(int(old[1], 16)):x}', *old[2:])
            if new != moved:
                yield f'{case[0]}: {rva:#x}, now {move(rva):#x}, was {old} and is {new}, not {moved}'


def check_ages(images):
    """The age that counts is the image's own, which is not that of the PDB's last rewriting."""
    image, pdb = images.make(*CASES[0])
    streams = pdb_variants.read(pdb)
    rewritten = pdb_variants.write(images.folder / 'rewritten.pdb', pdb_variants.with_info_age(streams, 7))
    rvas = all_places(images, pdb)
    if images.look_up(rewritten, image, rvas) != images.look_up(pdb, image, rvas):
        yield 'a rewritten PDB gives other names'
    other = pdb_variants.write(images.folder / 'other-age.pdb', pdb_variants.with_image_age(streams, 2))
    yield from check_refused(images, other, image, 'its age, in stream 3, offset 0x8')
    # Where the directory of the image has none, the other one must not be smaller.
    for age, is_taken in ((1, True), (7, True), (0, False)):
        ageless = pdb_variants.with_info_age(pdb_variants.with_image_age(streams, 0), age)
        variant = pdb_variants.write(images.folder / f'ageless-{age}.pdb', ageless)
        if not is_taken:
            yield from check_refused(images, variant, image, 'another build')
        elif images.look_up(variant, image, rvas[:1])[0] == ('?',):
            yield f'a PDB of age {age} without an image age is refused'


def check_refused(images, pdb, image, reason):
    done = subprocess.run([images.probe, 'lookup', str(pdb), str(image)], input='', text=True, capture_output=True)
    if done.returncode == 0 or reason not in done.stderr or pdb.name not in done.stderr:
        yield f'{pdb.name} is not refused for “{reason}”: {done.stderr}'


def check_minimal(images):
    """What the linker left in the object files is said, with what to do."""
    image, pdb = images.make(*CASES[0])
    streams = pdb_variants.with_feature(pdb_variants.read(pdb), 0x494E494D)
    variant = pdb_variants.write(images.folder / 'fastlink.pdb', streams)
    yield from check_refused(images, variant, image, 'was made with /DEBUG:FASTLINK')


def check_damage(images):
    for case in (CASES[0], CASES[4]):
        _, pdb = images.make(*case)
        result = subprocess.run([images.probe, 'damage', str(pdb)], text=True, capture_output=True)
        if result.returncode != 0:
            yield f'{case[0]}: {result.stderr[-2000:]}'


def check_damaged_lines(images):
    """Lines are a help, not the matter: whatever is wrong with them, every function keeps its name."""
    _, pdb = images.make(*CASES[0])
    streams = pdb_variants.write(images.folder / 'lines.pdb', pdb_variants.read(pdb))
    result = subprocess.run([images.probe, 'damage-lines', str(streams)], text=True, capture_output=True)
    if result.returncode != 0:
        yield result.stderr[-2000:]


def make_many(images):
    """A driver of 300 functions, of which 20 are folded into one."""
    source = images.folder / 'many.c'
    functions = [f'unsigned Function{i:03} (unsigned n) {{ return n * {max(i, 20)} + 5; }}' for i in range(300)]
    calls = ' + '.join(f'Function{i:03} (n)' for i in range(300))
    attribute = '__attribute__ ((noinline)) '
    entry = f'unsigned DriverEntry (unsigned n) {{ return {calls}; }}'
    source.write_text('\n'.join(attribute + function for function in (*functions, entry)), encoding='ascii')
    return images.make('many.sys', source, 'x86_64', DEBUG, DRIVER)


def check_many(images):
    """Of many folded functions the first are listed, all are counted; cancelling ends every pass in the middle."""
    image, pdb = make_many(images)
    folded = [f'Function{i:03}' for i in range(21)]
    start = next(rva for rva, _, name in images.functions(pdb) if name == folded[0])
    ours = images.look_up(pdb, image, [start])[0]
    theirs = [name for name in folded if name != ours[0]]
    if ours[0] not in folded or ours[2] != '20' or ours[4].split('|') != theirs[:MOST_OTHER_NAMES]:
        yield f'{start:#x} is all of {folded}, and not {ours}'
    result = subprocess.run([images.probe, 'cancel', str(pdb)], text=True, capture_output=True)
    if result.returncode != 0:
        yield result.stderr[-2000:]


def main():
    probe = sys.argv[1]
    checks = []
    with tempfile.TemporaryDirectory() as folder:
        images = Images(probe, folder)
        for case in CASES:
            checks.append((f'{case[0]} reads as llvm-symbolizer reads it', check_against_symbolizer(images, case)))
            checks.append((f'{case[0]} has the lines of llvm-symbolizer', check_lines(images, case)))
        for case in STRIPPED:
            checks.append((f'{case[0]} has its public names', check_stripped(images, case)))
        checks.append(('a static function without a name stays without', check_unnamed_static(images)))
        checks.append(('images and PDBs are matched', check_identity(images)))
        checks.append(('pages of every size and order are read', check_containers(images)))
        checks.append(('rearranged images have their names and lines', check_rearranged(images)))
        checks.append(('the age of the image counts', check_ages(images)))
        checks.append(('a PDB without its symbols is named as such', check_minimal(images)))
        checks.append(('damaged files are refused or read, without harm', check_damage(images)))
        checks.append(('damaged lines cost no names', check_damaged_lines(images)))
        checks.append(('many functions are counted, listed and cancelled', check_many(images)))
        return report_complaints(checks)


if __name__ == '__main__':
    sys.exit(main())
