"""Opening: files that are no traces, cut and poor ones, cancel, a second file, the start page."""
import os
import re
import shutil
import subprocess
import zipfile

import window_driver
from window_driver import Failure, check_equal, wait_for


class State:
    app = window = folder = None


def message(name, pattern):
    """Opens a file in a program of its own, which must show one message and the way on."""
    def step(desk):
        app = desk.start(os.path.join(State.folder, name))
        app.wait_line('failed ')
        window = app.window('Poolscope')
        window.wait('label', re.compile(re.escape(name)))
        wait_for(f'a message like “{pattern}”', lambda: [text for text in window.labels() if re.search(pattern, text)])
        window.wait('label', 'Open Another Trace…')
        app.quit(window)
    step.__doc__ = f'{name or "A folder"} has its message.'
    return step


def makes_traces(desk):
    """The files to open are made."""
    State.folder = desk.make_traces()
    with open(desk.sample, 'rb') as sample, open(os.path.join(State.folder, 'cut.etl'), 'wb') as cut:
        cut.write(sample.read(os.path.getsize(desk.sample) // 3 + 77))
    # The end of this one is a hole: it keeps the reader busy.
    slow = os.path.join(State.folder, 'slow.etl')
    shutil.copyfile(desk.sample, slow)
    os.truncate(slow, os.path.getsize(slow) + (6 << 30))


def starts_empty(desk):
    """Without a file the start page says what to do and opens the sample."""
    app = desk.start()
    window = app.window('Poolscope')
    window.wait('label', 'Record one on Windows')
    window.click(window.wait('label', 'Open the Sample Trace'))
    app.wait_loaded()
    State.app, State.window = app, app.window('sample.etl – Poolscope')


def opens_a_second(desk):
    """A second file opens a second window; closing one leaves the other."""
    second = subprocess.run([desk.program, desk.circular], timeout=window_driver.SECONDS, check=False,
                            env=dict(os.environ, GSETTINGS_SCHEMA_DIR=os.path.join(desk.build_folder, 'data')))
    check_equal('exit status of the second call', second.returncode, 0)
    State.app.wait_line('loaded sample-circular.etl')
    window = State.app.window('sample-circular.etl – Poolscope')
    check_equal('windows', sorted(State.app.window_titles()),
                ['sample-circular.etl – Poolscope', 'sample.etl – Poolscope'])
    window.wait('push button', re.compile('Details'))
    desk.check_table(window, desk.circular)
    window.key('ctrl+w')
    State.app.wait_closed('sample-circular.etl – Poolscope')
    desk.check_table(State.window, desk.sample)
    State.app.quit(State.window)


def shows_what_is_left(desk):
    """Of a trace that is cut short the readable part is shown, and the health bar tells it."""
    path = os.path.join(State.folder, 'cut.etl')
    app = desk.start(path)
    app.wait_loaded()
    window = app.window('cut.etl – Poolscope')
    window.wait('push button', re.compile('Details'))
    desk.check_table(window, path)
    app.quit(window)


def cancels(desk):
    """Escape while reading stops at once and leaves no half state; the next trace opens."""
    app = desk.start(os.path.join(State.folder, 'slow.etl'))
    window = app.window('slow.etl – Poolscope')
    window.wait('push button', re.compile('Cancel'))
    window.key('Escape')
    app.wait_line('cancelled')
    window = app.window('Poolscope')
    window.wait('label', 'Record one on Windows')
    if any(line.startswith('loaded') for line in app.lines()):
        raise Failure('loaded in spite of it')
    window.wait_gone('label', re.compile('^Shown: '))
    window.wait_gone('push button', 'Export')
    window.click(window.wait('label', 'Open the Sample Trace'))
    app.wait_loaded()
    window = app.window('sample.etl – Poolscope')
    desk.check_table(window, desk.sample)
    app.quit(window)


def chooses_in_an_archive(desk):
    """An archive with two traces offers both; the keyboard opens one, and it is among the recent ones afterwards."""
    path = os.path.join(State.folder, 'two.zip')
    with zipfile.ZipFile(path, 'w') as archive:
        archive.write(desk.sample, 'before/sample.etl')
        archive.write(desk.circular, 'after/sample-circular.etl')
    app = desk.start(path)
    app.wait_line('failed ')
    window = app.window('Poolscope')
    window.wait('label', re.compile('two.zip” holds 2 traces'))
    check_equal('choices', [name for name in window.labels() if name.endswith('.etl')],
                ['before/sample.etl', 'after/sample-circular.etl'])
    window.key('Tab', 'Return')
    app.wait_line('loaded two.zip/after/sample-circular.etl')
    window = app.window('two.zip/after/sample-circular.etl – Poolscope')
    desk.check_table(window, desk.circular)
    app.quit(window)
    app = desk.start()
    window = app.window('Poolscope')
    window.click(window.wait('label', 'sample-circular.etl'))
    app.wait_line('loaded two.zip/after/sample-circular.etl')
    app.quit(app.window('two.zip/after/sample-circular.etl – Poolscope'))


window_driver.run(makes_traces, message('absent.etl', 'No such file'), message('', 'folder|directory'),
                  message('empty.etl', 'empty'), message('text.etl', 'text file'), message('header-cut.etl', 'offset'), starts_empty, opens_a_second, shows_what_is_left, cancels,
                  chooses_in_an_archive)
