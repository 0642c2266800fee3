"""The table of the sample: rows, keys from the top to the leaf, tooltips, copies."""
import os
import re

import window_driver
from window_driver import Failure, check_equal, clipboard, wait_for

class State:
    app = window = None


def heaviest_path(desk):
    """Texts from AIFO down the first children."""
    rows, path = desk.cli_table(desk.sample)[2], []
    while rows:
        path.append(rows[0].text)
        rows = rows[0].rows
    return path


def opens(desk):
    """Opened with the sample: AIFO is selected and open, sorted by Impacting Size."""
    State.app, State.window = desk.open_sample()
    window = State.window
    rows = desk.check_table(window, desk.sample)
    check_equal('types and their children', [row.texts['Type'] or row.texts['Paged'] for row in rows],
                ['AIFO', 'NonPaged', 'Paged', 'AIFI', 'AOFI'])
    check_equal('selected rows', [row.texts['Type'] for row in window.selected()], ['AIFO'])


def shows_cells(desk):
    """Each cell shows under its header what the row is named by."""
    titles = State.window.header_titles()
    for row in State.window.rows():
        check_equal('cells', row.cells(), [row.texts.get(title, '') for title in titles])


def names_headers(desk):
    """Each header has its own title as its accessible name."""
    for button in window_driver.children(window_driver.children(State.window.table())[0]):
        title = next(node.get_name() for node in window_driver.walk(button) if node.get_role_name() == 'label')
        name = button.get_name()
        if title == 'GtkLabel':  # the bar has no title
            title = 'Gold bar between groups and values'
        check_equal('name of a header', name, title)


def walks_to_the_leaf(desk):
    """Right goes from AIFO to the call of the pool allocator and stays there."""
    window, app = State.window, State.app
    expected = heaviest_path(desk)
    leaf, paths = ' > '.join(expected), ['AIFO']
    while paths[-1] != leaf:
        mark = app.mark()
        window.key('Right')
        paths.append(app.wait_line('cursor (.*)', mark)[1])
        if len(paths) > 6:
            raise Failure(f'Right does not go through single children: {paths}')
    check_equal('first step', paths[1], ' > '.join(expected[:2]))
    mark = app.mark()
    window.key('Right', 'Right')
    wait_for('the leaf in sight', lambda: window.selected())
    check_equal('events after the leaf', app.lines()[mark:], [])
    check_equal('selected rows', [row.texts['Stack'] for row in window.selected()], expected[-1:])
    desk.check_table(window, desk.sample)


def check_header(lines, what, share):
    """The lines of a copied stack that say what leaks, how fast and where it was recorded."""
    patterns = (what,
                r'growing [\d.]+ [KM]iB/[sh], steady [0-7]/7; \S+ \(\d+\)( #\d+)?( and \d+ others?)?; '
                r'[\d.]+-[\d.]+ s of sample\.etl' + share,
                r'Windows 10\.0\.\d+ x64, recorded \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d; .*lost; Poolscope [\d.]+')
    for line, pattern in zip(lines, patterns):
        if not re.fullmatch(pattern, line):
            raise Failure(f'{line!r} is not like {pattern!r}')


def copies_the_stack(desk):
    """Ctrl+C on the leaf copies header, frames in their order and modules."""
    window, app = State.window, State.app
    mark = app.mark()
    window.key('ctrl+c')
    app.wait_line('copied', mark)
    text = clipboard()
    frames = heaviest_path(desk)[3:]
    lines = text.splitlines()
    check_header(lines, r'NonPaged pool not freed: tag Leak, [\d.]+ MiB in [\d ]+ blocks.*, [\d ]+ of [\d ]+ freed',
                 r'; \d+ % of NonPaged AIFO')
    # Each frame is followed by how far in the function the call is.
    found = [line.strip().partition('+0x')[0] for line in lines if '!' in line and '+0x' in line]
    check_equal('frames', found, frames)
    driver = next(line for line in lines if line.strip().startswith('myfault.sys!MyfaultDeviceControl'))
    if not re.search(r'\+0x[0-9a-f]+ \[myfault\.c @ [1-9]\d*\]$', driver):
        raise Failure(f'no source line: {driver!r}')
    if not re.fullmatch(r'myfault\.sys .*PDB [0-9A-F]{33}', lines[-1]):
        raise Failure(f'the last line does not tell the build of myfault.sys: {text}')


