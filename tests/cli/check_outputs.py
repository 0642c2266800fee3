#!/usr/bin/env python3
"""What a list of expected lines cannot say: pictures, broken outputs, files without permission, terminals.

usage: check_outputs.py POOLSCOPE-CLI MAKE-CLI-TRACES SAMPLE-TRACE
"""

import csv
import json
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path


class Checks:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.n_checks = self.n_failures = 0

    def run(self, *arguments, **options):
        return subprocess.run([self.program, *arguments], cwd=self.folder, stderr=subprocess.PIPE, timeout=60,
                              check=False, **options)

    def check(self, name, is_right, remark):
        self.n_checks += 1
        self.n_failures += not is_right
        print(f'{"ok" if is_right else "not ok"} {self.n_checks} - {name}')
        if not is_right:
            print(f'# {remark}')

    def check_failure(self, name, result, *words):
        lines = result.stderr.decode().splitlines()
        errors = [line for line in lines if 'warning: ' not in line]
        self.check(name, result.returncode == 1 and len(errors) == 1 and all(word in errors[0] for word in words),
                   f'status {result.returncode}, {lines}')


def check_pictures(checks):
    beginnings = {'png': b'\x89PNG\r\n\x1a\n', 'svg': b'<?xml', 'pdf': b'%PDF-', 'PNG': b'\x89PNG\r\n\x1a\n'}
    for ending, beginning in beginnings.items():
        path = Path(checks.folder) / f'picture.{ending}'
        result = checks.run('graph', 'story.etl', '-o', path.name, '--range', '1ms,3ms', stdout=subprocess.PIPE)
        is_right = (result.returncode, result.stdout, result.stderr) == (0, b'', b'')
        checks.check(f'graph draws a .{ending}', is_right and path.read_bytes().startswith(beginning), result)
    sizes = {}
    for name, options in (('small', ['--width', '300', '--height', '200']), ('dark', ['--dark']),
                          ('tags', ['--group', 'tag']), ('flame', ['--flame']), ('icicle', ['--icicle']),
                          ('heavy', ['--flame', '--weight', 'size']), ('folded', ['--flame', '--group-modules']),
                          ('freed', ['--flame', '--group', 'freestack', '--weight', 'size']),
                          ('kept', ['--filter', 'tag=Leak']), ('kept flame', ['--flame', '--filter', 'tag=Leak']),
                          ('default', [])):
        checks.run('graph', 'random.etl', '--output', f'{name}.png', *options, stdout=subprocess.PIPE)
        sizes[name] = (Path(checks.folder) / f'{name}.png').read_bytes()
    checks.check('graph draws in the size asked for', sizes['small'][16:24] == bytes([0, 0, 1, 44, 0, 0, 0, 200]),
                 sizes['small'][:32])
    checks.check('dark, the grouping, the filter and the range change the picture', len(set(sizes.values())) == len(sizes), '')
    for options in ([], ['--flame']):
        result = checks.run('graph', 'no-pool.etl', '-o', 'none.svg', *options, stdout=subprocess.PIPE)
        checks.check(f'graph {options} draws a trace without pool events and warns',
                     result.returncode == 0 and result.stderr.count(b'no pool events') == 1, result)
    result = checks.run('graph', 'story.etl', '-o', 'no-such-folder/a.png', stdout=subprocess.PIPE)
    checks.check_failure('graph names the file that it cannot write', result, 'no-such-folder/a.png')


def check_broken_outputs(checks):
    for command in (['info'], ['table'], ['table', '--format=csv'], ['table', '--format=json'], ['timeline'], ['modules']):
        name = ' '.join(command)
        with open('/dev/full', 'wb') as full:
            result = checks.run(*command, 'random.etl', stdout=full)
        checks.check_failure(f'{name} tells of a full disk', result, 'No space left')
        reader, writer = os.pipe()
        os.close(reader)
        result = checks.run(*command, 'random.etl', stdout=writer)
        os.close(writer)
        checks.check_failure(f'{name} tells of a reader that went away', result, 'Broken pipe')
    result = checks.run('table', 'story.etl', stdout=subprocess.PIPE, preexec_fn=lambda: os.close(1))
    checks.check_failure('table tells of a closed standard output', result, 'could not be written')


