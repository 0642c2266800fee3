"""The table as the command line prints it, to be compared with the rows of a window."""
import re

from waiting import Failure, check_equal


class CliRow:
    """A row that the command line printed, with those below it."""

    def __init__(self, text, values, group):
        self.text = text
        self.values = values
        self.group = group
        self.rows = []


def parse_cli_table(text):
    lines = [line for line in text.splitlines() if line]
    first = next(index for index, line in enumerate(lines) if re.match(r' +(Count|Size|Impacting Size|Peak Size|Growth|Frees|(Unique|Min|Max) .*?)  ', line))
    start = lines[first].rindex('  ') + 2
    groups = lines[first][start:].split(' / ')
    values = re.split(r' {2,}', lines[first][:start].strip())
    top = CliRow('', [], None)
    path = [top]
    for line in lines[first + 1:]:
        name = line[start:].lstrip(' ')
        depth = (len(line) - start - len(name)) // 2
        row = CliRow(name, re.split(r' {2,}', line[:start].strip()), groups[min(depth, len(groups) - 1)])
        del path[depth + 1:]
        path[-1].rows.append(row)
        path.append(row)
    return groups, values, top.rows


def match_rows(rows, expected, groups, values):
    """Checks that rows start with all those expected, each with all below it or none; returns what follows."""
    for row in expected:
        if not rows:
            raise Failure(f'row {row.text!r} is missing at the end')
        texts = rows[0].texts
        check_equal('groups of a row', {title: texts[title] for title in groups if texts[title]},
                    {row.group: row.text} if row.text else {})
        check_equal(f'values of {row.text}', [texts[title] for title in values], row.values)
        rows = rows[1:]
        if row.rows and rows and is_same_row(rows[0], row.rows[0]):
            rows = match_rows(rows, row.rows, groups, values)
    return rows


def is_same_row(row, expected):
    return row.texts[expected.group] == expected.text
