"""What the window remembers of a trace: views, range, filter, columns, open rows, notes; broken files; a changed trace."""
import re
import shutil
from pathlib import Path

import window_driver
from window_driver import Failure, check_equal, clipboard, wait_for


class State:
    app = window = None
    environment = {}
    trace = None
    cursor = titles = rows = None


def open_trace(title='leak.etl – Poolscope'):
    State.app = State.desk.start(State.trace, **State.environment)
    State.app.wait_line('loaded ')
    State.window = State.app.window(title)


def state_files():
    return sorted(Path(State.environment['XDG_STATE_HOME'], 'poolscope', 'traces').glob('*.json'))


def quit_app():
    State.app.settle()
    State.app.quit(State.window)


def press_for(key, pattern):
    mark = State.app.mark()
    State.window.key(key)
    return State.app.wait_line(pattern, mark)


def arranges(desk):
    """Two views with rows, a range, a filter, another grouping, and notes."""
    State.desk = desk
    folder = Path(desk.new_path('traces'))
    folder.mkdir()
    State.trace = str(folder / 'leak.etl')
    shutil.copy(desk.sample, State.trace)
    (folder / 'symbols').symlink_to(Path(desk.sample).parent / 'symbols')
    State.environment = {'XDG_STATE_HOME': desk.new_path('state')}
    open_trace()
    app, window = State.app, State.window
    app.wait_line('names ')
    app.settle()
    press_for('Right', 'cursor AIFO > NonPaged$')
    press_for('Right', 'cursor AIFO > NonPaged > Leak$')
    press_for('Right', 'cursor .*ExAllocatePoolWithTag$')
    x, y, width, height = window.graph()
    window.drag(x + width * 0.4, y + height / 2, x + width * 0.7, y + height / 2)
    app.settle()
    State.range = app.find_line(r'values range=(\d+,\d+) ')[1]
    State.cursor = app.find_line('cursor (.*)')[1]
    State.rows = [repr(row) for row in window.rows()]
    press_for('ctrl+n', 'view Analysis 2')
    app.settle()
    press_for('Right', 'cursor AIFO > NonPaged$')
    press_for('ctrl+Return', 'filter paged=NonPaged')
    app.settle()
    window.key('ctrl+j')
    notes = app.window('Notes on leak.etl')
    notes.type('Ask the owner')
    notes.key('Escape')
    app.wait_closed('Notes on leak.etl')
    press_for('ctrl+Prior', 'view Analysis 1')
    quit_app()
    check_equal('files', len(state_files()), 1)


def restores(desk):
    """All of it is there again, in its view."""
    open_trace()
    app, window = State.app, State.window
    check_equal('views', app.wait_line(r'state restored views=(\d)')[1], '2')
    wait_for('the cursor', lambda: app.find_line('cursor (.*)')[1] == State.cursor)
    app.wait_line(f'values range={State.range} ')
    app.settle()
    check_equal('rows', [repr(row) for row in window.rows()], State.rows)
    mark = app.mark()
    window.key('ctrl+alt+c')
    app.wait_line('copied', mark)
    if not clipboard().endswith('```\n\nAsk the owner\n'):
        raise Failure(f'no notes in what was copied: {clipboard()!r}')
    press_for('ctrl+Next', 'view Analysis 2')
    app.settle()
    check_equal('rows of the other view', {row.texts['Paged'] for row in window.rows() if row.texts['Paged']},
                {'NonPaged'})
    quit_app()


def starts_fresh(desk):
    """Start Fresh has one view of everything; the notes stay; the next window is fresh too."""
    open_trace()
    app, window = State.app, State.window
    app.wait_line('state restored')
    app.settle()
    press_for('ctrl+shift+j', 'fresh')
    rows = desk.check_table(window, State.trace)
    check_equal('rows', [row.texts['Type'] for row in rows if row.texts['Type']], ['AIFO', 'AIFI', 'AOFI'])
    quit_app()
    open_trace()
    check_equal('views', State.app.wait_line(r'state restored views=(\d)')[1], '1')
    State.window.key('ctrl+j')
    notes = State.app.window('Notes on leak.etl')
    wait_for('the notes', lambda: any(node.get_name() == 'Notes on the trace' for node in notes.find_all('text')))
    check_equal('notes', re.findall('Ask the owner', state_files()[0].read_text(encoding='utf-8')), ['Ask the owner'])
    notes.key('Escape')
    State.app.wait_closed('Notes on leak.etl')
    quit_app()


def refuses_a_broken_file(desk):
    """A broken file is told and left aside; the trace opens as new."""
    path = state_files()[0]
    path.write_text(path.read_text(encoding='utf-8')[:-40], encoding='utf-8')
    open_trace()
    line = State.app.wait_line('state refused (.*)')
    if str(path) not in line[1]:
        raise Failure(f'the file is not named: {line[1]}')
    desk.check_table(State.window, State.trace)
    quit_app()


def keeps_changed_traces_apart(desk):
    """Another trace under the same name is new."""
    shutil.copy(desk.circular, State.trace)
    open_trace()
    State.app.wait_line('values ')
    State.app.settle()
    if State.app.find_line('state restored'):
        raise Failure('the view of another trace was restored')
    quit_app()
    check_equal('files', len(state_files()), 2)


window_driver.run(arranges, restores, starts_fresh, refuses_a_broken_file, keeps_changed_traces_apart)
