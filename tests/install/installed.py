"""Installs the build into an empty folder and asks the desktop's own tools about it.

usage: installed.py BUILD-ROOT PREFIX MESON...
"""

import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

APPLICATION = 'io.github.poolscope.Poolscope'
FILES = (
    f'share/applications/{APPLICATION}.desktop',
    f'share/dbus-1/services/{APPLICATION}.service',
    f'share/glib-2.0/schemas/{APPLICATION}.gschema.xml',
    f'share/icons/hicolor/scalable/apps/{APPLICATION}.svg',
    f'share/icons/hicolor/scalable/mimetypes/{APPLICATION}.application-x-etl.svg',
    f'share/icons/hicolor/symbolic/apps/{APPLICATION}-symbolic.svg',
    f'share/metainfo/{APPLICATION}.metainfo.xml',
    f'share/mime/packages/{APPLICATION}.xml',
    'share/locale/es/LC_MESSAGES/poolscope.mo',
    'share/man/man1/poolscope.1',
    'share/man/man1/poolscope-cli.1',
    'share/bash-completion/completions/poolscope-cli',
    'share/poolscope/sample.etl',
)


class Tap:
    """One TAP line per check."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, name, passed, found=''):
        self.count += 1
        self.failed += not passed
        print('ok' if passed else 'not ok', self.count, '-', name)
        if not passed and found:
            print(found, file=sys.stderr)


def trace_beginning(header_type):
    """The beginning of a trace file as far as its type is told by it."""
    data = bytearray(4096)
    struct.pack_into('<I', data, 0, 65536)
    struct.pack_into('<H', data, 0x36, 4)
    data[0x4A] = header_type
    data[0x4B] = 0xC0
    return bytes(data)


def content_type(path, environment):
    result = subprocess.run(['gio', 'info', '--attributes=standard::content-type', str(path)],
                            env=environment, capture_output=True, text=True, check=True)
    for line in result.stdout.splitlines():
        if 'standard::content-type:' in line:
            return line.split(':')[-1].strip()
    return ''


def check_file_type(tap, share, folder):
    subprocess.run(['update-mime-database', str(share / 'mime')], check=True, env={**os.environ, 'PKGSYSTEM_ENABLE_FSYNC': '0'})
    environment = {**os.environ, 'XDG_DATA_DIRS': f'{share}:/usr/share', 'XDG_DATA_HOME': str(folder), 'LC_ALL': 'C.UTF-8'}
    cases = (
        ('a 64-bit trace by its contents', 'trace64', trace_beginning(2), True),
        ('a 32-bit trace by its contents', 'trace32', trace_beginning(1), True),
        ('a trace by its name', 'named.etl', b'text', True),
        ('no trace: another header type', 'header7', trace_beginning(7), False),
        ('no trace: zeros', 'zeros', bytes(4096), False),
    )
    for name, file_name, contents, expected in cases:
        path = folder / file_name
        path.write_bytes(contents)
        found = content_type(path, environment)
        tap.check(name, (found == 'application/x-etl') == expected, f'{file_name}: {found}')


def main():
    build, prefix, *meson = sys.argv[1:]
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        result = subprocess.run([*meson, 'install', '--no-rebuild', '-C', build, '--destdir', str(root / 'installed')],
                                capture_output=True, text=True, stdin=subprocess.DEVNULL)
        tap.check('the build installs', result.returncode == 0, result.stdout + result.stderr)
        installed = root / 'installed' / prefix.lstrip('/')
        for file_name in FILES:
            tap.check(f'{file_name} is installed', (installed / file_name).is_file())
        desktop = (installed / FILES[0]).read_text(encoding='utf-8')
        service = (installed / FILES[1]).read_text(encoding='utf-8')
        tap.check('the desktop file is translated', 'GenericName[es]=' in desktop, desktop)
        tap.check('the service starts the installed program', f'Exec={prefix}/bin/poolscope ' in service, service)
        for program in ('poolscope', 'poolscope-cli'):
            path = installed / 'bin' / program
            tap.check(f'{program} is installed', os.access(path, os.X_OK), str(path))
        (root / 'home').mkdir()
        check_file_type(tap, installed / 'share', root / 'home')
    print(f'1..{tap.count}')
    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