def check_permission(checks):
    path = Path(checks.folder) / 'unreadable.etl'
    path.chmod(0)
    os.chmod(checks.folder, 0o755)

    def drop_privileges():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)

    try:
        result = checks.run('info', path.name, stdout=subprocess.PIPE, preexec_fn=drop_privileges)
    except PermissionError as error:  # the program itself lies where only root may go
        print(f'ok {checks.n_checks + 1} - a file without read permission # SKIP {error.filename} is not for others')
        checks.n_checks += 1
        return
    checks.check_failure('a file without read permission', result, 'unreadable.etl', 'permission')


def check_terminal(checks):
    """Progress is for terminals alone, and never in the result."""
    leader, follower = pty.openpty()
    result = subprocess.run([checks.program, 'table', 'story.etl'], cwd=checks.folder, stdout=subprocess.PIPE,
                            stderr=follower, timeout=60, check=False)
    os.close(follower)
    os.close(leader)
    plain = checks.run('table', 'story.etl', stdout=subprocess.PIPE)
    checks.check('a terminal does not change the result',
                 result.returncode == 0 and result.stdout == plain.stdout and plain.stderr == b'', plain.stderr)


def check_locale(checks):
    plain = checks.run('info', 'story.etl', stdout=subprocess.PIPE)
    for language in ('C', 'de_DE.UTF-8', 'tr_TR.UTF-8'):
        result = checks.run('info', 'story.etl', stdout=subprocess.PIPE,
                            env={**os.environ, 'LC_ALL': language, 'LANGUAGE': 'es'})
        checks.check(f'the result is the same in {language}', result.stdout == plain.stdout, result)


def check_sample(checks, sample):
    """The sample's leak is what the default table and the graph begin with."""
    result = checks.run('table', sample, stdout=subprocess.PIPE)
    names = [line[64:].strip() for line in result.stdout.decode().splitlines()]
    checks.check('the sample has nothing to warn of', result.stderr == b'', result.stderr)
    checks.check('the text begins with AIFO, NonPaged, Leak', names[1:4] == ['AIFO', 'NonPaged', 'Leak'], names[:5])
    result = checks.run('table', sample, '--format', 'csv', '--limit', '1', stdout=subprocess.PIPE)
    first = result.stdout.decode().splitlines()[1]
    checks.check('so does the CSV, with the whole stack', first.startswith('AIFO,NonPaged,Leak,ntdll.dll!')
                 and all(name in first for name in ('NotMyfault.exe!', 'myfault.sys!', 'ntoskrnl.exe!')), first)
    result = checks.run('table', sample, '--format', 'json', '--group', 'type,paged,tag', '--limit', '1',
                        stdout=subprocess.PIPE)
    row, path = json.loads(result.stdout)['rows'][0], []
    while row:
        path.append(row['text'])
        row = row['children'][0] if row['children'] else None
    checks.check('and the JSON', path == ['AIFO', 'NonPaged', 'Leak'], path)


def list_rows(checks, sample, *options, **environment):
    """The rows of the table by stack as lists of fields."""
    result = checks.run('table', sample, '--group', 'stack', '--format', 'csv', *options, stdout=subprocess.PIPE,
                        env={**os.environ, **environment})
    checks.check(f'stacks {options} {environment} are without a warning', result.stderr == b'', result.stderr)
    return list(csv.reader(result.stdout.decode().splitlines()))[1:]