def tells_of_a_frame(desk):
    """The pointer on a frame tells where in the function the call is, and which file the module was."""
    window = State.window
    row = next(row for row in window.rows() if row.texts['Stack'].endswith('!MyfaultDeviceControl'))
    text = '\\n'.join(window.point_at(row, 'Stack'))
    if not re.fullmatch(r'myfault\.sys!MyfaultDeviceControl\\n\+0x[0-9a-f]+  c:.*myfault\.c @ [1-9]\d*\\n.*myfault\.sys', text):
        raise Failure(f'tooltip of a frame: {text}')


def copies_markdown(desk):
    """Ctrl+Alt+C copies the same stack fenced as Markdown."""
    window, app = State.window, State.app
    plain = clipboard()
    mark = app.mark()
    window.key('ctrl+alt+c')
    app.wait_line('copied', mark)
    text = clipboard()
    if '```' not in text or not all(line.strip() in text for line in plain.splitlines()):
        raise Failure(f'not the fenced stack: {text}')


def copies_rows(desk):
    """Ctrl+Shift+C copies the selected row as text separated by tabs, with exact numbers."""
    window, app = State.window, State.app
    mark = app.mark()
    window.key('ctrl+shift+c')
    app.wait_line('copied', mark)
    lines = [line.split('\t') for line in clipboard().splitlines()]
    check_equal('header', lines[0], ['Type', 'Paged', 'Pool Tag', 'Stack', 'Count', 'Size', 'Impacting Size', 'Peak Size'])
    path = heaviest_path(desk)
    csv = desk.run_cli('table', desk.sample, '--format=csv', '--limit=1').splitlines()
    check_equal('row', lines[1], path[:3] + [';'.join(path[3:])] + csv[1].split(',')[4:])
    check_equal('lines', len(lines), 2)


def walks_back(desk):
    """Left closes, then goes to the parent, up to AIFO closed."""
    window, app = State.window, State.app
    path = heaviest_path(desk)
    for level in (-1, -2):  # the leaf cannot be closed, its parent is closed first
        mark = app.mark()
        window.key(*['Left'] * -level)
        wait_for('the parent', lambda: app.wait_line('cursor (.*)', mark)[1] == ' > '.join(path[:level]))
    close_all(window)
    check_equal('selected rows', [row.texts['Type'] for row in window.selected()], ['AIFO'])


def copies_a_type(desk):
    """Ctrl+C on AIFO copies the heaviest stack below it and says how heavy it is."""
    window, app = State.window, State.app
    mark = app.mark()
    window.key('ctrl+c')
    app.wait_line('copied', mark)
    lines = clipboard().splitlines()
    check_header(lines, r'Pool not freed: [\d.]+ MiB in [\d ]+ blocks, .* on average, [\d ]+ of [\d ]+ freed', '')
    if not re.fullmatch(r'heaviest of \d+ stacks, \d+ %', lines[3]):
        raise Failure(f'not how heavy the stack is: {lines[3]!r}')
    found = [line.strip().partition('+0x')[0] for line in lines[4:-1]]
    check_equal('frames', found, heaviest_path(desk)[3:])


def close_all(window):
    """Goes up from wherever it is; the rows are the types then."""
    def is_closed():
        # Presses that come faster than frames are drawn count as one, so as many as it takes.
        window.key(*['Left'] * 8)
        return [row.texts['Type'] for row in window.rows()] == ['AIFO', 'AIFI', 'AOFI']
    wait_for('all closed', is_closed)


def follows_the_heaviest(desk):
    """Ctrl+Right follows the heaviest path to its end at once."""
    window, app = State.window, State.app
    mark = app.mark()
    window.key('ctrl+Right')
    expected = ' > '.join(heaviest_path(desk))
    wait_for('cursor on the leaf', lambda: app.wait_line('cursor (.*)', mark)[1] == expected)


def opens_everything(desk):
    """The asterisk opens all below the row."""
    window = State.window
    close_all(window)
    window.key('Down')  # AIFI
    window.key('asterisk')
    wait_for('rows below AIFI', lambda: any(row.texts['Stack'] for row in window.rows()))


def copies_all_rows(desk):
    """Of all rows that are open the numbers are copied, also of those that were never on the screen."""
    window, app = State.window, State.app
    mark = app.mark()
    window.key('ctrl+a', 'ctrl+shift+c')
    app.wait_line('copied', mark)
    copied = {tuple(line.split('\t')[:4]): line.split('\t')[4:] for line in clipboard().splitlines()[1:]}
    csv = desk.run_cli('table', desk.sample, '--format=csv', '--filter=type=AIFI').splitlines()[1:]
    if len(csv) < 50:
        raise Failure(f'only {len(csv)} rows')
    n_checked = 0
    for *key, count, size, impacting, peak in (line.split(',') for line in csv):
        if tuple(key) in copied:  # else it is one of the last, behind what the clipboard takes
            check_equal(f'numbers of {key}', copied[tuple(key)], [count, size, impacting, peak])
            n_checked += 1
    if n_checked < 40:
        raise Failure(f'only {n_checked} rows are copied')


