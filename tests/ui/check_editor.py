"""The View Editor: columns by keys and pointer, aggregations, sort, and the user's own presets."""
import json
import os
import re
import tempfile

import window_driver
from window_driver import check_equal, extents, wait_for

USUAL = ['Type', 'Paged', 'Pool Tag', 'Stack', '', 'Count', 'Size', 'Impacting Size', 'Peak Size']


LAYOUT = '''<WpaProfileContainer><Graph Title="Pool Graphs"><Preset Name="Of WPA" KeyColumnCount="2"
InitialFilterQuery="[Pool Tag]:~&lt;&quot;M&quot;"><Columns><Column Name="Paged"/><Column Name="Pool Tag"/>
<Column Name="Size" AggregationMode="Max"/><Column Name="Color"/>
<Column Name="Count" AggregationMode="Sum" SortOrder="Descending" SortPriority="0"/></Columns></Preset></Graph>
<Graph Title="CPU Usage"><Preset Name="Flat" KeyColumnCount="1"><Columns><Column Name="Process"/></Columns></Preset>
</Graph></WpaProfileContainer>'''


class State:
    app = window = editor = data = None
    parts = {}  # of the editor that is open: to look for them among all rows takes its time


def part(role, name):
    if (role, name) not in State.parts:
        State.parts[role, name] = State.editor.wait(role, name)
    return State.parts[role, name]


def find_editor():
    State.editor = State.app.window('View Editor')
    State.parts = {}


def presets_path():
    return os.path.join(State.data, 'poolscope', 'presets.json')


def wait_columns(expected, mark):
    State.app.wait_line('editor ' + expected.replace('|', r'\|') + '$', mark)


def row(name):
    return State.editor.wait('list item', name)


def press(name):
    """A button by its label, which may have a mnemonic."""
    State.editor.click(part('push button', re.compile('^_?' + '_?'.join(name))))


def focus_row(name):
    """Clicks behind the title, where nothing is to be pressed."""
    x, y, width, height = extents(row(name))
    State.editor.click_at(x + width * 0.45, y + height / 2)


def move(name, key, expected):
    focus_row(name)
    mark = State.app.mark()
    State.editor.key(key)
    wait_columns(expected, mark)


def type_name(name):
    State.editor.click(part('text', None))
    State.editor.key('ctrl+a', 'Delete')
    State.editor.type(name)


def preset_row(name):
    """By its name, or the beginning of it."""
    presets = part('list', 'Presets')
    return wait_for(f'preset “{name}”', lambda: State.editor.find('list item', re.compile('^' + re.escape(name)), presets))


def saved():
    with open(presets_path(), encoding='utf-8') as file:
        return [preset['name'] for preset in json.load(file)['presets']]


def opens(desk):
    """Ctrl+E opens the editor with all columns, the gold bar among them."""
    State.data = tempfile.mkdtemp()
    State.app, State.window = desk.open_sample(XDG_DATA_HOME=State.data)
    State.window.resize(1500, 900)
    mark = State.app.mark()
    State.window.key('ctrl+e')
    wait_columns('type,paged,tag,stack|count,size,impacting,peak', mark)
    find_editor()
    for name in ('Type, group', 'Gold bar between groups and values', 'Peak Size, value', 'Process, not shown',
                 'Trend, not shown, a value'):
        wait_for(name, lambda name=name: State.editor.find('list item', name))


def moves_by_keys(desk):
    """Alt+Up and Alt+Down move a column; across the bar a group is counted, and groups again."""
    move('Paged, group', 'alt+Up', 'paged,type,tag,stack|count,size,impacting,peak')
    move('Stack, group', 'alt+Down', 'paged,type,tag|unique-stack,count,size,impacting,peak')
    desk.check_table(State.window, desk.sample, '--group=paged,type,tag',
                     '--columns=unique-stack,count,size,impacting,peak')
    mark = State.app.mark()
    State.editor.key('alt+Up')  # the focus has followed
    wait_columns('paged,type,tag,stack|count,size,impacting,peak', mark)
    move('Gold bar between groups and values', 'alt+Up', 'paged,type,tag|unique-stack,count,size,impacting,peak')
    desk.check_table(State.window, desk.sample, '--group=paged,type,tag',
                     '--columns=unique-stack,count,size,impacting,peak')


def shows_and_hides(desk):
    """Space, Enter and the check mark show and hide a column."""
    focus_row('Count, value')
    mark = State.app.mark()
    State.editor.key('space')
    wait_columns('paged,type,tag|unique-stack,size,impacting,peak', mark)
    mark = State.app.mark()
    check = next(node for node in State.editor.find_all('check box', 'Pool Type') if min(extents(node)[2:]) > 0)
    State.editor.click(check)
    wait_columns('paged,type,tag,pooltype|unique-stack,size,impacting,peak', mark)
    focus_row('Pool Type, group')
    mark = State.app.mark()
    State.editor.key('Return')
    wait_columns('paged,type,tag|unique-stack,size,impacting,peak', mark)


def drags(desk):
    """A row dragged over another takes its place."""
    editor = State.editor
    from_x, from_y, _width, from_height = extents(row('Pool Tag, group'))
    to_x, to_y, _width, _height = extents(row('Paged, group'))
    mark = State.app.mark()
    with editor.pressed(from_x + 150, from_y + from_height / 2):
        editor.glide(from_x + 150, from_y + from_height / 2, to_x + 150, to_y + 4, 20)
    wait_columns('tag,paged,type|unique-stack,size,impacting,peak', mark)


