"""Takes a PDB apart into its streams and puts it together in other, equally valid ways."""
import random
import struct

MAGIC = b'Microsoft C/C++ MSF 7.00\r\n\x1aDS\0\0\0'
NO_SIZE, NO_STREAM = 0xFFFFFFFF, 0xFFFF
INFO, DBI = 1, 3
DBI_PART_SIZES = (24, 28, 32, 36, 40, 52)  # where the header has the sizes of what stands before the debug streams
OMAP_TO_SOURCE, OMAP_FROM_SOURCE, SECTIONS, ORIGINAL_SECTIONS = 3, 4, 5, 10
OMAP_CHUNK, OMAP_BASE = 16, 0x10000


def words(data, offset=0, count=None):
    count = (len(data) - offset) // 4 if count is None else count
    return list(struct.unpack_from(f'<{count}I', data, offset))


def pack(*values):
    return struct.pack(f'<{len(values)}I', *values)


def n_pages(size, page_size):
    return -(-size // page_size)


def read(path):
    """The streams of the file; None for those that do not exist."""
    data = path.read_bytes()
    page_size, directory_size = words(data, 32, 1)[0], words(data, 44, 1)[0]

    def gather(pages, size):
        return b''.join(data[page * page_size:(page + 1) * page_size] for page in pages)[:size]
    n_directory = n_pages(directory_size, page_size)
    directory_map = gather(words(data, 52, n_pages(4 * n_directory, page_size)), 4 * n_directory)
    directory = words(gather(words(directory_map), directory_size))
    sizes, rest, streams = directory[1:1 + directory[0]], directory[1 + directory[0]:], []
    for size in sizes:
        n = 0 if size == NO_SIZE else n_pages(size, page_size)
        streams.append(None if size == NO_SIZE else gather(rest[:n], size))
        rest = rest[n:]
    return streams


def write(path, streams, page_size=4096, seed=None):
    """Writes the streams on pages of that size, with a seed in an order that it shuffles."""
    free = (page for page in range(1, 1 << 30) if page % page_size not in (1, 2) and page > 2)
    blocks = [[stream[at:at + page_size] for at in range(0, len(stream or b''), page_size)] for stream in streams]
    places = [next(free) for block in blocks for _ in block]
    if seed is not None:
        random.Random(seed).shuffle(places)
    places = iter(places)
    content = {}

    def put(block, place):
        content[place] = block.ljust(page_size, b'\0')
        return place
    numbers = [[put(block, next(places)) for block in stream] for stream in blocks]
    sizes = [NO_SIZE if stream is None else len(stream) for stream in streams]
    directory = pack(len(streams), *sizes, *(number for stream in numbers for number in stream))

    def append(data):
        return pack(*(put(data[at:at + page_size], next(free)) for at in range(0, len(data), page_size)))
    map_pages = append(append(directory))
    header = MAGIC + pack(page_size, 1, max(content) + 1, len(directory), 0) + map_pages
    content[0] = header.ljust(page_size, b'\0')
    path.write_bytes(b''.join(content.get(page, bytes(page_size)) for page in range(max(content) + 1)))
    return path


def with_word(data, offset, value):
    return data[:offset] + pack(value) + data[offset + 4:]


def with_info_age(streams, age):
    """As after the PDB was written again, by a tool that adds sources to it."""
    return [*streams[:INFO], with_word(streams[INFO], 8, age), *streams[INFO + 1:]]


def with_image_age(streams, age):
    return [*streams[:DBI], with_word(streams[DBI], 8, age), *streams[DBI + 1:]]


def with_feature(streams, code):
    return [*streams[:INFO], streams[INFO] + pack(code), *streams[INFO + 1:]]


def rearrange(streams):
    """As of an image whose first section was cut into chunks that a tool put at another place in reverse order.

    Returns the streams and the way from an old RVA of the section to the new one.
    """
    dbi = streams[DBI]
    at = 64 + sum(words(dbi, offset, 1)[0] for offset in DBI_PART_SIZES)
    n_debug = words(dbi, 48, 1)[0] // 2
    debug = list(struct.unpack_from(f'<{n_debug}H', dbi, at)) + [NO_STREAM] * (11 - n_debug)
    sections = streams[debug[SECTIONS]]
    size, start = words(sections, 8, 2)
    n = n_pages(size, OMAP_CHUNK)
    moves = [(start + i * OMAP_CHUNK, OMAP_BASE + (n - 1 - i) * OMAP_CHUNK) for i in range(n)]
    from_source = moves + [(start + n * OMAP_CHUNK, 0)]
    to_source = sorted((new, old) for old, new in moves) + [(OMAP_BASE + n * OMAP_CHUNK, 0)]
    final_sections = with_word(with_word(sections, 8, n * OMAP_CHUNK), 12, OMAP_BASE)
    added = [b''.join(pack(*pair) for pair in pairs) for pairs in (to_source, from_source)] + [final_sections]
    debug[ORIGINAL_SECTIONS] = debug[SECTIONS]
    debug[OMAP_TO_SOURCE], debug[OMAP_FROM_SOURCE], debug[SECTIONS] = range(len(streams), len(streams) + 3)
    dbi = with_word(dbi[:at], 48, 2 * len(debug)) + struct.pack(f'<{len(debug)}H', *debug)

    def move(rva):
        chunk, rest = divmod(rva - start, OMAP_CHUNK)
        return moves[chunk][1] + rest if 0 <= chunk < n else rva
    return [*streams[:DBI], dbi, *streams[DBI + 1:], *added], move
