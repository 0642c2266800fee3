"""Analysis views in tabs: each with its own range, filter, columns and open rows."""
import re

import window_driver
from window_driver import Failure, check_equal, wait_for

WHOLE = '9223372036854775807'
USUAL = ['Count', 'Size', 'Impacting Size', 'Peak Size']


class State:
    app = window = None
    range = filter = None


def shown_tabs():
    """Box and title of each, from left to right."""
    found = [(window_driver.extents(tab), tab.get_name()) for tab in State.window.find_all('page tab')]
    return sorted((box, title) for box, title in found if min(box[2:]) > 0)


def tabs():
    return [title for _box, title in shown_tabs()]


def current_tab():
    return [tab.get_name() for tab in State.window.find_all('page tab')
            if window_driver.has_state(tab, window_driver.Atspi.StateType.SELECTED)]


def go(key, title):
    """To another view by its key."""
    State.window.press_until(key, f'view {title}$')
    wait_for(f'the tab of {title}', lambda: current_tab() == [title])


def chips():
    return [node.get_name() for node in State.window.find_all('push button', re.compile('^Remove this filter'))]


def range_arguments():
    start, end = State.range
    return f'--range={start}ns,' + ('' if end == WHOLE else f'{end}ns')


def opens(desk):
    """A trace opens in one view, which needs no tab."""
    State.app, State.window = desk.open_sample()
    State.window.resize(1500, 900)
    check_equal('tabs', tabs(), [])
    desk.check_table(State.window, desk.sample)


def opens_a_second(desk):
    """Ctrl+N opens a new view of the same trace: it counts all of it, with a range of its own."""
    window, app = State.window, State.app
    go('ctrl+n', 'Analysis 2')
    check_equal('tabs', tabs(), ['Analysis 1', 'Analysis 2'])
    desk.check_table(window, desk.sample)
    mark = app.mark()
    x, y, width, height = window.graph()
    window.drag(x + width * 0.4, y + height * 0.4, x + width * 0.7, y + height * 0.4)
    app.settle()
    State.range = app.wait_line(r'values range=([1-9]\d*),(\d+)', mark).groups()
    desk.check_table(window, desk.sample, range_arguments())
    window.wait('push button', re.compile('^Count the whole trace again'))


def filters_one(desk):
    """A filter of one view is none of the other; chips and range button are those of the view that is shown."""
    window, app = State.window, State.app
    mark = app.mark()
    window.key('Down', 'ctrl+Return')
    State.filter = app.wait_line(r'filter (\S+)', mark)[1]
    app.settle()
    desk.check_table(window, desk.sample, range_arguments(), f'--filter={State.filter}')
    go('ctrl+Page_Up', 'Analysis 1')
    window.wait('push button', 'Whole trace')
    check_equal('chips', chips(), [])
    desk.check_table(window, desk.sample)
    go('ctrl+Page_Down', 'Analysis 2')
    desk.check_table(window, desk.sample, range_arguments(), f'--filter={State.filter}')
    wait_for('a chip', lambda: len(chips()) == 1)


def duplicates(desk):
    """Ctrl+K makes a view with the same range, filter, and open and current row; then each goes its own way."""
    window, app = State.window, State.app
    window.press_until('Right', 'cursor ')
    app.settle()
    path = app.wait_line('cursor (.*)')[1]
    mark = app.mark()
    go('ctrl+k', 'Analysis 3')
    app.wait_line('values ', mark)
    app.settle()
    check_equal('current row', app.wait_line('cursor (.*)', mark)[1], path)
    desk.check_table(window, desk.sample, range_arguments(), f'--filter={State.filter}')
    rows = [row.name for row in window.rows()]
    window.key('ctrl+shift+Delete')
    desk.check_table(window, desk.sample)
    window.key('ctrl+z')
    app.settle()
    desk.check_table(window, desk.sample, range_arguments(), f'--filter={State.filter}')
    go('ctrl+Page_Up', 'Analysis 2')
    check_equal('rows', [row.name for row in window.rows()], rows)


