"""The flame graph and the icicle in the place of the table: keys, pointer, zoom, find, filter, export."""
import csv
import os
import re

import window_driver
from window_driver import Atspi, Failure, check_equal, extents, wait_for

FLAMES = (r'flames metric=(?P<metric>\w+) weight=(?P<weight>\d+) rects=(?P<rects>\d+) depths=(?P<depths>\d+) '
          r'zoom=(?P<zoom>\d+) scope=(?P<scope>\d+) found=(?P<found>\d+) range=(?P<start>\d+),(?P<end>\d+)$')
SELECTED = r'flame selected depth=(\d+) (.*)$'
BUTTONS = ('toggle button', 'push button', 'button')


class State:
    app = window = None
    whole = None  # weight of everything
    path = None   # of the selected frame


def flames(mark, **expected):
    """The first picture after mark that is as expected."""
    def find():
        for line in State.app.lines()[mark:]:
            match = re.match(FLAMES, line)
            if match and all(match[name] == str(value) for name, value in expected.items()):
                return match
        raise Failure(f'no flames with {expected} among {State.app.lines()[mark:]}')
    return wait_for('flames', find)


def selected(mark):
    """Depth and frames of the frame that was selected last."""
    match = State.app.wait_line(SELECTED, mark)
    return int(match[1]), match[2].split(';') if match[2] else []


def picture(name='Flame graph'):
    return State.window.wait('image', name)


def description():
    node = picture()
    node.clear_cache()
    return node.get_description()


def cli_sizes(*arguments):
    """What the command line says that all stacks weigh: path of frames -> bytes."""
    output = State.desk.run_cli('table', State.desk.sample, '--format=csv', '--group=stack', *arguments)
    rows = list(csv.DictReader(output.splitlines()))
    return {row['Stack']: row for row in rows}


def opens_flames(desk):
    """F8 puts the flame graph in the place of the table; it weighs what the command line says."""
    State.desk = desk
    State.app, State.window = desk.open_sample()
    State.app.wait_line('symbols loaded')
    State.app.settle()
    mark = State.app.mark()
    State.window.key('F8')
    State.app.wait_line('page flame', mark)
    expected = sum(max(int(row['Impacting Size']), 0) for row in cli_sizes().values())
    match = flames(mark, weight=expected, metric='impacting', zoom=0)
    State.whole = expected
    if int(match['rects']) < 10:
        raise Failure(f'{match["rects"]} frames')
    wait_for('description', lambda: 'Impacting Size of' in description())


def keys_walk(desk):
    """Arrow keys go to the heaviest callee and back; the table's row goes along."""
    mark = State.app.mark()
    State.window.key('Up')
    check_equal('first', selected(mark), (0, []))
    for depth in range(1, 5):
        mark = State.app.mark()
        State.window.key('Up')
        found_depth, State.path = selected(mark)
        check_equal('depth', (found_depth, len(State.path)), (depth, depth))
    State.app.wait_line(f'cursor .* > {re.escape(" > ".join(State.path))}$', mark)
    mark = State.app.mark()
    State.window.key('Down')
    check_equal('parent', selected(mark)[1], State.path[:-1])
    mark = State.app.mark()
    State.window.key('Right')
    depth, beside = selected(mark)
    if depth != 3 or beside == State.path[:-1]:
        raise Failure(f'beside {State.path[:-1]} at {depth} is {beside}')
    mark = State.app.mark()
    State.window.key('Left')
    check_equal('back', selected(mark)[1], State.path[:-1])
    mark = State.app.mark()
    State.window.key('End')
    depth, path = selected(mark)
    if not path[-1].startswith('ntoskrnl.exe!ExAllocatePool'):
        raise Failure(f'the heaviest path ends in {path[-1]}')
    mark = State.app.mark()
    State.window.key('Home')
    check_equal('home', selected(mark), (0, []))
    if 'Selected, at depth 0' not in description():
        raise Failure(f'description {description()!r}')


def enter_zooms(desk):
    """Enter zooms into the selected frame, the way is shown; Escape and a click on the way go back."""
    for _depth in range(4):
        mark = State.app.mark()
        State.window.key('Up')
        selected(mark)
    mark = State.app.mark()
    State.window.key('Return')
    flames(mark, zoom=4, weight=State.whole)
    State.window.wait(BUTTONS, State.path[-1])
    mark = State.app.mark()
    State.window.key('Escape')
    flames(mark, zoom=0)
    State.window.wait_gone(BUTTONS, State.path[-1])
    mark = State.app.mark()
    State.window.key('Return')
    flames(mark, zoom=4)
    mark = State.app.mark()
    State.window.click(State.window.wait(BUTTONS, 'All stacks'))
    flames(mark, zoom=0)


def pointer_selects_and_zooms(desk):
    """A click selects the frame under it and the table's row, a double click zooms, the tooltip tells all of it."""
    x, y, width, height = extents(picture())
    place = x + width / 4, y + height - 18 * 2.5  # the third row from the bottom: depth 2
    mark = State.app.mark()
    State.window.click_at(*place)
    depth, path = selected(mark)
    check_equal('depth', depth, 2)
    State.app.wait_line(f'cursor .* > {re.escape(" > ".join(path))}$', mark)
    mark = State.app.mark()
    State.window.click_at(*place, repeat=2)
    flames(mark, zoom=2)
    mark = State.app.mark()
    State.window.key('BackSpace')
    flames(mark, zoom=0)
    mark = State.app.mark()
    State.window.move(x + width / 3, y + height - 18 * 3.5)
    State.window.move(x + width / 3 + 5, y + height - 18 * 3.5)
    State.app.wait_line(r'tooltip \S+\.exe!', mark)
    State.app.wait_line(r'Impacting Size .* bytes\), Size .*, Count', mark)


