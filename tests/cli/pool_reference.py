"""The rules of the data once more, slowly: from the list of events that make_cli_traces wrote to the
rows that the program must show. Nothing here is shared with the program."""

import csv
import fnmatch
import io
import math
import re
from collections import defaultdict
from fractions import Fraction

NEVER = math.inf
BEFORE = -math.inf

DISPLAY = {'type': 'Type', 'impact': 'Impact', 'paged': 'Paged', 'pooltype': 'Pool Type', 'tag': 'Pool Tag',
           'stack': 'Stack', 'freestack': 'Free Stack', 'process': 'Process', 'thread': 'Thread', 'cpu': 'CPU',
           'session': 'Session', 'size': 'Size of one', 'doubt': 'Doubt', 'module': 'Module', 'driver': 'Driver',
           'service': 'Service', 'sizeclass': 'Size Class', 'age': 'Age'}
METRIC_DISPLAY = {'count': 'Count', 'size': 'Size', 'impacting': 'Impacting Size', 'peak': 'Peak Size',
                  'allocs': 'Allocs', 'frees': 'Frees', 'freed': 'Freed %', 'average': 'Average Size', 'growth': 'Growth',
                  'recent': 'Recent Growth', 'steady': 'Steady', 'verdict': 'Verdict'}
VERDICTS = ['churn', 'levelled off', 'unclear', 'growing']  # as they are sorted
POOL_TYPE_MARKS = ((0x20, 'Session'), (4, 'CacheAligned'), (2, 'MustSucceed'), (0x40, 'Verifier'),
                   (0x10000000, 'Big'))
SIZE_UNITS = {'': 1, 'B': 1, 'KB': 10**3, 'MB': 10**6, 'GB': 10**9, 'KiB': 2**10, 'MiB': 2**20, 'GiB': 2**30}
TIME_UNITS = {'': 10**9, 's': 10**9, 'ms': 10**6, 'us': 10**3, 'ns': 1}
BINARY_UNITS = ((1, 'B'), (2**10, 'KiB'), (2**20, 'MiB'), (2**30, 'GiB'))
WRAPPERS = ('ntoskrnl', 'hal', 'verifier', 'ndis', 'fltmgr', 'wdf01000', 'storport', 'portcls', 'win32k*')
IMPACT = {'AIFO': 'Impacting', 'AIFI': 'Transient', 'AOFI': 'Impacting', 'AOFO': 'Persistent'}


def pool_type_text(pool_type, session):
    base = 'Paged' if pool_type & 1 else 'NonPagedNx' if pool_type & 0x200 else 'NonPaged'
    marks = pool_type | (0x20 if session is not None else 0)
    return base + ''.join(name for bit, name in POOL_TYPE_MARKS if marks & bit)


def age_text(allocated, end):
    if allocated == BEFORE:
        return '[Before trace]'
    for limit, text in ((1, '<1 s'), (10, '1–10 s'), (60, '10–60 s'), (600, '1–10 min')):
        if end - allocated < limit * 10**9:
            return text
    return '>10 min'


def size_class_text(size):
    low = 1
    while 2 * low <= size:
        low *= 2
    units = [max((unit, name) for unit, name in BINARY_UNITS if unit <= limit) for limit in (low, 2 * low)]
    return f'{low // units[0][0]} {units[0][1]} – {2 * low // units[1][0]} {units[1][1]}' if size else '0 B'


class Interval:
    def __init__(self, reference, allocated, freed, event, process, thread, cpu, stack):
        self.reference, self.event = reference, event
        self.allocated, self.freed = allocated, freed
        self.size, self.pool_type, self.tag = event['size'], event['type'], event['tag']
        self.session, self.address = event['session'], event['address']
        self.process, self.thread, self.cpu = process, thread, cpu
        self.stack, self.free_stack = stack, ('[No stack]',)
        # Whether there is an event at its begin and its end; a lost allocation and an unseen free have none.
        self.has_allocation = allocated != BEFORE
        self.has_free = freed != NEVER

    def kind(self, start, end):
        return ('AI' if self.allocated >= start else 'AO') + ('FI' if self.freed < end else 'FO')

    def attributed(self, dimension, tag):
        """What the allocation is put down to; nobody knows of one that was not seen."""
        if dimension not in ('module', 'driver', 'service'):
            return {}
        was_seen = self.process != '[Unknown]'
        module = self.reference.module_text(self.event) if was_seen else '[Unknown]'
        service = self.reference.service_text(self.event, self.process) if was_seen else ''
        return {'module': (module,), 'driver': (self.reference.drivers.get(tag, module),), 'service': (service,)}

    def values(self, dimension, start, end):
        """The value as the frames of a stack, or as one text."""
        tag = ''.join(chr(c) if 32 <= c < 127 else f'\\x{c:02x}' for c in self.tag.to_bytes(4, 'little'))
        kind = self.kind(start, end)
        return {'type': (kind,), 'impact': (IMPACT[kind],), 'paged': ('Paged' if self.pool_type & 1 else 'NonPaged',),
                'pooltype': (pool_type_text(self.pool_type, self.session),), 'tag': (tag,), 'stack': self.stack,
                'freestack': self.free_stack, 'process': (self.process,), 'thread': (self.thread,),
                'cpu': (self.cpu,), 'session': (self.session or '[Unknown]',), 'size': (str(self.size),),
                'doubt': ('Sure',), 'sizeclass': (size_class_text(self.size),),
                'age': (age_text(self.allocated, min(self.freed, self.reference.age_end(end))),),
                **self.attributed(dimension, tag)}[dimension]


