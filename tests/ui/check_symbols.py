"""Symbols in the window: the first question, progress and cancel, names that come, modules, paths."""
import http.server
import os
import re
import shutil
import threading

import window_driver
from window_driver import Failure, check_equal, clipboard, wait_for


class Server:
    """A symbol server on this computer that can be held, and that can be made to miss a file."""

    def __init__(self, folder):
        self.paths, self.missing = paths, missing = [], set()
        self.gate = gate = threading.Event()
        gate.set()

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments, **options):
                super().__init__(*arguments, directory=folder, **options)

            def do_GET(self):
                paths.append(self.path)
                gate.wait(window_driver.SECONDS)
                if os.path.basename(self.path) in missing:
                    self.send_error(404)
                else:
                    super().do_GET()

            def log_message(self, *_arguments):
                pass
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_arguments: None  # a client that cancelled
        self.url = f'http://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def asked(self):
        return sorted({os.path.basename(path) for path in self.paths})


class State:
    app = window = server = None


def symbols_button():
    return State.window.find_shown('push button', None) and next(
        node.get_name() for node in State.window.find_all('push button')
        if node.get_name().startswith(('Symbols', 'No symbols')))


def stack_texts():
    return [row.texts['Stack'] for row in State.window.rows() if row.texts['Stack']]


def walk_to_the_leaf():
    for _ in range(8):
        State.window.key('Right')
        State.app.settle(0.3)


def opens(desk):
    """A trace without symbols beside it shows modules and places in them."""
    folder = desk.new_path('trace')
    os.mkdir(folder)
    shutil.copy(desk.sample, folder)
    State.server = Server(os.path.join(os.path.dirname(desk.sample), 'symbols'))
    State.app = desk.start(os.path.join(folder, 'sample.etl'), XDG_CACHE_HOME=desk.new_path('cache'),
                           _NT_SYMBOL_PATH=f'srv*c:\\symbols*{State.server.url}', _NT_ALT_SYMBOL_PATH='', http_proxy='')
    State.app.wait_loaded()
    State.window = State.app.window('sample.etl – Poolscope')
    check_equal('button', symbols_button(), 'No symbols')
    walk_to_the_leaf()
    if not stack_texts() or not all('+0x' in text for text in stack_texts()):
        raise Failure(f'frames without symbols: {stack_texts()}')


def choose(label):
    State.window.key('F10')
    State.window.choose(label)


def button(window, name):
    """The button with that label, which may stand twice in its accessible name: with and without the underscore."""
    return window.wait('push button', re.compile(f'(^|[ _]){name}$'))


def answer(name):
    """Presses a button of the question."""
    question = State.app.window('Symbol Servers')
    text = ' '.join(question.labels())
    if State.server.url not in text:
        raise Failure(f'the question does not tell the path: {text}')
    question.click(button(question, name))
    State.app.wait_closed('Symbol Servers')


def asks_before_the_network(desk):
    """Nothing goes out before the user agreed; local files are possible without."""
    mark = State.app.mark()
    choose('Load Symbols')
    answer('Not Now')
    check_equal('events', State.app.lines()[mark:], [])
    choose('Load Symbols')
    answer('Local Files Only')
    State.app.wait_line('symbols loaded=0 ', mark)
    check_equal('requests', State.server.paths, [])


def shows_progress_and_stops(desk):
    """While the server is silent the window tells how far it is, and Cancel stops at once."""
    State.server.gate.clear()
    choose('Load Symbols')
    answer('Ask Servers')
    State.window.wait('label', re.compile(r'^Symbols: 0 of \d+ modules, .*\.(sys|exe|dll)'))
    wait_for('requests', lambda: State.server.paths)
    # The table is as usable as ever meanwhile.
    for index in (-2, -1):
        row, mark = [row for row in State.window.rows() if row.texts['Stack']][index], State.app.mark()
        x, y, _width, height = window_driver.extents(row.node)
        State.window.click_at(x + 60, y + height / 2)
        State.app.wait_line('cursor .*' + re.escape(row.texts['Stack']) + '$', mark)
    State.window.click(State.window.wait('push button', 'Stop loading symbols'))
    State.window.wait_gone('push button', 'Stop loading symbols')
    check_equal('button', symbols_button(), 'No symbols')
    State.server.gate.set()


def names_come(desk):
    """Names come into the open table; where one is and what is open stays."""
    before = stack_texts()
    selected = State.window.selected()[0].texts['Stack']
    State.server.missing.add('myfault.pdb')
    mark = State.app.mark()
    choose('Load Symbols')
    loaded = State.app.wait_line(r'symbols loaded=(\d+) of=(\d+)', mark)
    check_equal('modules without symbols', int(loaded[2]) - int(loaded[1]), 1)
    wait_for('names', lambda: any('!ExAllocatePoolWithTag' in text for text in stack_texts()))
    State.app.settle()
    check_equal('modules of the open frames', [text.split('!')[0].split('+')[0] for text in stack_texts()],
                [text.split('+')[0] for text in before])
    check_equal('module of the selected frame', State.window.selected()[0].texts['Stack'].split('!')[0],
                selected.split('+')[0])
    check_equal('frames without names', {text.split('+')[0] for text in stack_texts() if '!' not in text},
                {'myfault.sys'})