def chooses_metric(desk):
    """Size and Count of the same stacks."""
    for metric, column in (('size', 'Size'), ('count', 'Count')):
        mark = State.app.mark()
        State.window.click(State.window.wait('combo box', 'Metric'))
        State.window.key('Down')
        State.window.key('Return')
        flames(mark, metric=metric, weight=sum(int(row[column]) for row in cli_sizes().values()))


def finds(desk):
    """Ctrl+F takes a text; what it weighs is told, Enter goes to the frames that have it."""
    picture_node = picture()
    State.window.click_at(extents(picture_node)[0] + 40, extents(picture_node)[1] + extents(picture_node)[3] - 9)
    mark = State.app.mark()
    State.window.key('ctrl+f')
    State.window.type('NTFS')
    expected = sum(int(row['Count']) for path, row in cli_sizes().items() if 'ntfs' in path.lower())
    flames(mark, found=expected)
    mark = State.app.mark()
    State.window.key('Return')
    _depth, path = selected(mark)
    if 'ntfs' not in path[-1].lower():
        raise Failure(f'found {path[-1]}')
    mark = State.app.mark()
    State.window.key('F3')
    _depth, path = selected(mark)
    if 'ntfs' not in path[-1].lower():
        raise Failure(f'found {path[-1]}')
    State.path = path
    mark = State.app.mark()
    State.window.key('Escape')
    flames(mark, found=0)


def filters(desk):
    """Filter to Flame keeps the stacks through the frame, Ctrl+Delete takes them away; both can be undone."""
    frame = State.path[-1]
    everything = sum(int(row['Count']) for row in cli_sizes().values())
    through = sum(int(row['Count']) for path, row in cli_sizes().items() if frame in path.split(';'))
    mark = State.app.mark()
    State.window.key('shift+F10')
    State.window.choose('Filter to Flame')
    State.app.wait_line(f'filter stack={re.escape(frame)}$', mark)
    flames(mark, weight=through)
    mark = State.app.mark()
    State.window.press_until('ctrl+z', 'filter $')
    flames(mark, weight=everything)
    mark = State.app.mark()
    State.window.key('ctrl+Delete')
    flames(mark, weight=everything - through)
    mark = State.app.mark()
    State.window.press_until('ctrl+z', 'filter $')
    flames(mark, weight=everything)


def follows_the_range(desk):
    """A range that is dragged on the graph is followed while the pointer moves."""
    x, y, width, height = State.window.graph()
    mark = State.app.mark()
    with State.window.pressed(x + width / 3, y + height / 3):
        State.window.glide(x + width / 3, y + height / 3, x + width * 2 / 3, y + height / 3)
        match = State.app.wait_line(FLAMES.replace('range=', 'range=(?!0,9223372036854775807)'), mark)
    if match['end'] == '9223372036854775807':
        raise Failure('the range has no end')
    State.app.settle()
    start, end = State.app.find_line('values range=(\\d+),(\\d+)').groups()
    rows = cli_sizes(f'--range={start}ns,{end}ns').values()
    flames(mark, start=start, end=end, weight=sum(int(row['Count']) for row in rows))
    mark = State.app.mark()
    State.window.key('Escape')
    flames(mark, end='9223372036854775807')


def shows_selected_row(desk):
    """Only the stacks of the table's row, which a click in the picture does not change."""
    mark = State.app.mark()
    State.window.key('ctrl+F8')
    State.app.wait_line('page table', mark)
    State.window.click(State.window.table())
    State.window.key('Home')
    State.app.settle()
    mark = State.app.mark()
    State.window.key('shift+F8')
    State.app.wait_line('page icicle', mark)
    State.window.wait('image', 'Icicle')
    mark = State.app.mark()
    State.window.click(State.window.wait('label', 'Selected Row'))
    match = flames(mark, scope=1)
    row = State.app.find_line('cursor (.*)').group(1)
    check_equal('row', row, 'AIFO')
    check_equal('count', int(match['weight']), sum(int(row['Count']) for row in cli_sizes('--filter=type=AIFO').values()))
    State.window.click(picture('Icicle'))
    mark = State.app.mark()
    State.window.key('Home', 'Down')
    State.app.wait_line('flame selected depth=1 ', mark)
    State.app.wait_line('cursor AIFO > ', mark)
    State.app.settle()
    if State.app.find_line('flames .*scope=[2-9]', mark):
        raise Failure('the picture follows its own selection')


def exports(desk):
    """The picture as a file, the whole of it."""
    State.window.click(State.window.wait('label', 'Export'))
    items = wait_for('menu', lambda: [item for item in State.window.find_all(window_driver.MENU_ITEM_ROLES)
                                      if 'SVG' in item.get_name() and min(extents(item)[2:]) > 0])
    Atspi.Action.do_action(items[-1], 0)
    path = desk.new_path('flames') + '.svg'
    dialog = State.app.window('Export Flame Graph')
    entry = dialog.wait('text')
    Atspi.EditableText.set_text_contents(entry, path)
    dialog.click(dialog.wait('label', 'Save'))
    State.app.wait_line('saved .*svg')
    wait_for('file', lambda: os.path.exists(path))
    with open(path, encoding='utf-8') as file:
        if '<svg' not in file.read(400):
            raise Failure('no SVG')
    State.app.quit(State.window)


window_driver.run(opens_flames, keys_walk, enter_zooms, pointer_selects_and_zooms, chooses_metric, finds, filters,
                  follows_the_range, shows_selected_row, exports)
