"""Drives the real window: input through xdotool, what is seen through AT-SPI, the clipboard through xclip.

Needs a display and buses of its own, see ui-env. A script gives its steps to run(), which writes TAP; they share
one Desk, and when one fails all of them are tried once more from the start.
"""
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from cli_table import match_rows, parse_cli_table  # noqa: E402
from waiting import SECONDS, Failure, check_equal, wait_for  # noqa: E402

PROGRAM_NAME = 'poolscope'
MENU_ITEM_ROLES = ('menu item', 'check menu item', 'radio menu item')


def xdotool(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True,
                          timeout=SECONDS).stdout


def clipboard(target='UTF8_STRING'):
    done = subprocess.run(['xclip', '-o', '-selection', 'clipboard', '-t', target], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=SECONDS, check=False)
    return done.stdout.decode() if done.returncode == 0 else None


# --- What is seen ---------------------------------------------------------------------------------

def children(node):
    return [child for child in map(node.get_child_at_index, range(node.get_child_count())) if child is not None]


def walk(node):
    """The node and all below it, but nothing inside rows of tables: there are hundreds."""
    yield node
    if node.get_role_name() != 'table row':
        for child in children(node):
            yield from walk(child)


def extents(node):
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


def middle(box):
    x, y, width, height = box
    return x + width / 2, y + height / 2


def has_state(node, state):
    return node.get_state_set().contains(state)


class Row:
    """A row of the table: its texts by the titles of their columns, taken from its accessible name."""

    def __init__(self, node, titles):
        self.node = node
        self.name = node.get_name()
        pattern = ''.join(f'(?:(?:^|, ){re.escape(title)} (.*?))?' for title in titles)
        match = re.fullmatch(pattern, self.name)
        if match is None:
            raise Failure(f'name of a row: {self.name!r}')
        self.texts = {title: text or '' for title, text in zip(titles, match.groups())}

    def is_selected(self):
        return has_state(self.node, Atspi.StateType.SELECTED)

    def cells(self):
        """The texts of its cells from left to right, the gold bar's among them."""
        cells = [(extents(cell)[0], cell.get_child_at_index(0).get_name()) for cell in children(self.node)]
        return [text for _x, text in sorted(cells)]

    def __repr__(self):
        return self.name


def text_of(entry):
    """What is typed into it."""
    return Atspi.Text.get_text(entry, 0, Atspi.Text.get_character_count(entry))