def modules_page():
    State.window.key('F10')
    State.window.choose('Modules')
    return State.app.window('Modules')


def find_module(page, name):
    """The texts and the button of a module's row."""
    for row in window_driver.children(window_driver.children(page.wait('tree table'))[1]):
        cells = [window_driver.children(cell)[0] for cell in window_driver.children(row)]
        texts = [cell.get_name() for cell in cells]
        if texts[0] == name:
            return texts, cells[-1]
    raise Failure(f'no row of {name}')


def lists_modules(desk):
    """The page of modules tells of each where its symbols are from, or why there are none."""
    page = modules_page()
    wait_for('state', lambda: find_module(page, 'ntoskrnl.exe')[0][1] == 'Loaded')
    texts, _button = find_module(page, 'ntoskrnl.exe')
    if not re.search(r'^\d+ names from /.*ntkrnlmp\.pdb$', texts[2]):
        raise Failure(f'reason: {texts}')
    texts, _button = find_module(page, 'myfault.sys')
    check_equal('state of what the server does not have', texts[1], 'Not found')
    if 'myfault.pdb' not in texts[2] or State.server.url not in texts[2]:
        raise Failure(f'reason: {texts}')


def tries_one_again(desk):
    """The button of a row tries that module alone; its names come into the table."""
    page = State.app.window('Modules')
    State.server.missing.clear()
    State.server.paths.clear()
    page.click(find_module(page, 'myfault.sys')[1])
    wait_for('state', lambda: find_module(page, 'myfault.sys')[0][1] == 'Loaded')
    check_equal('requests', State.server.asked(), ['myfault.pdb'])
    page.key('Escape')
    State.app.wait_closed('Modules')
    wait_for('name', lambda: 'myfault.sys!MyfaultDeviceControl' in stack_texts())
    mark = State.app.mark()
    State.window.key('ctrl+c')
    State.app.wait_line('copied', mark)
    if 'myfault.sys!MyfaultDeviceControl+0x' not in clipboard():
        raise Failure(f'copied: {clipboard()}')


def edits_paths(desk):
    """Places and the line follow each other; what is saved is there again, what is cancelled is not."""
    title, window = 'Symbol Paths', State.window

    def open_paths():
        choose('Configure Symbol Paths…')
        paths = State.app.window(title)
        return paths, paths.wait('text', 'The same as one line')

    def places(paths):
        return [window_driver.text_of(node) for node in paths.find_all('text', 'Place')]

    paths, line = open_paths()
    server = f'srv*c:\\symbols*{State.server.url}'
    check_equal('places', places(paths), [server])
    check_equal('line', window_driver.text_of(line), server)
    paths.click(button(paths, 'Add'))
    paths.type('/some/folder')
    wait_for('the line to follow', lambda: window_driver.text_of(line) == f'{server};/some/folder')
    paths.click([button for button in paths.find_all('push button', 'Search here earlier')][1])
    wait_for('the other order', lambda: window_driver.text_of(line) == f'/some/folder;{server}')
    paths.click(line)
    paths.key('ctrl+a')
    paths.type('~/a;~/b')
    wait_for('places of the line', lambda: places(paths) == ['~/a', '~/b'])
    paths.click(next(paths.find_all('push button', 'Remove this place')))
    wait_for('the line', lambda: window_driver.text_of(line) == '~/b')
    paths.click(paths.find('check box', re.compile('Offline')))
    paths.click(button(paths, 'Save'))
    State.app.wait_closed(title)
    paths, line = open_paths()
    check_equal('saved line', window_driver.text_of(line), '~/b')
    paths.click(button(paths, 'Default'))
    wait_for('default', lambda: window_driver.text_of(line) == server)
    paths.key('Escape')
    State.app.wait_closed(title)
    paths, line = open_paths()
    check_equal('line after cancelling', window_driver.text_of(line), '~/b')
    State.server.paths.clear()
    mark = State.app.mark()
    paths.click(button(paths, 'Save and Load'))
    State.app.wait_closed(title)
    State.app.wait_line('symbols loaded=', mark)
    check_equal('requests', State.server.paths, [])
    window.wait('tree table')


def quits(desk):
    """Ctrl+Q ends the program well."""
    State.app.quit(State.window)


window_driver.run(opens, asks_before_the_network, shows_progress_and_stops, names_come, lists_modules, tries_one_again,
                  edits_paths, quits)