class Reference:
    def __init__(self, path):
        self.images, self.processes, events = [], defaultdict(list), []
        self.services, self.threads = [], defaultdict(list)
        self.wrappers, self.drivers = WRAPPERS, {}
        self.last = 0
        with open(path, encoding='utf-8') as lines:
            for place, line in enumerate(lines):
                kind, *fields = line.rstrip('\n').split('\t')
                if kind == 'image':
                    self.images.append((int(fields[0]), int(fields[1]), int(fields[2]), fields[3]))
                elif kind == 'process':
                    self.add_process(int(fields[0]), int(fields[1]), int(fields[2]), fields[3])
                elif kind == 'service':
                    self.services.append((int(fields[0]), int(fields[1]), fields[2]))
                elif kind == 'thread':
                    self.threads[int(fields[2]), int(fields[3])].append((int(fields[0]), int(fields[4])))
                else:
                    names = ('time', 'cpu', 'pid', 'tid', 'type', 'tag', 'size', 'address')
                    event = dict(zip(names, map(int, fields[:8])), free=kind == 'free', place=place)
                    event['session'] = fields[8] or None
                    event['frames'] = [int(frame) for frame in fields[9].split(',') if frame]
                    events.append(event)
                self.last = max(self.last, int(fields[0]) if kind in ('process', 'thread') else
                                events[-1]['time'] if events else 0)
        events.sort(key=lambda event: (event['time'], event['cpu'], event['place']))
        self.data_start = events[0]['time']
        self.pair(events)

    def add_process(self, time, hook, pid, name):
        if hook == 0x0302:
            self.processes[pid][-1][1] = time
        else:
            self.processes[pid].append([time, NEVER, name])

    def process_text(self, pid, time):
        for number, (start, end, name) in enumerate(self.processes[pid], 1):
            if start <= time < end:
                return f'{name} ({pid})' + (f' #{number}' if number > 1 else '')
        return '[Unknown]'

    def age_end(self, end):
        return self.last + 1 if end == NEVER else end

    def service_text(self, event, process):
        """Services are listed when the trace begins: they are those of the first owner of the pid."""
        if not process.endswith(')'):
            return ''
        tags = [tag for start, tag in self.threads[event['pid'], event['tid']] if start <= event['time']]
        own = [(tag, name) for pid, tag, name in self.services if pid == event['pid']]
        told = [name for tag, name in own if tags and tag == tags[-1]]
        return told[0] if told else ', '.join(sorted(name for _tag, name in own))

    def module_text(self, event):
        images = [next(((pid, name) for base, size, pid, name in self.images
                        if base <= address - 1 < base + size and pid in (0, event['pid'])), (None, '[Unknown]'))
                  for address in event['frames']]
        for pid, name in images:
            forms = (name.lower(), name.lower().rpartition('.')[0])
            if pid == 0 and not any(fnmatch.fnmatchcase(form, wrapper) for form in forms for wrapper in self.wrappers):
                return name
        return images[0][1] if images else '[Unknown]'

    def stack_text(self, event):
        frames = []
        for address in reversed(event['frames']):
            for base, size, pid, name in self.images:
                if base <= address - 1 < base + size and pid in (0, event['pid']):
                    frames.append(f'{name}+0x{address - base:x}')
                    break
            else:
                frames.append(f'0x{address:x}')
        return tuple(frames) or ('[No stack]',)

    def pair(self, events):
        self.intervals, live, seen = [], {}, set()
        for event in events:
            time, address = event['time'], event['address']
            older = live.pop(address, None)
            if older:
                older.freed = time
            if not event['free']:
                live[address] = Interval(self, time, NEVER, event, self.process_text(event['pid'], time),
                                         str(event['tid']), str(event['cpu']), self.stack_text(event))
                self.intervals.append(live[address])
            elif older:
                older.has_free = True
                older.free_stack = self.stack_text(event)
            else:
                was_seen = address in seen
                interval = Interval(self, time if was_seen else BEFORE, time, event, '[Unknown]', '[Unknown]', '[Unknown]',
                                    ('[Allocation lost]',) if was_seen else ('[Before trace]',))
                interval.free_stack = self.stack_text(event)
                interval.has_allocation = False
                self.intervals.append(interval)
            seen.add(address)

    def select(self, start, end, filters=()):
        chosen = [interval for interval in self.intervals if interval.allocated < end and interval.freed >= start]
        for expression in filters:
            comparison = re.fullmatch('([a-z]+)([<>]=?)(.*)', expression)
            if comparison:
                chosen = [interval for interval in chosen if self.compare(interval, *comparison.groups(), end)]
                continue
            name, pattern = expression.split('=', 1)
            is_excluding = name.endswith('!')
            name = name.rstrip('!')
            if name == 'tag' and '*' not in pattern:
                pattern = pattern.ljust(4)
            chosen = [interval for interval in chosen if is_excluding != any(
                fnmatch.fnmatchcase(value, pattern) for value in interval.values(name, start, end))]
        return chosen

    def compare(self, interval, name, sign, text, end):
        """Whether a number of the interval is on the right side of one that is written with its unit."""
        digits, unit = re.fullmatch(r'([\d.]+)([A-Za-z]*)', text).groups()
        units = SIZE_UNITS if name == 'size' else TIME_UNITS
        limit = Fraction(digits) * units[unit]
        age_end = self.last + 1 if end == NEVER else end
        value = {'size': interval.size, 'allocated': interval.allocated, 'freed': interval.freed,
                 'lifetime': interval.freed - interval.allocated,
                 'age': min(interval.freed, age_end) - interval.allocated}[name]
        return {'<': value < limit, '<=': value <= limit, '>': value > limit, '>=': value >= limit}[sign]