def keeps_columns(desk):
    """Columns belong to the view; a new view has those that were chosen last."""
    window = State.window
    header = window.header('Peak Size')
    window.choose_from((header[0] + header[2] / 2, header[1] + header[3] / 2), 'Hide Column')
    titles = ['Type', 'Paged', 'Pool Tag', 'Stack', ''] + USUAL
    wait_for('the column gone', lambda: window.header_titles() == titles[:-1])
    go('ctrl+Page_Down', 'Analysis 3')
    wait_for('all columns', lambda: window.header_titles() == titles)
    go('ctrl+n', 'Analysis 4')
    wait_for('the last columns', lambda: window.header_titles() == titles[:-1])
    State.window.press_until('ctrl+w', 'view closed Analysis 4')


def renames(desk):
    """F2 renames the view in its tab."""
    window, app = State.window, State.app
    go('ctrl+Page_Up', 'Analysis 2')
    window.press_until('F2', 'view renaming Analysis 2$')
    window.type('Who grows')
    window.key('Return')
    app.wait_line('view renamed Who grows')
    wait_for('the name', lambda: tabs() == ['Analysis 1', 'Who grows', 'Analysis 3'])


def shown_part(window):
    text = window.wait('label', re.compile('^Shown: ')).get_name()
    return [float(number) for number in re.findall(r'[\d.]+', text)]


def zooms_in_a_new_view(desk):
    """Ctrl+Shift+. shows the range in a new view; the old one keeps what it showed."""
    window = State.window
    before = shown_part(window)
    go('ctrl+greater', 'Analysis 5')

    def is_zoomed():
        start, end = shown_part(window)
        return abs(start - int(State.range[0]) / 1e9) < 0.02 and abs(end - int(State.range[1]) / 1e9) < 0.02
    wait_for('the range', is_zoomed)
    go('ctrl+Page_Up', 'Who grows')
    check_equal('what the old view shows', shown_part(window), before)


def reorders(desk):
    """Tabs are moved by keys and dragged by the pointer."""
    window = State.window
    window.key('ctrl+shift+Page_Up')
    wait_for('moved', lambda: tabs()[:2] == ['Who grows', 'Analysis 1'])
    middles = [(x + width / 3, y + height / 2) for (x, y, width, height), _title in shown_tabs()]
    window.drag(*middles[0], *middles[2])
    wait_for('dragged', lambda: tabs().index('Who grows') == 2)


def shows_parts(desk):
    """Keys show the table, the graph or both, legend and headers; a highlighted range is in every view."""
    window = State.window
    for key, event in (('ctrl+shift+t', 'parts table'), ('ctrl+shift+g', 'parts graphs'), ('ctrl+t', 'parts both'),
                       ('ctrl+t', 'parts graphs'), ('ctrl+shift+b', 'parts both'),
                       ('ctrl+l', 'legend hidden'), ('ctrl+l', 'legend shown'),
                       ('ctrl+h', 'headers hidden'), ('ctrl+h', 'headers shown')):
        window.press_until(key, f'{event}$')
    start, end = window.press_until('ctrl+m', r'highlight (\d+),(\d+)$').groups()
    check_equal('highlight', (start, end), State.range)
    window.press_until('ctrl+shift+m', 'highlight none$')


def closes(desk):
    """The cross of a tab and Ctrl+W close a view; the last one closes the window."""
    window, app = State.window, State.app
    go('ctrl+Page_Up', 'Analysis 5')
    crosses = sorted(map(window_driver.extents, window.find_all('push button', 'Close this view')))
    x, y, width, height = crosses[tabs().index('Analysis 1')]
    window.click_at(x + width / 2, y + height / 2)
    app.wait_line('view closed Analysis 1')
    check_equal('the view that is shown', current_tab(), ['Analysis 5'])
    window.press_until('ctrl+w', 'view closed Analysis 5')
    window.press_until('ctrl+w', 'view closed ')
    wait_for('no tabs', lambda: tabs() == [])
    desk.check_table(window, desk.sample, range_arguments(), f'--filter={State.filter}')
    window.key('ctrl+w')
    check_equal('exit status', app.process.wait(window_driver.SECONDS), 0)


window_driver.run(opens, opens_a_second, filters_one, duplicates, keeps_columns, renames, zooms_in_a_new_view,
                  shows_parts, reorders, closes)
