"""Checks on the traces that MAKE-CLI-TRACES makes, reported as TAP."""

import subprocess
import tempfile
from pathlib import Path


def report_checks(maker, checks):
    """Runs checks (folder of the traces), which yields (title, what was got, what is expected); the exit status.

    Without a maker the folder is empty.
    """
    number = n_failures = 0
    with tempfile.TemporaryDirectory() as folder:
        if maker:
            subprocess.run([maker, folder], check=True)
        for title, actual, expected in checks(Path(folder)):
            number += 1
            n_failures += actual != expected
            print(f'{"ok" if actual == expected else "not ok"} {number} - {title}')
            if actual != expected:
                print(f'# expected {expected!r}\n# but got  {actual!r}')
    print(f'1..{number}')
    return 1 if n_failures else 0
