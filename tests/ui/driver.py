"""Drives Poolscope's window as a person does: pointer and keys through xdotool, reading through AT-SPI.

Runs under tests/ui/ui-env, which gives it an X server and buses of its own.
"""

import os
import subprocess
import time
from pathlib import Path

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE_S = 30


class Failure(Exception):
    pass


def wait(what, condition, patience=PATIENCE_S):
    """Waits until condition() is true and returns its value; a step that never happens is named."""
    end = time.monotonic() + patience
    while True:
        try:
            value = condition()
        except GLib.Error:
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f'missing step: {what}')
        time.sleep(0.05)


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True, **options).stdout


class Window:
    """One run of the program with its main window."""

    def __init__(self, program, folder, *arguments, environment=None):
        self.log_path = Path(folder) / f'log-{os.getpid()}-{time.monotonic_ns()}'
        self.log_path.touch()
        self.errors_path = self.log_path.with_suffix('.stderr')
        variables = dict(os.environ, POOLSCOPE_TEST_LOG=str(self.log_path), G_DEBUG='fatal-criticals', **(environment or {}))
        with open(self.errors_path, 'wb') as errors:
            self.process = subprocess.Popen([program, *map(str, arguments)], env=variables, stderr=errors)
        self.seen = 0
        self.xid = wait('the window is shown', self._find_window)
        self.resize(1400, 900)
        self.application = wait('the window is on the accessibility bus', self._find_application)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        run('xdotool', 'mouseup', 1)
        if kind is not None:
            print('# log of the window:')
            for line in self.log():
                print(f'#   {line}')
            for line in self.errors_path.read_text(errors='replace').splitlines()[-30:]:
                print(f'#   stderr: {line}')
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()

    def _find_window(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}')
        result = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', 'Poolscope$'], capture_output=True, text=True)
        return result.stdout.split()[-1] if result.stdout.split() else None

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_name() == 'poolscope':
                return child
        return None

    # What the window says

    def log(self):
        return self.log_path.read_text(encoding='utf-8').splitlines()

    def expect(self, start, patience=PATIENCE_S):
        """The next line of the log that begins so; lines before it are passed over."""
        def find():
            if self.process.poll() is not None:
                raise Failure(f'the program ended with {self.process.returncode} while waiting for “{start}”')
            for i, line in enumerate(self.log()[self.seen:], self.seen):
                if line.startswith(start):
                    self.seen = i + 1
                    return line
            return None
        return wait(f'“{start}”', find, patience)

    def last(self, start):
        lines = [line for line in self.log() if line.startswith(start)]
        return lines[-1] if lines else None

    def settle(self):
        """Forgets what the log said up to now."""
        time.sleep(0.3)
        self.seen = len(self.log())

    # Input

    def resize(self, width, height):
        run('xdotool', 'windowsize', self.xid, width, height)
        run('xdotool', 'windowmove', self.xid, 0, 0)
        time.sleep(0.5)

    def key(self, *keys):
        run('xdotool', 'windowfocus', self.xid)
        for key in keys:
            run('xdotool', 'key', key)

    def move(self, x, y):
        run('xdotool', 'mousemove', '--window', self.xid, '--', round(x), round(y))

    def click(self, x, y, button=1):
        self.move(x, y)
        run('xdotool', 'click', button)

    def drag(self, x0, y0, x1, y1, on_the_way=None):
        self.move(x0, y0)
        time.sleep(0.05)
        run('xdotool', 'mousedown', 1)
        try:
            for i in range(1, 13):
                self.move(x0 + (x1 - x0) * i / 12, y0 + (y1 - y0) * i / 12)
                time.sleep(0.03)
            if on_the_way:
                on_the_way()
        finally:
            run('xdotool', 'mouseup', 1)

    def clipboard(self):
        return run('xclip', '-o', '-selection', 'clipboard', timeout=10)

    # Reading

    def find(self, role=None, name=None, below=None, prune=('table row',)):
        """The first node of that role and name in breadth-first order; rows of the table are not walked."""
        pending = [below or self.application]
        while pending:
            node = pending.pop(0)
            if node is None:
                continue
            node_role = node.get_role_name()
            if (role is None or node_role == role) and (name is None or node.get_name() == name) and node is not below:
                return node
            if node_role not in prune:
                pending.extend(node.get_child_at_index(i) for i in range(node.get_child_count()))
        return None

    def place(self, node):
        extents = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    def visible_label(self, text):
        """The place of a label on the page that is shown."""
        label = self.find('label', text)
        if label is None or not label.get_state_set().contains(Atspi.StateType.VISIBLE):
            return None
        place = self.place(label)
        return place if place[2] > 0 and place[3] > 0 else None

    def table(self):
        return wait('the table', lambda: self.find('tree table', 'Pool allocations by group'))

    def headers(self):
        """Titles of the header buttons with their places, from left to right."""
        row = wait('the headers', lambda: self.find('table row', below=self.table(), prune=()))
        buttons = [row.get_child_at_index(i) for i in range(row.get_child_count())]
        return sorted(((button.get_name(), self.place(button)) for button in buttons), key=lambda item: item[1][0])

    def header(self, title):
        for name, place in self.headers():
            if name == title:
                return place
        raise Failure(f'missing step: the header “{title}” among {[name for name, _ in self.headers()]}')

    def rows(self):
        """What the rows say, from top to bottom."""
        rows_list = wait('the list of rows', lambda: self.find('list', below=self.table()))
        result = []
        for i in range(rows_list.get_child_count()):
            row = rows_list.get_child_at_index(i)
            if row is not None and row.get_role_name() == 'table row':
                place = self.place(row)
                if place[3] > 0:
                    result.append((place[1], row.get_name()))
        return [name for _, name in sorted(result)]