class Window:
    """A toplevel window, found by its title."""

    def __init__(self, app, title):
        self.app = app
        self.title = title
        self.frame = wait_for(f'window “{title}”', lambda: app.find_frame(title))
        self.xid = wait_for(f'X window “{title}”', self._find_xid)

    def _find_xid(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{re.escape(self.title)}$'],
                               stdout=subprocess.PIPE, text=True, check=False)
        return found.stdout.split()[0] if found.returncode == 0 and found.stdout else None

    # Widgets

    def find_all(self, role=None, name=None, below=None):
        """Those with the role, or one of them, whose name is, or where it is a pattern, matches."""
        for node in walk(below or self.frame):
            if role is not None and node.get_role_name() not in (role if isinstance(role, tuple) else (role,)):
                continue
            text = node.get_name()
            if name is None or text == name or isinstance(name, re.Pattern) and name.search(text):
                yield node

    def find(self, role=None, name=None, below=None):
        return next(self.find_all(role, name, below), None)

    def find_shown(self, role=None, name=None):
        """The first that has a size: pages that are not shown have none."""
        for node in self.find_all(role, name):
            with contextlib.suppress(GLib.Error):
                if min(extents(node)[2:]) > 0:
                    return node
        return None

    def wait(self, role, name=None):
        return wait_for(f'{role} {name!r}', lambda: self.find_shown(role, name))

    def wait_gone(self, role, name=None):
        wait_for(f'no {role} {name!r}', lambda: self.find_shown(role, name) is None)

    def labels(self):
        """All texts that are shown, outside of tables."""
        texts = []
        for node in self.find_all('label'):
            if min(extents(node)[2:]) > 0 and node.get_name() != 'GtkLabel':
                texts.append(node.get_name())
        return texts

    # Input

    def focus(self):
        xdotool('windowfocus', '--sync', self.xid)

    def key(self, *keys):
        self.focus()
        xdotool('key', '--delay', 30, *keys)

    def press_until(self, key, pattern):
        """Presses a key for the event that comes of it; once more where nothing does, as of presses that come
        faster than frames are drawn."""
        mark = self.app.mark()
        for _try in range(5):
            self.key(key)
            with contextlib.suppress(Failure):
                return wait_for(f'event “{pattern}”', lambda: self.app.find_line(pattern, mark), 2)
        raise Failure(f'{key} leads to no event “{pattern}”')

    def type(self, text):
        self.focus()
        xdotool('type', '--delay', 20, text)

    def move(self, x, y):
        """To a place in the coordinates of extents(), which do not count the frame that GTK draws."""
        left, top = self.frame_size()
        xdotool('mousemove', '--window', self.xid, '--', int(x) + left, int(y) + top)

    def size(self):
        """Width and height of the X window."""
        geometry = dict(re.findall(r'(\w+)=(\d+)', xdotool('getwindowgeometry', '--shell', self.xid)))
        return int(geometry['WIDTH']), int(geometry['HEIGHT'])

    def frame_size(self):
        (width, height), (_x, _y, inner_width, inner_height) = self.size(), extents(self.frame)
        return (width - inner_width) // 2, (height - inner_height) // 2

    def click_at(self, x, y, button=1, repeat=1):
        self.focus()
        self.move(x, y)
        xdotool('click', '--repeat', repeat, '--delay', 60, button)

    def click(self, node, button=1):
        self.click_at(*middle(extents(node)), button)

    @contextlib.contextmanager
    def pressed(self, x, y):
        """Holds the button down; the drag is made with glide()."""
        self.focus()
        self.move(x, y)
        xdotool('mousedown', 1)
        try:
            yield
        finally:
            xdotool('mouseup', 1)

    def glide(self, x1, y1, x2, y2, steps=8):
        """Moves the pointer as a hand does: a gesture needs to see motion."""
        for step in range(1, steps + 1):
            self.move(x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps)
            time.sleep(0.02)

    def drag(self, x1, y1, x2, y2):
        with self.pressed(x1, y1):
            self.glide(x1, y1, x2, y2)

    def resize(self, width, height):
        xdotool('windowsize', self.xid, width, height)

    def choose_from(self, place, label):
        """Activates an item of the menu that a right click at a place opens."""
        for tries_left in (2, 1, 0):
            self.click_at(*place, button=3)
            try:
                wait_for(f'menu item “{label}”', lambda: self.find_menu_item(label), 5)
                break
            except Failure:  # a menu that is just closing takes the click away
                if tries_left == 0:
                    raise
        self.choose(label)

    def choose_preset(self, label):
        """From the menu of presets, which Ctrl+P opens."""
        def is_open():
            self.key('ctrl+p')
            return wait_for('the menu', lambda: self.find_menu_item(label), 3)
        wait_for('the menu of presets', is_open)
        self.choose(label)

    def choose(self, label):
        """Activates the item of the menu that is open."""
        item = wait_for(f'menu item “{label}”', lambda: self.find_menu_item(label))
        Atspi.Action.do_action(item, 0)

    def find_menu_item(self, label):
        nodes = list(self.find_all(MENU_ITEM_ROLES))
        table = self.find('tree table')
        if table is not None:  # menus of headers are below them
            for button in children(children(table)[0]):
                for part in children(button):  # a menu that is closed has no size, and many items
                    if min(extents(part)[2:]) > 0:
                        nodes += self.find_all(MENU_ITEM_ROLES, below=part)
        for node in nodes:
            names = [node.get_name()] + [child.get_name() for child in children(node)]
            # A preset that the columns no longer follow has a star behind it.
            if any(name.replace('_', '') in (label, f'{label} *') for name in names) and min(extents(node)[2:]) > 0:
                return node
        return None

    # The table

    def table(self):
        return self.wait('tree table')

    def headers(self):
        """Title and box of each column, from left to right; the gold bar has the title ''."""
        buttons = children(children(self.table())[0])
        found = []
        for button in buttons:
            titles = [node.get_name() for node in walk(button) if node.get_role_name() == 'label']
            found.append((extents(button), '' if titles[:1] == ['GtkLabel'] else ''.join(titles)))
        return [(title, box) for box, title in sorted(found)]

    def header_titles(self):
        return [title for title, _box in self.headers()]

    def header(self, title):
        return wait_for(f'header “{title}”', lambda: dict(self.headers()).get(title))

    def rows(self):
        titles = [title for title in self.header_titles() if title != '']
        return [Row(node, titles) for node in children(children(self.table())[1])]

    def selected(self):
        return [row for row in self.rows() if row.is_selected()]

    def point_at(self, row, title):
        """The lines of the tooltip of what a row has in the column with this title."""
        left, (_x, top, _width, height) = self.header(title)[0], extents(row.node)
        mark = self.app.mark()

        def is_told():
            for step in (0, 3):  # a tooltip comes when the pointer rests after it moved
                self.move(left + 60 + step, top + height / 2)
            return self.app.find_line('tooltip (.*)', mark)
        told = wait_for('tooltip', is_told)[1]
        self.move(left + 60, 2)
        self.app.settle()
        return told.split('\\n')

    def group_titles(self):
        titles = self.header_titles()
        return titles[:titles.index('')]

    def type_filter(self, text):
        def is_open():
            self.key('ctrl+shift+f')
            return wait_for('entry', lambda: self.find_shown('text', 'Condition that blocks must meet'), 2)

        def is_typed():  # keys that come while it opens are lost
            self.key('ctrl+a')
            self.type(text)
            entry = self.find_shown('text', 'Condition that blocks must meet')
            return entry and wait_for('the text', lambda: text_of(entry) == text, 3)
        wait_for('the entry of a condition', is_open)
        wait_for(f'“{text}” in the entry', is_typed)
        self.key('Return')

    def group_also_by(self, title, beside):
        """From the menu of the header beside which it is to stand."""
        self.choose_from(middle(self.header(beside)), title)
        wait_for(f'column {title}', lambda: title in self.group_titles())

    def graph(self):
        """The box of the graph."""
        return extents(self.wait('image', 'Pool over time'))