def outstanding_before(intervals, time):
    """The sum just before @time."""
    return sum(interval.size for interval in intervals if interval.allocated < time <= interval.freed)


def changes(intervals, start, end):
    """(time, order within the instant, change): frees before allocations."""
    found = []
    for interval in intervals:
        if interval.allocated == interval.freed:
            continue
        if start <= interval.allocated < end:
            found.append((interval.allocated, 1, interval.size))
        if start <= interval.freed < end:
            found.append((interval.freed, 0, -interval.size))
    return sorted(found)


def bins_of(intervals, start, end, n_bins):
    """(start, end, last, minimum, maximum) of each bin."""
    for i in range(n_bins):
        bin_start, bin_end = (start + (end - start) * j // n_bins for j in (i, i + 1))
        value = low = high = outstanding_before(intervals, bin_start)
        for _time, _order, change in changes(intervals, bin_start, bin_end):
            value += change
            low, high = min(low, value), max(high, value)
        yield bin_start, bin_end, value, low, high


def floor_ratio(part, whole):
    return None if whole == 0 else part // whole


def metrics(intervals, start, end, span):
    """@span: the range with its ends closed."""
    value = peak = outstanding_before(intervals, start)
    for _time, _order, change in changes(intervals, start, end):
        value += change
        peak = max(peak, value)
    sign = {'AIFO': 1, 'AOFI': -1, 'AIFI': 0, 'AOFO': 0}
    inside = [interval for interval in intervals if interval.has_allocation and start <= interval.allocated < end]
    n_freed = sum(interval.freed < end for interval in inside)
    low = [bin[3] for bin in bins_of(intervals, *span, 8)]
    growth, recent = low[7] - low[0], low[7] - low[4]
    steady = sum(low[i + 1] > low[i] for i in range(7))
    verdict = ('churn' if growth <= 0 else 'levelled off' if recent * 20 <= growth else
               'growing' if steady >= 6 else 'unclear')
    size = sum(interval.size for interval in intervals)
    return {'count': len(intervals), 'size': size,
            'impacting': sum(sign[interval.kind(start, end)] * interval.size for interval in intervals),
            'peak': peak, 'allocs': len(inside),
            'frees': sum(interval.has_free and start <= interval.freed < end for interval in intervals),
            'freed': hundredths(n_freed, len(inside)), 'average': floor_ratio(size, len(intervals)),
            'growth': growth, 'recent': recent, 'steady': steady, 'verdict': verdict, 'n_freed': n_freed}


def hundredths(part, whole):
    """Per cent, rounded down to two decimals."""
    return None if whole == 0 else part * 10000 // whole / 100


def sort_value(values, sort):
    """Ascending order of these puts the largest first, and rows without a value last."""
    value = VERDICTS.index(values[sort]) if sort == 'verdict' else values[sort]
    return math.inf if value is None else -value


def csv_value(value):
    return '' if value is None else f'{value:.2f}'.rstrip('0').rstrip('.') if isinstance(value, float) else value


def leaf_rows(intervals, grouping, start, end, span, sort):
    """(key, metrics) in the order of CSV and folded stacks."""
    groups = defaultdict(list)
    for interval in intervals:
        groups[tuple(';'.join(interval.values(name, start, end)) for name in grouping)].append(interval)
    rows = [(key, metrics(members, start, end, span)) for key, members in groups.items()]
    rows.sort(key=lambda row: (sort_value(row[1], sort), -row[1]['size'], [text.encode() for text in row[0]]))
    return rows


def csv_text(rows, grouping, columns):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator='\n')
    writer.writerow([DISPLAY[name] for name in grouping] + [METRIC_DISPLAY[name] for name in columns])
    for key, values in rows:
        writer.writerow(list(key) + [csv_value(values[name]) for name in columns])
    return text.getvalue()


