"""The Graph Explorer: small graphs, added to the analysis and removed from it."""
import csv
import io
import os
import re

import window_driver
from window_driver import check_equal, wait_for

NAMES = ['Outstanding Size', 'Outstanding Size by Paged', 'Outstanding Size by Tag', 'Outstanding Count',
         'Total Allocation Size', 'Total Allocation Count', 'Allocation Rate', 'Free Rate', 'Lifetimes']
KEYS_OF_EXPLORER = ('ctrl+g', 'F9')


class State:
    app = window = None


def thumbnails():
    """Title and box of each, from top to bottom."""
    found = [(window_driver.extents(item)[1], item.get_name(), item)
             for item in State.window.find_all('list item') if item.get_name() in NAMES]
    return [(title, item) for _y, title, item in sorted(found, key=lambda entry: entry[0])]


def is_open():
    return State.window.find_shown('push button', 'Close the Graph Explorer') is not None


def graphs():
    """The names of the graphs in the analysis, from top to bottom."""
    found = [(window_driver.extents(image)[1], image.get_name()) for image in State.window.find_all('image')
             if image.get_name() in NAMES + ['Pool over time', 'Lifetimes of blocks']
             and min(window_driver.extents(image)[2:]) > 40]
    return [name for _y, name in sorted(found)]


def opens(desk):
    """Ctrl+G opens it with a picture of every graph."""
    State.app, State.window = desk.open_sample()
    State.window.resize(1800, 1100)
    wait_for('closed', lambda: not is_open())
    State.window.press_until('ctrl+g', 'explorer opened')
    State.app.wait_line('thumbnails ')
    check_equal('graphs', [title for title, _item in thumbnails()], NAMES)


def adds_by_keys(desk):
    """The arrows choose, Enter adds a graph below that of the groups."""
    window, app = State.window, State.app
    check_equal('graphs', graphs(), ['Pool over time'])
    window.key('Down', 'Down')
    window.press_until('Return', 'graph added size-by-tag$')
    wait_for('the graph', lambda: graphs() == ['Pool over time', 'Outstanding Size by Tag'])


def adds_by_double_click(desk):
    """A double click adds one too, also that of lifetimes, which tells how many blocks it counts."""
    window, app = State.window, State.app
    mark = app.mark()
    x, y, width, height = window_driver.extents(dict(thumbnails())['Lifetimes'])
    window.click_at(x + width / 2, y + height / 2, repeat=2)
    app.wait_line('graph added lifetimes$', mark)
    counts = app.wait_line(r'lifetimes freed=(\d+) alive=(\d+) unknown=(\d+)$', mark).groups()
    blocks = [block for block in csv.DictReader(io.StringIO(desk.run_cli('allocs', desk.sample)))
              if block['Alloc ns'] and block['Stack'] != '[Allocation lost]']
    n_freed = sum(1 for block in blocks if block['Free ns'])
    check_equal('freed and alive', [int(count) for count in counts[:2]], [n_freed, len(blocks) - n_freed])
    wait_for('three graphs', lambda: len(graphs()) == 3)


def drags(desk):
    """A thumbnail that is dragged onto the analysis is added."""
    window, app = State.window, State.app
    mark = app.mark()
    x, y, width, height = window_driver.extents(dict(thumbnails())['Outstanding Count'])
    graph = window.graph()
    window.drag(x + width / 2, y + height / 2, graph[0] + graph[2] / 2, graph[1] + graph[3] / 2)
    app.wait_line('graph added count$', mark)
    wait_for('four graphs', lambda: len(graphs()) == 4)


def shares_the_range(desk):
    """A range that is dragged in one graph is that of all, and of the table; zooming too."""
    window, app = State.window, State.app
    mark = app.mark()
    x, y, width, height = window_driver.extents(window.wait('image', 'Outstanding Size by Tag'))
    window.drag(x + width * 0.4, y + height * 0.4, x + width * 0.7, y + height * 0.4)
    app.settle()
    start, end = app.wait_line(r'values range=([1-9]\d*),(\d+)', mark).groups()
    desk.check_table(window, desk.sample, f'--range={start}ns,{end}ns')
    window.key('ctrl+period')

    def are_zoomed():
        texts = [image.get_description() for image in window.find_all('image')
                 if image.get_name() in ('Pool over time', 'Outstanding Size by Tag')]
        parts = [re.search(r'from (\S+ \S+) to (\S+ \S+),', text).groups() for text in texts]
        return len(parts) == 2 and parts[0] == parts[1] and not texts[0].startswith('0') and parts
    shown = wait_for('the same part in both', are_zoomed)
    assert abs(float(shown[0][0].split()[0]) - int(start) / 1e9) < 0.02, shown
    window.key('ctrl+shift+minus', 'Escape')
    app.settle()


def removes(desk):
    """The cross of a graph removes it; that of the last one over time stays."""
    window, app = State.window, State.app
    for name in ('Outstanding Size by Group', 'Outstanding Size by Tag', 'Lifetimes'):
        mark = app.mark()
        button = window.wait('push button', f'Remove the graph {name}')
        window_driver.Atspi.Action.do_action(button, 0)
        app.wait_line('graph removed ', mark)
    wait_for('the last graph', lambda: graphs() == ['Outstanding Count'])


def closes(desk):
    """Its cross closes it; F9, Ctrl+G and the Window menu bring it back; it is remembered for the next view."""
    window, app = State.window, State.app
    window.click(window.wait('push button', 'Close the Graph Explorer'))
    wait_for('closed', lambda: not is_open())
    for key in KEYS_OF_EXPLORER:
        window.press_until(key, 'explorer opened')
        wait_for('open', is_open)
        window.press_until(key, 'explorer closed')
        wait_for('closed', lambda: not is_open())
    window.key('F10')
    window.choose('Window')
    window.choose('Graph Explorer')
    wait_for('open', is_open)
    app.quit(window)


def fits_small_windows(desk):
    """A window of 1000 pixels need not grow for it."""
    app, window = State.app, State.window = desk.open_sample()
    window.resize(1000, 700)
    wait_for('the small window', lambda: window.size()[0] == 1000)
    mark = app.mark()
    window.press_until('F9', 'explorer opened')
    app.wait_line('thumbnails ', mark)
    check_equal('width', window.size()[0], 1000)
    app.quit(window)


def says_why_not(desk):
    """Without pool events it says so."""
    app = desk.start(os.path.join(desk.make_traces(), 'no-pool.etl'))
    app.wait_line('loaded no-pool.etl')
    window = State.window = app.window('no-pool.etl – Poolscope')
    window.press_until('F9', 'explorer opened')
    window.wait('label', re.compile('no pool events, so there are no graphs'))
    app.quit(window)


window_driver.run(opens, adds_by_keys, adds_by_double_click, drags, shares_the_range, removes, closes, fits_small_windows,
                  says_why_not)
