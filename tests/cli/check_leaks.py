#!/usr/bin/env python3
"""What "poolscope-cli leaks" finds in the sample trace, what it leaves out, and how it exits.

usage: check_leaks.py POOLSCOPE-CLI MAKE-CLI-TRACES SAMPLE-TRACE
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

# What the sample's programs do (data/sample/sample_traffic.c), over the whole trace and while the caches are full.
VERDICTS = {'Leak': ('growing', 'growing'),            # a leak
            'MPsc': ('levelled off', 'churn'),         # a cache that fills once
            'FMfn': ('levelled off', 'churn'),         # a cache that drops its oldest entry for a new one
            'IoWI': ('churn', 'churn'), 'ObNm': ('churn', 'churn')}  # blocks in flight
RECORDERS = {'EtwB', 'EtwD', 'EtwR'}


class Checks:
    def __init__(self, program, folder, sample):
        self.program, self.folder, self.sample = program, Path(folder), sample
        self.n_checks = self.n_failures = 0

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120,
                              check=False)

    def check(self, name, is_right, remark=''):
        self.n_checks += 1
        self.n_failures += not is_right
        print(f'{"ok" if is_right else "not ok"} {self.n_checks} - {name}')
        if not is_right:
            print('# ' + str(remark).replace('\n', '\n# '))

    def leaks(self, *arguments):
        return json.loads(self.run('leaks', self.sample, '--no-symbols', '--format=json', *arguments).stdout)

    def table(self, *arguments):
        text = self.run('table', self.sample, '--no-symbols', '--format=csv', *arguments).stdout
        return list(csv.DictReader(io.StringIO(text)))


def check_verdicts(checks):
    for place, time_range in enumerate(('0,', '40,')):
        rows = checks.table('--group=tag', '--columns=verdict', f'--range={time_range}')
        shown = {row['Pool Tag']: row['Verdict'] for row in rows}
        for tag, expected in VERDICTS.items():
            checks.check(f'{tag} is {expected[place]} from {time_range}', shown[tag] == expected[place], shown[tag])


def check_ranking(checks):
    """The same rows as the table's, which is checked against a second computation elsewhere."""
    for group in ('paged,tag,stack', 'tag', 'process,tag'):
        names = group.split(',')
        document = checks.leaks(f'--by={group}')
        rows = [row for row in checks.table(f'--group={group}', '--columns=growth,impacting,freed,verdict', '--sort=growth')
                if row['Verdict'] == 'growing' and row['Pool Tag'] not in RECORDERS]
        expected = [(*list(row.values())[:len(names)], row['Growth'], row['Impacting Size']) for row in rows]
        shown = [(*(row['key'][name] for name in names), str(row['growth']), str(row['net']))
                 for row in document['rows']]
        checks.check(f'the growing rows by {group}, the fastest first', shown == expected and len(shown) > 1,
                     f'{shown}\n{expected}')
        checks.check(f'rates by {group}', all(row['bytes_per_second'] > 0 for row in document['rows'])
                     and sorted((row['bytes_per_second'] for row in document['rows']), reverse=True)
                     == [row['bytes_per_second'] for row in document['rows']])
    document = checks.leaks()
    first = document['rows'][0]
    checks.check('the leak comes first, with what made it',
                 first['key']['tag'] == 'Leak' and first['process'].startswith('NotMyfault.exe')
                 and (first['module'], first['driver'], first['service']) == ('myfault.sys', 'myfault.sys', ''), first)
    mapped = next(row for row in document['rows'] if row['key']['tag'] == 'MmSt')
    checks.check('the service that a row comes from', (mapped['module'], mapped['service']) == ('Ntfs.sys', 'WSearch'),
                 mapped)
    checks.check('the recorder is left out and named', document['recorder_tags_left_out'] == ['EtwB'], document)
    checks.check('the sample is fit to judge', document['unfit_to_judge'] == [], document)
    large = checks.leaks('--min=1MiB')['rows']
    checks.check('--min leaves out the smaller', large == [row for row in document['rows'] if row['growth'] >= 2**20])