def folded_text(rows):
    return ''.join(f'{";".join(key)} {values["size"]}\n' for key, values in rows)


def timeline_text(intervals, start, end, n_bins):
    lines = ['Start ns,End ns,Last,Min,Max']
    lines += [','.join(map(str, bin)) for bin in bins_of(intervals, start, end, n_bins)]
    return '\n'.join(lines) + '\n'


def allocations_text(intervals):
    """One row for each of @intervals: those from before the trace first, by their frees, then by allocation."""
    def known(value):
        return '' if value in (BEFORE, NEVER, '[Unknown]') else value

    text = io.StringIO()
    writer = csv.writer(text, lineterminator='\n')
    writer.writerow(['Address', 'Size', 'Pool Type', 'Pool Tag', 'Alloc ns', 'Free ns', 'Process', 'Thread', 'CPU', 'Stack'])
    earlier = sorted((interval for interval in intervals if interval.allocated == BEFORE),
                     key=lambda interval: interval.freed)
    for interval in earlier + [interval for interval in intervals if interval.allocated != BEFORE]:
        pool_type, tag, stack = (';'.join(interval.values(name, 0, 0)) for name in ('pooltype', 'tag', 'stack'))
        writer.writerow([f'0x{interval.address:x}', interval.size, pool_type, tag, known(interval.allocated),
                         known(interval.freed), known(interval.process), known(interval.thread), known(interval.cpu),
                         stack])
    return text.getvalue()


def tree_rows(intervals, grouping, start, end, span, sort, limit):
    """The nested rows of the JSON output: dimension, text, metrics, children."""
    paths = [[(name, text) for name in grouping for text in interval.values(name, start, end)]
             for interval in intervals]
    return subtree(list(zip(paths, intervals)), 0, (start, end, span), sort, limit)


def subtree(members, depth, ranges, sort, limit):
    groups = defaultdict(list)
    for path, interval in members:
        if len(path) > depth:
            groups[path[depth]].append((path, interval))
    rows = [(name, text, metrics([interval for _path, interval in group], *ranges), group)
            for (name, text), group in groups.items()]
    rows.sort(key=lambda row: (sort_value(row[2], sort), -row[2]['size'], row[1].encode()))
    shown = [{'dimension': name, 'text': text, **values,
              'children': subtree(group, depth + 1, ranges, sort, limit)}
             for name, text, values, group in rows[:limit]]
    if limit is not None and len(rows) > limit:
        shown.append(other_row([row[2] for row in rows[limit:]]))
    return shown


def other_row(rows):
    """The row of those that a limit leaves out: what does not add up is unknown."""
    other = {metric: sum(row[metric] for row in rows)
             for metric in ('count', 'size', 'impacting', 'allocs', 'frees', 'n_freed')}
    other['freed'] = hundredths(other['n_freed'], other['allocs'])
    other['average'] = floor_ratio(other['size'], other['count'])
    return {'text': '[Other]', 'others': len(rows), **other, 'peak': None, 'growth': None, 'recent': None,
            'steady': None, 'verdict': None, 'children': []}
