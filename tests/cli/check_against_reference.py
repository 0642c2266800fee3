#!/usr/bin/env python3
"""Compares tables and timelines of a random trace, byte for byte, with a slow second computation.

usage: check_against_reference.py POOLSCOPE-CLI MAKE-CLI-TRACES
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pool_reference as reference

DEFAULT_GROUP = 'type,paged,tag,stack'
# The last event of the random trace is past 2.2 s; a range is its text and its ends in ns, None for open.
RANGES = (('', None, None), ('0.5,1.5', 500000000, 1500000000), (',1s', None, 1000000000),
          ('700ms,', 700000000, None), ('0,0.8', 0, 800000000), ('123456700ns,1900000us', 123456700, 1900000000),
          ('1,1', 1000000000, 1000000000), ('900,901', 900000000000, 901000000000))
TABLES = (
    {}, {'group': 'tag'}, {'group': 'stack,type'}, {'group': 'freestack'}, {'group': 'stack,freestack'},
    {'group': 'impact,pooltype,size'}, {'group': 'process,thread,cpu'}, {'group': 'session,pooltype'}, {'group': 'module,service'},
    {'group': 'sizeclass,process,service,thread'}, {'group': 'driver,age', 'drivers': {'Leak': 'leak.sys', 'Irp ': 'nt!io'}},
    {'group': 'module', 'wrappers': ['my*', 'Hal']}, {'group': 'tag,stack,paged'},
    {'sort': 'size'}, {'sort': 'count', 'group': 'stack'}, {'sort': 'peak', 'group': 'tag,process'},
    {'limit': '3'}, {'limit': '2', 'sort': 'peak', 'group': 'stack'}, {'columns': 'peak,count'},
    {'columns': 'impacting', 'group': 'thread'},
    {'columns': 'allocs,frees,freed,average,growth,recent,steady,verdict', 'group': 'tag,stack'},
    {'columns': 'verdict', 'sort': 'verdict', 'group': 'tag'}, {'sort': 'freed', 'group': 'tag,paged'},
    {'sort': 'average', 'limit': '2'}, {'columns': 'recent,frees', 'sort': 'recent', 'group': 'stack,type', 'filter': ['stack!=*fault*']},
    {'filter': ['tag=Irp']}, {'filter': ['tag=[CL]*', 'type!=AIFI']}, {'filter': ['stack=*fault*']},
    {'filter': ['stack!=*fault*', 'paged=NonPaged']}, {'filter': ['process=second*'], 'group': 'process,tag'},
    {'filter': ['size=4?']}, {'filter': ['tag=Nope']}, {'filter': ['freestack=[[]No stack]']},
    {'filter': ['module=my*'], 'group': 'module,tag'}, {'filter': ['service=*Beta*'], 'group': 'service,process'},
    {'filter': ['age=1*'], 'group': 'type,age'}, {'filter': ['sizeclass!=?? B*', 'age!=[[]*'], 'group': 'age,sizeclass'},
    {'filter': ['size>0.1KB']}, {'filter': ['size<=4096B', 'age>=0.3s'], 'group': 'tag'}, {'filter': ['lifetime<250ms']},
    {'filter': ['allocated>=0.9s', 'freed<1800000us'], 'group': 'type,size'}, {'filter': ['age<500ms', 'tag!=Irp']},
)


TAG_FILE = 'given-tags.txt'
TAG_LINES = 'Leak - leak.sys - Leaks\nIrp - nt!io - Requests\nCM* - <unknown> - Keys\nEtw? - <unknown> - Buffers\n'


def options(table, range_text):
    arguments = [f'--{name}={table[name]}' for name in ('group', 'sort', 'limit', 'columns') if name in table]
    arguments += [f'--filter={expression}' for expression in table.get('filter', ())]
    arguments += [f'--wrappers={",".join(table["wrappers"])}'] if 'wrappers' in table else []
    arguments += [f'--pooltags={TAG_FILE}'] if 'drivers' in table else []
    return arguments + ([f'--range={range_text}'] if range_text else [])


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, check=True, timeout=120).stdout.decode()


def first_difference(actual, expected):
    for number, (left, right) in enumerate(zip(actual.split('\n'), expected.split('\n')), 1):
        if left != right:
            return f'line {number}:\n  shown    {left}\n  expected {right}'
    return f'{actual.count(chr(10))} lines shown, {expected.count(chr(10))} expected'


class Checks:
    def __init__(self, program, trace, events):
        self.program, self.trace = program, trace
        self.data = reference.Reference(events)
        self.n_checks = self.n_failures = 0

    def report(self, name, actual, expected):
        self.n_checks += 1
        if actual == expected:
            print(f'ok {self.n_checks} - {name}')
            return
        self.n_failures += 1
        print(f'not ok {self.n_checks} - {name}')
        for line in first_difference(actual, expected).split('\n'):
            print(f'# {line}')

    def close(self, start, end):
        """The range with its open ends (None) closed as timelines close them."""
        span_start = self.data.data_start if start is None else start
        return span_start, max(span_start, self.data.last + 1 if end is None else end)

    def check_lists(self, table, range_text, start, end, span):
        grouping = table.get('group', DEFAULT_GROUP).split(',')
        sort = table.get('sort', 'impacting')
        columns = table.get('columns', 'count,size,impacting,peak').split(',')
        chosen = self.data.select(start, end, table.get('filter', ()))
        rows = reference.leaf_rows(chosen, grouping, start, end, span, sort)
        rows = rows[:int(table['limit'])] if 'limit' in table else rows
        arguments = options(table, range_text)
        actual = run(self.program, 'table', self.trace, '--format=csv', *arguments)
        self.report(f'csv {" ".join(arguments)}', actual, reference.csv_text(rows, grouping, columns))
        if 'columns' not in table:
            actual = run(self.program, 'table', *arguments, '--format', 'folded', self.trace)
            self.report(f'folded {" ".join(arguments)}', actual, reference.folded_text(rows))

    def check_tree(self, table, range_text, start, end, span):
        grouping = table.get('group', DEFAULT_GROUP).split(',')
        limit = int(table['limit']) if 'limit' in table else None
        chosen = self.data.select(start, end, table.get('filter', ()))
        rows = reference.tree_rows(chosen, grouping, start, end, span, table.get('sort', 'impacting'), limit)
        arguments = options(table, range_text)
        document = json.loads(run(self.program, 'table', '--format=json', self.trace, *arguments))
        columns = document['columns']
        if 'columns' not in table:
            self.report(f'json columns {" ".join(arguments)}', ','.join(columns), ','.join(reference.METRIC_DISPLAY))

        def simplify(row):
            return {'dimension': row.get('dimension'), 'text': row['text'], 'others': row.get('others'),
                    **{name: float(row[name]) if name == 'freed' and row[name] is not None else row[name]
                       for name in columns}, 'children': [simplify(child) for child in row['children']]}

        actual, expected = (json.dumps([simplify(row) for row in tree], indent=1)
                            for tree in (document['rows'], rows))
        self.report(f'json {" ".join(arguments)}', actual, expected)

    def check_timeline(self, filters, range_text, start, end, n_bins):
        chosen = self.data.select(0 if start is None else start, math_end(end), filters)
        bin_start, bin_end = self.close(start, end)
        arguments = options({'filter': filters}, range_text) + ([f'--bins={n_bins}'] if n_bins != 100 else [])
        actual = run(self.program, 'timeline', *arguments, self.trace)
        expected = reference.timeline_text(chosen, bin_start, bin_end, n_bins)
        self.report(f'timeline {" ".join(arguments)}', actual, expected)
        document = json.loads(run(self.program, 'timeline', '--format=json', *arguments, self.trace))
        lines = [f'{bin["start_ns"]},{bin["end_ns"]},{bin["last"]},{bin["min"]},{bin["max"]}'
                 for bin in document['bins']]
        self.report(f'timeline json {" ".join(arguments)}', '\n'.join(expected.split('\n')[:1] + lines) + '\n', expected)


    def check_allocations(self, filters, range_text, start, end, limit):
        chosen = self.data.select(0 if start is None else start, math_end(end), filters)
        arguments = options({'filter': filters}, range_text) + ([f'--limit={limit}'] if limit else [])
        lines = reference.allocations_text(chosen).splitlines(keepends=True)
        expected = ''.join(lines[:limit + 1] if limit else lines)
        self.report(f'allocs {" ".join(arguments)}', run(self.program, 'allocs', *arguments, self.trace), expected)


def math_end(end):
    return reference.NEVER if end is None else end


def main():
    program, maker = (str(Path(path).resolve()) for path in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([maker, folder], check=True)
        checks = Checks(program, f'{folder}/random.etl', f'{folder}/random.events')
        os.chdir(folder)
        Path(TAG_FILE).write_text(TAG_LINES, encoding='utf-8')
        os.environ['XDG_DATA_HOME'] = folder
        for number, table in enumerate(TABLES):
            checks.data.drivers = table.get('drivers', {})
            checks.data.wrappers = [name.lower() for name in table.get('wrappers', reference.WRAPPERS)]
            for range_text, start, end in (RANGES if number == 0 else RANGES[:3]):
                span = checks.close(start, end)
                checks.check_lists(table, range_text, start or 0, math_end(end), span)
                checks.check_tree(table, range_text, start or 0, math_end(end), span)
        for range_text, start, end in RANGES[:6]:
            for filters, n_bins in (((), 100), (('type!=AIFI',), 7), (('stack=*ntos*',), 1),
                                    (('age>400ms', 'size<2KiB'), 9)):
                checks.check_timeline(filters, range_text, start, end, n_bins)
            for filters, limit in (((), None), (('type=AIFO', 'size>=1KiB'), 3), (('stack=*ntos*', 'cpu!=0'), None)):
                checks.check_allocations(filters, range_text, start, end, limit)
    print(f'1..{checks.n_checks}')
    return 1 if checks.n_failures else 0


if __name__ == '__main__':
    sys.exit(main())