def check_exits(checks):
    for size, status in (('1GiB', 0), ('10MB', 3)):
        result = checks.run('leaks', checks.sample, '--no-symbols', f'--fail-over={size}')
        checks.check(f'--fail-over {size} exits with {status}', result.returncode == status, result)
    for trace, word in (('no-pool.etl', 'no pool events'), ('no-stacks.etl', 'no stack'),
                        ('random.etl', '1 % of its frees'), ('truncated.etl', 'no frees')):
        for options, status in (((), 0), (('--fail-over=1GiB',), 4)):
            result = checks.run('leaks', trace, *options)
            checks.check(f'{trace} {"".join(options)} exits with {status} and says why',
                         result.returncode == status and f'unfit to judge: ' in result.stdout and word in result.stdout,
                         result)
    result = checks.run('leaks', 'story.etl', '--by', 'type')
    checks.check('a dimension of the range is wrong usage', result.returncode == 2 and '--by' in result.stderr, result)
    result = checks.run('leaks', 'story.etl', '--min', 'much')
    checks.check('a wrong size is wrong usage', result.returncode == 2 and '--min' in result.stderr, result)


def check_ignoring(checks):
    everything = checks.leaks()['rows']
    for text, is_left_out in (('# nothing\n\n', lambda row: False),
                              ('tag=Leak # known\n  tag=Mm*\n', lambda row: row['key']['tag'] in ('Leak', 'MmSt', 'MmCa')),
                              ('stack=myfault.sys+*\n', lambda row: 'myfault.sys+' in row['key']['stack']),
                              ('CM31\nmyfault.sys*\r\n', lambda row: row['key']['tag'] == 'CM31'
                               or 'myfault.sys' in row['key']['stack'])):
        (checks.folder / 'ignore.txt').write_text(text, encoding='utf-8')
        shown = checks.leaks('--ignore=ignore.txt')['rows']
        expected = [row for row in everything if not is_left_out(row)]
        checks.check(f'ignoring {text!r}', [row['key'] for row in shown] == [row['key'] for row in expected],
                     [row['key']['tag'] for row in shown])
    for text, words in (('tag=a\n\nprocess=x\n', ('line 3', 'process', 'tag=')), ('stack=\n', ('line 1', 'pattern'))):
        (checks.folder / 'ignore.txt').write_text(text, encoding='utf-8')
        result = checks.run('leaks', 'story.etl', '--ignore', 'ignore.txt')
        checks.check(f'the wrong line of {text!r} is told', result.returncode == 1 and result.stdout == ''
                     and all(word in result.stderr for word in ('ignore.txt', *words)), result)
    result = checks.run('leaks', 'story.etl', '--ignore', 'nowhere.txt')
    checks.check('a missing ignore file is named', result.returncode == 1 and 'nowhere.txt' in result.stderr, result)


def check_texts(checks):
    text = checks.run('leaks', checks.sample, '--no-symbols', '--format=markdown').stdout
    rows = [line for line in text.splitlines() if line.startswith('|')]
    checks.check('the Markdown is a table with stacks below', text.startswith('## ') and text.count('```') >= 4
                 and len({line.count('|') for line in rows}) == 1 and 'Leak' in rows[2], text[:2000])
    text = checks.run('leaks', checks.sample, '--no-symbols').stdout
    checks.check('the text names the leak first', 'Leak' in text.splitlines()[1] and 'Left out: ' in text, text[:2000])


def main():
    program, maker, sample = (str(Path(path).resolve()) for path in sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([maker, folder], check=True)
        checks = Checks(program, folder, sample)
        for part in (check_verdicts, check_ranking, check_exits, check_ignoring, check_texts):
            part(checks)
    print(f'1..{checks.n_checks}')
    return 1 if checks.n_failures else 0


if __name__ == '__main__':
    sys.exit(main())
