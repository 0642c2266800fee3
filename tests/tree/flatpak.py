"""Checks the Flatpak manifest: valid JSON, the right names, no permission beyond the known ones.

usage: flatpak.py SOURCE-ROOT
"""

import json
import sys
from pathlib import Path

from source_text import Tap

APPLICATION = 'io.github.poolscope.Poolscope'
PERMISSIONS = {'--socket=wayland', '--socket=fallback-x11', '--share=ipc', '--share=network', '--device=dri'}


def main():
    tap = Tap()
    path = Path(sys.argv[1]) / 'flatpak' / f'{APPLICATION}.json'
    manifest = json.loads(path.read_text(encoding='utf-8'))
    expected = {'id': APPLICATION, 'command': 'poolscope', 'runtime': 'org.gnome.Platform', 'sdk': 'org.gnome.Sdk'}
    tap.check('the manifest names the program and its runtime', (
        f'{key} is {manifest.get(key)!r}, not {value!r}' for key, value in expected.items() if manifest.get(key) != value))
    tap.check('the runtime has a version', () if str(manifest.get('runtime-version', '')).isdigit() else ('none',))
    tap.check('the sandbox is opened no further than needed', (
        f'{permission} is not expected' for permission in manifest['finish-args'] if permission not in PERMISSIONS))
    modules = manifest['modules']
    tap.check('the program itself is built last, by meson', (
        () if modules[-1]['name'] == 'poolscope' and modules[-1]['buildsystem'] == 'meson' else ('it is not',)))
    return tap.finish()


if __name__ == '__main__':
    sys.exit(main())
