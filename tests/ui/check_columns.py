"""Columns: dragged headers and the gold bar, the menu of headers, sorting."""
import window_driver
from window_driver import check_equal, middle, wait_for

DEFAULT = ['Type', 'Paged', 'Pool Tag', 'Stack', '', 'Count', 'Size', 'Impacting Size', 'Peak Size']


class State:
    app = window = None


def drag_header(title, to, part):
    """Drags a header to a part of the width of another."""
    window = State.window
    # The left part of the narrow bar belongs to resizing the column before it.
    box = window.header(title)
    x, y = (box[0] + 9, box[1] + box[3] / 2) if title == '' else middle(box)
    left, _top, width, _height = window.header(to)
    window.drag(x, y, left + width * part, y)


def wait_titles(expected):
    wait_for(f'columns {expected}', lambda: check_equal('columns', State.window.header_titles(), expected) is None)


def wait_groups(names, mark):
    wait_for(f'grouping {names}', lambda: State.app.wait_line('grouping (.*)', mark)[1] == names)


def default_columns():
    """From the menu of a header."""
    window = State.window
    window.choose_from(middle(window.header('Size')), 'Default Columns')
    wait_titles(DEFAULT)


def opens(desk):
    """The default columns stand in their order."""
    State.app, State.window = desk.open_sample()
    State.window.resize(1800, 900)
    wait_titles(DEFAULT)


def regroups(desk):
    """A header dragged left of Type groups by it first."""
    mark = State.app.mark()
    drag_header('Pool Tag', 'Type', 0.2)
    wait_groups('tag,type,paged,stack', mark)
    wait_titles(['Pool Tag', 'Type', 'Paged'] + DEFAULT[3:])
    desk.check_table(State.window, desk.sample, '--group=tag,type,paged,stack')


def drags_the_bar(desk):
    """The gold bar dragged to the left ends the grouping there; what is right of it is counted."""
    mark = State.app.mark()
    drag_header('', 'Paged', 0.2)
    wait_groups('tag,type', mark)
    wait_titles(['Pool Tag', 'Type', '', 'Unique Paged', 'Unique Stack'] + DEFAULT[5:])
    desk.check_table(State.window, desk.sample, '--group=tag,type',
                     '--columns=unique-paged,unique-stack,count,size,impacting,peak')
    window = State.window
    window.click_at(*middle(window.header('Unique Stack')))
    desk.check_table(window, desk.sample, '--group=tag,type', '--sort=unique-stack',
                     '--columns=unique-paged,unique-stack,count,size,impacting,peak')


def goes_back(desk):
    """“Default Columns” in the menu of a header brings them back."""
    default_columns()
    desk.check_table(State.window, desk.sample)


def drags_across_the_bar(desk):
    """A header dragged to the right of the bar groups no more but is counted; dragged back it groups again."""
    mark = State.app.mark()
    drag_header('Paged', 'Count', 0.8)
    wait_groups('type,tag,stack', mark)
    wait_titles(['Type', 'Pool Tag', 'Stack', '', 'Count', 'Unique Paged'] + DEFAULT[6:])
    desk.check_table(State.window, desk.sample, '--group=type,tag,stack',
                     '--columns=count,unique-paged,size,impacting,peak')
    mark = State.app.mark()
    drag_header('Unique Paged', 'Pool Tag', 0.2)
    wait_groups('type,paged,tag,stack', mark)
    wait_titles(DEFAULT)


def moves_by_menu(desk):
    """The menu of a header moves its column."""
    window = State.window
    mark = State.app.mark()
    window.choose_from(middle(window.header('Paged')), 'Move Left')
    wait_groups('paged,type,tag,stack', mark)
    wait_titles(['Paged', 'Type'] + DEFAULT[2:])


def hides_and_shows(desk):
    """The menu of a header hides a value, and shows it and one more group."""
    window = State.window
    default_columns()
    window.choose_from(middle(window.header('Size')), 'Hide Column')
    wait_titles([title for title in DEFAULT if title != 'Size'])
    desk.check_table(window, desk.sample, '--columns=count,impacting,peak')
    mark = State.app.mark()
    window.choose_from(middle(window.header('Count')), 'Process')
    wait_groups('type,paged,tag,stack,process', mark)
    window.choose_from(middle(window.header('Count')), 'Default Columns')
    wait_titles(DEFAULT)


def counts():
    rows = [row for row in State.window.rows() if row.texts['Type']]
    return [int(''.join(filter(str.isdigit, row.texts['Count']))) for row in rows]


def sorts(desk):
    """A click on a header sorts by it, the largest first; again reverses."""
    window = State.window
    window.click_at(*middle(window.header('Count')))
    wait_for('descending', lambda: counts() == sorted(counts(), reverse=True) and counts())
    desk.check_table(window, desk.sample, '--sort=count')
    window.click_at(*middle(window.header('Count')))
    wait_for('ascending', lambda: len(counts()) > 2 and counts() == sorted(counts()))
    window.click_at(*middle(window.header('Size')))
    desk.check_table(window, desk.sample, '--sort=size')


def quits(desk):
    """Ctrl+Q on a row ends the program well."""
    x, y, _width, height = window_driver.extents(State.window.rows()[0].node)
    State.window.click_at(x + 200, y + height / 2)
    wait_for('a selected row', State.window.selected)
    State.app.quit(State.window)


window_driver.run(opens, regroups, drags_the_bar, goes_back, drags_across_the_bar, moves_by_menu, hides_and_shows,
                  sorts, quits)
