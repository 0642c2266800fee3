#!/usr/bin/env python3
"""Opens traces inside archives: every command reads them as it reads the trace itself.

usage: check_archives.py POOLSCOPE-CLI MAKE-CLI-TRACES
"""

import gzip
import os
import subprocess
import sys
import zipfile

from made_traces import report_checks


def run(*arguments):
    result = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=60, check=False)
    return result.returncode, result.stdout, result.stderr.decode()


def make_archives(folder):
    trace = (folder / 'story.etl').read_bytes()
    for name, members in (('one.zip', ['logs/story.etl', 'readme.txt']), ('two.zip', ['a.etl', 'b.etl']),
                          ('letters.zip', ['trácé.etl'])):
        with zipfile.ZipFile(folder / name, 'w', zipfile.ZIP_DEFLATED) as archive:
            for member in members:
                archive.writestr(member, trace if member.endswith('.etl') else b'no trace')
    with gzip.open(folder / 'story.etl.gz', 'wb') as packed:
        packed.write(trace)
    # Stored, not shrunk: a cut loses as many bytes of the trace, which zeros make longer than a block of the unpacker.
    with gzip.open(folder / 'cut.etl.gz', 'wb', compresslevel=0) as packed:
        packed.write(trace + bytes(1 << 18))
    os.truncate(folder / 'cut.etl.gz', len(trace) + (1 << 17))


def checks(folder):
    """(title, what was got, what is expected)"""
    os.environ['XDG_CACHE_HOME'] = f'{folder}/cache'
    make_archives(folder)
    plain = run('table', str(folder / 'story.etl'), '--format', 'csv')
    for name in ('one.zip', 'one.zip/logs/story.etl', 'two.zip/b.etl', 'story.etl.gz', 'letters.zip'):
        yield f'{name} gives the table of the trace', run('table', str(folder / name), '--format', 'csv')[:2], plain[:2]
    status, output, _errors = run('info', str(folder / 'one.zip'))
    first = output.decode().splitlines()[0].split(maxsplit=1)
    yield 'info names archive and member', (status, first), (0, ['File:', f'{folder}/one.zip/logs/story.etl'])
    status, _output, errors = run('info', str(folder / 'two.zip'))
    yield 'two traces are for the person to choose', (status, 'open one of them as “two.zip/a.etl”' in errors), (1, True)
    status, output, _errors = run('info', str(folder / 'cut.etl.gz'))
    yield 'of a cut archive the beginning is read', (status, 'archive it came in is damaged' in output.decode()), (0, True)
    (folder / 'symbols').mkdir()
    (folder / 'pooltag.txt').write_text(''.join(f'{tag} - beside.sys - Beside the archive\n' for tag in ('Leak', 'Tag1')),
                                        encoding='utf-8')
    for command in (['modules'], ['table', '--group=driver']):
        expected = run(command[0], str(folder / 'story.etl'), *command[1:])
        yield (f'what lies beside an archive counts for {command[0]}',
               run(command[0], str(folder / 'one.zip'), *command[1:])[:2], expected[:2])
    yield 'symbols are looked for there', 'no symbol path' in str(expected) + str(run('modules', str(folder / 'one.zip'))), False
    left = [path.name for path in (folder / 'cache').rglob('*') if path.is_file()]
    yield 'nothing is left behind', left, []


if __name__ == '__main__':
    PROGRAM = sys.argv[1]
    sys.exit(report_checks(sys.argv[2], checks))