def check_symbols(checks, sample):
    """Where symbols come from, and what they change."""
    chain = ['NotMyfault.exe!WinMain', 'myfault.sys!MyfaultDeviceControl', 'ntoskrnl.exe!ExAllocatePoolWithTag']
    named, plain = list_rows(checks, sample), list_rows(checks, sample, '--no-symbols')
    frames = named[0][0].split(';')
    checks.check('the folder beside the trace is used by itself', [name for name in frames if name in chain] == chain,
                 frames)
    checks.check('with it every frame of a module has a name',
                 not any('+0x' in row[0] for row in named), [row[0] for row in named if '+0x' in row[0]][:3])
    checks.check('without symbols none has', not any('!' in row[0] for row in plain) and '+0x' in plain[0][0], plain[0])
    checks.check('stacks that read the same are one row', len(named) < len(plain)
                 and len({row[0] for row in named}) == len(named), (len(named), len(plain)))
    checks.check('and nothing is lost by it', all(sum(int(row[i]) for row in named) == sum(int(row[i]) for row in plain)
                                                  for i in (1, 2, 3)), '')
    store = f'srv*{Path(sample).parent / "symbols"}'
    nowhere = f'srv*{checks.folder}'
    checks.check('--symbols names the place', list_rows(checks, sample, '--symbols', store) == named, '')
    os.symlink(sample, Path(checks.folder) / 'alone.etl')
    checks.check('a trace without such a folder has no names', list_rows(checks, 'alone.etl') == plain, '')
    checks.check('_NT_SYMBOL_PATH does the same', list_rows(checks, 'alone.etl', _NT_SYMBOL_PATH=store) == named, '')
    checks.check('_NT_ALT_SYMBOL_PATH comes before it',
                 list_rows(checks, 'alone.etl', _NT_ALT_SYMBOL_PATH=store, _NT_SYMBOL_PATH=nowhere) == named, '')
    filtered = list_rows(checks, sample, '--filter', 'stack=myfault.sys!MyfaultDeviceControl')
    checks.check('filters know the names', len(filtered) == 1 and filtered[0] == named[0], filtered)
    with tempfile.TemporaryDirectory() as empty:
        before = list_rows(checks, 'alone.etl', '--symbols', f'srv*{empty}', XDG_CACHE_HOME=empty)
        list_rows(checks, 'alone.etl', '--symbols', store, XDG_CACHE_HOME=empty)
        after = list_rows(checks, 'alone.etl', '--symbols', f'srv*{empty}', XDG_CACHE_HOME=empty)
    checks.check('a second start needs no symbol files', before == plain and after == named, '')
    result = checks.run('modules', sample, '--format', 'csv', stdout=subprocess.PIPE)
    states = {row['Module']: row['Symbols'] for row in csv.DictReader(result.stdout.decode().splitlines())}
    checks.check('modules tells where symbols were found', states['myfault.sys'].startswith('loaded: ')
                 and 'myfault.pdb' in states['myfault.sys'], states['myfault.sys'])
    result = checks.run('modules', sample, '--format', 'csv', '--offline', '--symbols', nowhere, stdout=subprocess.PIPE,
                        env={**os.environ, 'XDG_CACHE_HOME': f'{checks.folder}/empty'})
    states = {row['Module']: row['Symbols'] for row in csv.DictReader(result.stdout.decode().splitlines())}
    checks.check('or why not', states['myfault.sys'].startswith('not found: ') and checks.folder in states['myfault.sys'],
                 states['myfault.sys'])


def main():
    program, maker, sample = (str(Path(path).resolve()) for path in sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([maker, folder], check=True)
        checks = Checks(program, folder)
        os.environ['XDG_CACHE_HOME'] = f'{folder}/cache'
        check_pictures(checks)
        check_broken_outputs(checks)
        check_permission(checks)
        check_terminal(checks)
        check_locale(checks)
        check_sample(checks, sample)
        check_symbols(checks, sample)
    print(f'1..{checks.n_checks}')
    return 1 if checks.n_failures else 0


if __name__ == '__main__':
    sys.exit(main())