def closes_everything(desk):
    """Minus closes the row."""
    window = State.window
    window.key('Home', 'Down', 'minus')
    wait_for('AIFI closed', lambda: [row.texts['Type'] for row in window.rows()] == ['AIFO', 'AIFI', 'AOFI'])


def moves_with_home_and_end(desk):
    """Home and End go to the first and last row."""
    window = State.window
    for key, name in (('End', 'AOFI'), ('Home', 'AIFO')):
        window.key(key)
        wait_for(f'{key} selects {name}', lambda: [row.texts['Type'] for row in window.selected()] == [name])


def opens_with_the_pointer(desk):
    """A click on the arrow opens the row, again closes it."""
    window = State.window
    for expected in (5, 3):
        x, y, _width, height = window_driver.extents(window.rows()[0].node)
        window.click_at(x + 11, y + height / 2)
        wait_for(f'{expected} rows', lambda: len(window.rows()) == expected)


def copies_a_cell_from_the_menu(desk):
    """A right click on a row offers the copies."""
    window, app = State.window, State.app
    x, y, _width, height = window_driver.extents(window.rows()[1].node)
    window.click_at(x + 60, y + height / 2, button=3)
    mark = app.mark()
    window.choose('Copy Cell')
    app.wait_line('copied', mark)
    check_equal('cell', clipboard(), 'AIFI')


def opens_very_many_rows(desk):
    """Tens of thousands of rows open and close below one, and the keys go on from there."""
    State.app.quit(State.window)
    app = State.app = desk.start(os.path.join(desk.make_traces(), 'wide.etl'))
    app.wait_loaded()
    window = State.window = app.window('wide.etl – Poolscope')
    window.press_until('Right', 'cursor AIFO > NonPaged > Aaaa$')
    window.press_until('End', 'cursor AIFO > NonPaged > Bdpp$')
    window.press_until('Home', 'cursor AIFO$')
    window.press_until('Down', 'cursor AIFO > NonPaged$')
    window.key('Left')
    wait_for('closed', lambda: len(window.rows()) == 2)
    window.press_until('Right', 'cursor AIFO > NonPaged > Aaaa$')


def groups_very_many_rows_otherwise(desk):
    """From the last of very many rows to a grouping that has few: these are shown, and the keys go on among them."""
    window = State.window
    window.press_until('End', 'cursor AIFO > NonPaged > Bdpp$')
    window.choose_preset('By Module')
    wait_for('its rows', lambda: [row.texts.get('Module') for row in window.rows()] == ['[Unknown]', ''])
    window.press_until('Down', r'cursor \[Unknown\] > NonPaged$')
    window.press_until('Home', r'cursor \[Unknown\]$')


def narrows_the_range_at_the_end(desk):
    """A range is dragged while the last of many rows are on screen: the rows that are left take clicks and keys."""
    State.app.quit(State.window)
    app = State.app = desk.start(os.path.join(desk.make_traces('3000'), 'wide.etl'))
    app.wait_loaded()
    window = State.window = app.window('wide.etl – Poolscope')
    window.press_until('Down', 'cursor AIFO > NonPaged$')
    window.press_until('Right', 'cursor AIFO > NonPaged > ')
    window.press_until('End', 'cursor AIFO > NonPaged > ')
    mark, (x, y, width, height) = app.mark(), window.graph()
    window.drag(x + width * 0.2, y + height * 0.3, x + width * 0.6, y + height * 0.3)
    app.wait_line(r'values range=[1-9]\d*,', mark)
    app.settle()
    mark, (x, y, _width, height) = app.mark(), window_driver.extents(window.table())
    window.click_at(x + 250, y + height / 2)
    app.wait_line('cursor AIFO > NonPaged > ', mark)
    window.press_until('Home', 'cursor AIFO$')


def quits(desk):
    """Ctrl+Q ends the program well."""
    State.app.quit(State.window)


window_driver.run(opens, shows_cells, names_headers, walks_to_the_leaf, copies_the_stack, tells_of_a_frame, copies_markdown, copies_rows, walks_back,
                  copies_a_type, follows_the_heaviest, opens_everything, copies_all_rows, closes_everything,
                  moves_with_home_and_end, opens_with_the_pointer, copies_a_cell_from_the_menu,
                  opens_very_many_rows, groups_very_many_rows_otherwise,
                  narrows_the_range_at_the_end, quits)