# --- The program ----------------------------------------------------------------------------------

class App:
    """A running program."""

    def __init__(self, desk, files, environment):
        self.log_path = desk.new_path('events')
        self.output_path = desk.new_path('output')
        open(self.log_path, 'w', encoding='utf-8').close()
        values = dict(os.environ, POOLSCOPE_TEST_LOG=self.log_path, G_DEBUG='fatal-criticals',
                      GSETTINGS_SCHEMA_DIR=os.path.join(desk.build_folder, 'data'), **environment)
        with open(self.output_path, 'w', encoding='utf-8') as output:
            self.process = subprocess.Popen([desk.program, *files], env=values, stdout=output, stderr=output)
        self.node = wait_for('the program on the accessibility bus', self._find)

    def _find(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}')
        desktop = Atspi.get_desktop(0)
        for node in children(desktop):
            if node.get_name() == PROGRAM_NAME and node.get_process_id() == self.process.pid:
                return node
        return None

    def find_frame(self, title):
        for node in children(self.node):
            node.clear_cache()  # the title may have changed since it was read
            if node.get_name() == title:
                return node
        return None

    def window(self, title):
        return Window(self, title)

    def window_titles(self):
        for node in children(self.node):
            node.clear_cache()
        return [node.get_name() for node in children(self.node)]

    def wait_closed(self, title):
        wait_for(f'window “{title}” closed', lambda: title not in self.window_titles())

    # The log of events that can be seen

    def lines(self):
        with open(self.log_path, encoding='utf-8') as log:
            return log.read().splitlines()

    def mark(self):
        return len(self.lines())

    def find_line(self, pattern, mark=0):
        """The match of the last line after mark that fits."""
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}')
        found = [match for match in (re.match(pattern, line) for line in self.lines()[mark:]) if match]
        return found[-1] if found else None

    def wait_line(self, pattern, mark=0):
        return wait_for(f'event “{pattern}”', lambda: self.find_line(pattern, mark))

    def settle(self, seconds=0.5):
        """Waits until nothing has happened for that long."""
        mark, quiet_since = self.mark(), time.monotonic()
        while time.monotonic() - quiet_since < seconds:
            time.sleep(0.02)
            if self.mark() != mark:
                mark, quiet_since = self.mark(), time.monotonic()

    def wait_loaded(self):
        self.wait_line('loaded ')
        self.wait_line('cursor ')

    def quit(self, window):
        """Ends it with the keyboard; it must end well."""
        window.key('ctrl+q')
        check_equal('exit status', self.process.wait(SECONDS), 0)

    def kill(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def output(self):
        with open(self.output_path, encoding='utf-8', errors='replace') as output:
            return output.read()


class Desk:
    """What the steps of a script share: the programs under test, traces, running programs."""

    def __init__(self, build_folder):
        self.build_folder = build_folder
        self.program = os.path.join(build_folder, 'src', 'app', 'poolscope')
        self.cli = os.path.join(build_folder, 'src', 'cli', 'poolscope-cli')
        self.sample = os.path.join(build_folder, 'data', 'sample', 'sample.etl')
        self.circular = os.path.join(build_folder, 'data', 'sample', 'sample-circular.etl')
        self.folder = tempfile.mkdtemp()
        self.apps = []
        self.n_paths = 0
        self.tables = {}

    def new_path(self, name):
        self.n_paths += 1
        return os.path.join(self.folder, f'{name}-{self.n_paths}')

    def start(self, *files, **environment):
        # What one program remembers of a trace is not to change what the next one shows.
        environment.setdefault('XDG_STATE_HOME', self.new_path('state'))
        app = App(self, files, environment)
        self.apps.append(app)
        return app

    def open_sample(self, **environment):
        """A window with the sample, loaded."""
        app = self.start(self.sample, **environment)
        app.wait_loaded()
        return app, app.window('sample.etl – Poolscope')

    def make_traces(self, *arguments):
        """The small traces on which the command line is tested; the folder with them."""
        folder = self.new_path('traces')
        os.mkdir(folder)
        subprocess.run([os.path.join(self.build_folder, 'tests', 'cli', 'make-cli-traces'), folder, *arguments], check=True,
                       stdout=subprocess.DEVNULL)
        return folder

    def run_cli(self, *arguments):
        done = subprocess.run([self.cli, *arguments], stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    def cli_table(self, trace, *arguments):
        """The titles of the groups and values and the top rows of what the command line prints."""
        key = (trace, arguments)
        if key not in self.tables:
            self.tables[key] = parse_cli_table(self.run_cli('table', trace, '--limit=10000', *arguments))
        return self.tables[key]

    def check_table(self, window, trace, *arguments):
        """Waits until the rows of the window are those of the command line."""
        groups, values, top = self.cli_table(trace, *arguments)

        def is_equal():
            titles = window.header_titles()
            check_equal('columns', titles, groups + [''] + values)
            rows = window.rows()
            rest = match_rows(rows, top, groups, values)
            if rest:
                raise Failure(f'row {rest[0]!r} is not in the table of the command line')
            return rows
        return wait_for(f'rows as in “table {" ".join(arguments)}”', is_equal)

    def close(self):
        for app in self.apps:
            app.kill()

    def screenshot(self, path, *options):
        subprocess.run(['import', '-window', 'root', *options, path], check=False)


# --- Running --------------------------------------------------------------------------------------

def attempt(steps, build_folder):
    """Runs the steps; returns how many passed and why the next one failed."""
    desk = Desk(build_folder)
    passed = 0
    try:
        for title, step in steps:
            start = time.monotonic()
            step(desk)
            print(f'# {time.monotonic() - start:5.1f} s  {title}', flush=True)
            for app in desk.apps:
                if app.process.poll() not in (None, 0):
                    raise Failure(f'the program ended with {app.process.returncode}')
            passed += 1
        return passed, None
    except (Failure, GLib.Error, subprocess.SubprocessError, AttributeError, IndexError) as failure:
        frame = failure.__traceback__
        places = []
        while frame is not None:
            places.append(f'{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}')
            frame = frame.tb_next
        picture = os.path.join(build_folder, 'meson-logs',
                               f'{os.path.basename(sys.argv[0])[:-3]}-{os.getpid()}-step{passed + 1}.png')
        desk.screenshot(picture)
        lines = [f'missing step: {steps[passed][0]}: {failure!r} at {" < ".join(reversed(places))}',
                 f'screenshot: {picture}']
        for app in desk.apps:
            lines += ['events: ' + ' / '.join(app.lines()[-8:])] + app.output().splitlines()[-60:]
        return passed, lines
    finally:
        desk.close()


def run(*steps):
    """Runs steps, each a function of the Desk whose doc comment is its title, and ends the script."""
    build_folder = os.path.abspath(sys.argv[1])
    Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)
    named = [(step.__doc__.strip().rstrip('.'), step) for step in steps]
    print(f'1..{len(named)}', flush=True)
    passed, problems = attempt(named, build_folder)
    if problems:
        print('# tried once more:', *problems, sep='\n# ', flush=True)
        passed, problems = attempt(named, build_folder)
    for number, (title, _step) in enumerate(named, 1):
        print(f'{"ok" if number <= passed else "not ok"} {number} - {title}')
    if problems:
        print('#', *problems, sep='\n# ')
    sys.stdout.flush()
    sys.exit(1 if problems else 0)
