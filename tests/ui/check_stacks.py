"""Callers and callees of the function in the current row."""
import csv
import re

import window_driver
from window_driver import Failure, check_equal, wait_for

TITLE = 'Callers and Callees'


class State:
    app = window = butterfly = None
    frame = caller = function_sums = None


def center_line(kind, center, mark):
    return State.app.wait_line(rf'butterfly {kind} {re.escape(center)} count=(\d+) size=(\d+) impacting=(-?\d+)$', mark)


def rows_of(side):
    """The names of the rows of one side, as assistive technology reads them."""
    table = wait_for(side, lambda: State.butterfly.find('tree table', side))
    nodes = window_driver.children(window_driver.children(table)[1])
    return [node.get_name() for node in nodes]


def opens_the_heaviest_stack(desk):
    """The sample's heaviest stack is walked down to its last frame."""
    State.app, State.window = desk.open_sample()
    State.window.wait('tree table')
    State.window.press_until('ctrl+Right', 'cursor .* > ')
    State.app.settle()
    path = State.app.find_line('cursor (.*)').group(1).split(' > ')
    State.frame = path[-1]
    State.caller = path[-2]


def shows_callers(desk):
    """Ctrl+B opens the callers of that frame, the frame that called it among them."""
    mark = State.app.mark()
    State.window.key('ctrl+b')
    State.function_sums = center_line('function', State.frame, mark).groups()
    State.butterfly = State.app.window(TITLE)
    wait_for('the caller', lambda: [row for row in rows_of('Callers') if row.startswith(State.caller + ', Count ')])


def enter_recenters(desk):
    """Enter on the caller puts it in the middle; the frame is its callee by as much as it was its caller."""
    mark = State.app.mark()
    names = rows_of('Callers')
    index = next(i for i, name in enumerate(names) if name.startswith(State.caller + ', '))
    table = State.butterfly.find('tree table', 'Callers')
    node = window_driver.children(window_driver.children(table)[1])[index]
    State.butterfly.click(node)
    State.butterfly.key('Return')
    center_line('function', State.caller, mark)
    wait_for('the callee', lambda: State.frame + names[index].removeprefix(State.caller) in rows_of('Callees'))


def goes_back_and_forward(desk):
    """Alt+Left and Alt+Right go through what was in the middle."""
    mark = State.app.mark()
    State.butterfly.key('alt+Left')
    check_equal('sums', center_line('function', State.frame, mark).groups(), State.function_sums)
    mark = State.app.mark()
    State.butterfly.key('alt+Right')
    center_line('function', State.caller, mark)
    mark = State.app.mark()
    State.butterfly.key('alt+Left')
    center_line('function', State.frame, mark)


def shows_module(desk):
    """Ctrl+M puts the function's module in the middle, and the function again."""
    mark = State.app.mark()
    State.butterfly.key('ctrl+m')
    module = re.split(r'[!+]', State.frame)[0]
    sums = center_line('module', module, mark).groups()
    if int(sums[1]) < int(State.function_sums[1]):
        raise Failure(f'the module holds {sums}, its function {State.function_sums}')
    mark = State.app.mark()
    State.butterfly.key('ctrl+m')
    check_equal('sums', center_line('function', State.frame, mark).groups(), State.function_sums)


def closes_and_opens_again(desk):
    """Escape closes it, and the context menu opens it again."""
    State.butterfly.key('Escape')
    State.app.wait_closed(TITLE)
    mark = State.app.mark()
    row = wait_for('the selected row', State.window.selected)[0]
    x, y, _width, height = window_driver.extents(row.node)
    State.window.choose_from((x + 60, y + height / 2), TITLE)
    center_line('function', State.frame, mark)
    State.butterfly = State.app.window(TITLE)


def follows_the_filter(desk):
    """With what the row stands for filtered out in the window, nothing goes through the function any more."""
    mark = State.app.mark()
    State.window.key('ctrl+Delete')
    check_equal('sums', center_line('function', State.frame, mark).groups(), ('0', '0', '0'))
    mark = State.app.mark()
    State.window.press_until('ctrl+z', 'filter $')
    check_equal('sums', center_line('function', State.frame, mark).groups(), State.function_sums)
    State.butterfly.key('Escape')
    State.app.wait_closed(TITLE)


def opens_a_row(desk):
    """Callees of the outermost function, which many paths part from: a closed row opens when its callees are there."""
    State.window.key('F8')
    State.app.settle()
    mark = State.app.mark()
    State.window.press_until('Home', 'flame selected depth=0')
    State.window.press_until('Up', 'flame selected depth=1 ')
    frame = State.app.find_line('flame selected depth=1 (.*)').group(1)
    State.window.key('ctrl+b')
    center_line('function', frame, mark)
    State.butterfly = State.app.window(TITLE)
    n_rows = wait_for('callees', lambda: len(rows_of('Callees')))
    table = State.butterfly.find('tree table', 'Callees')
    closed = rows_of('Callees')[9]  # behind the heaviest path, which is open so far
    State.butterfly.click(window_driver.children(window_driver.children(table)[1])[9])
    State.butterfly.key('Right')
    wait_for(f'callees of {closed}', lambda: len(rows_of('Callees')) > n_rows)
    State.butterfly.key('Escape')
    State.app.wait_closed(TITLE)
    State.window.key('ctrl+F8')


def shows_who_frees(desk):
    """Functions of free stacks have callers too, as many as the command line counts, and so have their modules."""
    State.app.settle()
    State.window.key('ctrl+p')
    mark = State.app.mark()
    State.window.choose('Who Frees')
    State.app.wait_line('grouping .*freestack', mark)
    State.app.settle()
    rows = [row for row in csv.DictReader(
        desk.run_cli('table', desk.sample, '--group=freestack', '--format=csv').splitlines())]
    State.window.key('Home')
    State.app.settle()
    for _try in range(12):
        State.window.key('Down', 'ctrl+Right')
        State.app.settle()
        frame = State.app.find_line('cursor (.*)').group(1).split(' > ')[-1]
        if '!' in frame:
            break
    through = [row for row in rows if frame in row['Free Stack'].split(';')]
    mark = State.app.mark()
    State.window.key('ctrl+b')
    count, size, _impacting = center_line('function', frame, mark).groups()
    check_equal('count', int(count), sum(int(row['Count']) for row in through))
    check_equal('size', int(size), sum(int(row['Size']) for row in through))
    mark = State.app.mark()
    State.app.window(TITLE).key('ctrl+m')
    module = frame.split('!')[0]
    of_module = [row for row in rows if any(text.startswith(module + '!') for text in row['Free Stack'].split(';'))]
    count = center_line('module', module, mark).group(1)
    check_equal('count of the module', int(count), sum(int(row['Count']) for row in of_module))
    State.app.window(TITLE).key('Escape')
    State.app.wait_closed(TITLE)
    State.app.quit(State.window)


window_driver.run(opens_the_heaviest_stack, shows_callers, enter_recenters, goes_back_and_forward, shows_module,
                  closes_and_opens_again, follows_the_filter, opens_a_row, shows_who_frees)