def aggregates(desk):
    """Another aggregation of the size takes the place of the sum."""
    editor = State.editor
    drop_down = next(node for node in editor.find_all('combo box', 'Aggregation of Size of one')
                     if min(extents(node)[2:]) > 0)
    editor.click(drop_down)
    mark = State.app.mark()
    editor.key('Down', 'Down', 'Down', 'Return')  # Sum, Average, Min, Max
    wait_columns('tag,paged,type|unique-stack,max-size,impacting,peak', mark)
    desk.check_table(State.window, desk.sample, '--group=tag,paged,type',
                     '--columns=unique-stack,max-size,impacting,peak')


def sorts(desk):
    """The drop-downs choose the sorted column and the direction."""
    editor = State.editor
    drop_down = editor.wait('combo box', re.compile('Sort by'))
    editor.click(drop_down)
    editor.key('Home', 'Down', 'Down', 'Return')  # names, Unique Stack, Max Size
    desk.check_table(State.window, desk.sample, '--group=tag,paged,type', '--sort=max-size',
                     '--columns=unique-stack,max-size,impacting,peak')


def saves(desk):
    """The layout is saved under a name; a built-in one is not written over."""
    type_name('Mine')
    press('Save')
    State.app.wait_line('presets: Preset “Mine” saved')
    check_equal('file', saved(), ['Mine'])
    type_name('Growth')
    press('Save')
    State.app.wait_line('presets: “Growth” is built in')
    check_equal('file', saved(), ['Mine'])


def applies(desk):
    """A preset in the list shows its columns; the own one brings back those that were saved."""
    mark = State.app.mark()
    State.editor.click(preset_row('By Process'))
    State.editor.key('Return')
    wait_columns('paged,tag,process,stack|count,size,impacting,peak', mark)
    mark = State.app.mark()
    State.editor.click(preset_row('Mine'))
    press('Apply')
    wait_columns('tag,paged,type|unique-stack,max-size,impacting,peak', mark)
    desk.check_table(State.window, desk.sample, '--group=tag,paged,type', '--sort=max-size',
                     '--columns=unique-stack,max-size,impacting,peak')


def marks_modified(desk):
    """The menu of Ctrl+P marks the current preset, with a star once the layout differs."""
    mark = State.app.mark()
    focus_row('Impacting Size, value')
    State.editor.key('space')
    wait_columns('tag,paged,type|unique-stack,max-size,peak', mark)

    def shows_star():
        State.window.key('ctrl+p')
        return wait_for('the menu', lambda: State.window.find_menu_item('Mine *'), 3)
    wait_for('the menu of presets with “Mine *”', shows_star)
    State.window.key('Escape')


def renames_and_deletes(desk):
    """An own preset gets another name, and goes."""
    State.editor.click(preset_row('Mine *'))
    type_name('Other')
    press('Rename')
    State.app.wait_line('presets: Preset “Mine” is now called “Other”')
    check_equal('file', saved(), ['Other'])
    press('Delete')
    State.app.wait_line('presets: Preset “Other” deleted')
    check_equal('file', saved(), [])


def resets(desk):
    """Reset brings back the columns as they were."""
    mark = State.app.mark()
    press('Reset')
    wait_columns('type,paged,tag,stack|count,size,impacting,peak', mark)
    wait_for('columns', lambda: check_equal('columns', State.window.header_titles(), USUAL) is None)
    State.editor.key('Escape')
    State.app.wait_closed('View Editor')


def keeps_a_broken_file(desk):
    """A file of presets that is broken is told of and not written over."""
    State.app.quit(State.window)
    with open(presets_path(), 'w', encoding='utf-8') as file:
        file.write('{ "format": ')
    State.app, State.window = desk.open_sample(XDG_DATA_HOME=State.data)
    State.window.key('ctrl+e')
    find_editor()
    State.app.wait_line('presets: The presets in .*presets.json could not all be read')
    type_name('Mine')
    press('Save')
    State.app.wait_line('presets: The presets in .* not written over')
    with open(presets_path(), encoding='utf-8') as file:
        check_equal('file', file.read(), '{ "format": ')


def imports_presets_of_wpa(desk):
    """A .wpaProfile that is opened brings its presets of pool tables, and tells what it could not bring."""
    State.app.quit(State.window)
    os.remove(presets_path())
    path = os.path.join(State.data, 'layout.wpaProfile')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(LAYOUT)
    State.app = desk.start(path, desk.sample, XDG_DATA_HOME=State.data)
    State.app.wait_loaded()
    State.window = State.app.window('sample.etl – Poolscope')
    State.app.wait_line('presets: Presets imported: “Of WPA”')
    State.app.wait_line('presets: Preset “Of WPA”: the table has no column “Color”')
    State.app.wait_line('presets: Preset “Flat” of “CPU Usage”, line 5, is not of a pool table')
    State.app.window('Import Presets').key('Escape')
    State.window.resize(1500, 900)

    def is_open():
        State.window.key('ctrl+p')
        return wait_for('the menu', lambda: State.window.find_menu_item('Of WPA'), 3)
    wait_for('the menu of presets', is_open)
    State.window.choose('Of WPA')
    State.app.wait_line('preset own:Of WPA')
    desk.check_table(State.window, desk.sample, '--group=paged,tag', '--columns=max-size,count', '--sort=count',
                     '--filter=tag=M*')


def quits(desk):
    """The program ends well with the editor open."""
    State.window.key('ctrl+e')
    State.app.window('View Editor')
    State.app.quit(State.window)


window_driver.run(opens, moves_by_keys, shows_and_hides, drags, aggregates, sorts, saves, applies, marks_modified,
                  renames_and_deletes, resets, keeps_a_broken_file,
                  imports_presets_of_wpa, quits)
