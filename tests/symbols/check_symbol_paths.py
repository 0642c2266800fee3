#!/usr/bin/env python3
"""Names of a trace that was never merged, end to end: the command line finds the module's image by its build, then
the PDB that the image names, in folders, stores and on servers on this computer, over http, https and a proxy.

usage: check_symbol_paths.py POOLSCOPE-CLI MAKE-SYMBOL-TRACE PDB-PROBE
"""

import csv
import http.server
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from pathlib import Path

from check_pdb import CASES, Images, run


class Server:
    """A web server of one folder, or a proxy that answers for any host out of it."""

    def __init__(self, folder, certificate=None):
        self.paths = paths = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments, **options):
                super().__init__(*arguments, directory=str(folder), **options)

            def do_GET(self):
                paths.append(self.path)
                self.path = urllib.parse.urlsplit(self.path).path
                super().do_GET()

            def log_message(self, *_arguments):
                pass
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.handle_error = lambda *_arguments: None  # a client that does not trust us breaks off
        self.scheme = 'https' if certificate else 'http'
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f'{self.scheme}://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.server.shutdown()
        self.server.server_close()


class Desk:
    """A driver with its PDB, a trace in which it allocated, and the answers of the command line."""

    def __init__(self, folder, cli, make_trace, probe):
        self.folder, self.cli = folder, cli
        images = Images(probe, folder)
        self.image, self.pdb = images.make(*CASES[0])
        _, image_key, _, pdb_key = run([probe, 'identity', str(self.image)]).split()
        self.keys = {self.image.name: image_key, self.pdb.name: pdb_key}
        functions = [function for function in images.functions(self.pdb) if function[1] > 4]
        # As the tables of the command line have them: folded functions are one.
        self.names = sorted({images.look_up(self.pdb, self.image, [rva + 2])[0][0] for rva, _, _ in functions})
        self.trace = folder / 'trace' / 'never-merged.etl'
        self.trace.parent.mkdir()
        run([make_trace, str(self.trace), f'\\SystemRoot\\system32\\drivers\\{self.image.name}', image_key[8:],
             image_key[:8], *(f'{rva + 2:x}' for rva, _, _ in functions)])
        self.n_caches = 0
        self.cache = None

    def new_cache(self):
        """A new cache folder for the runs from now on."""
        self.n_caches += 1
        self.cache = self.folder / f'cache-{self.n_caches}'

    def run(self, command, *arguments, cwd=None, **environment):
        values = {name: value for name, value in os.environ.items()
                  if not name.lower().endswith('_proxy') and name not in ('SSL_CERT_FILE', 'GIO_USE_PROXY_RESOLVER')}
        values.update(environment, XDG_CACHE_HOME=str(self.cache))
        return run([self.cli, command, str(self.trace), *arguments], cwd=cwd or self.folder, env=values,
                   stderr=subprocess.PIPE)

    def frames(self, *arguments, **options):
        rows = csv.DictReader(self.run('table', '--group=stack', '--format=csv', *arguments, **options).splitlines())
        return sorted(row['Stack'] for row in rows)

    def named(self):
        return [f'{self.image.name}!{name}' for name in self.names]

    def state(self, *arguments, **options):
        """What the command line says of the module."""
        rows = csv.DictReader(self.run('modules', '--format=csv', *arguments, **options).splitlines())
        return next(row['Symbols'] for row in rows if row['Path'].endswith(self.image.name))

    def store(self, name):
        """A store with both files."""
        store = self.folder / name
        for file in (self.image, self.pdb):
            target = store / file.name / self.keys[file.name]
            target.mkdir(parents=True)
            shutil.copy(file, target)
        return store

    def certificate(self):
        """A certificate for this computer that vouches for itself, and its key."""
        files = str(self.folder / 'certificate.pem'), str(self.folder / 'key.pem')
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
                        '-addext', 'subjectAltName=IP:127.0.0.1', '-out', files[0], '-keyout', files[1]], check=True,
                       capture_output=True)
        return files


def expect(what, found, expected):
    if found != expected:
        yield f'{what}: {found}, and not {expected}'


def expect_in(what, found, *expected):
    for text in expected:
        if text not in found:
            yield f'{what}: {found!r} has no {text!r}'


def check_without(desk):
    frames = desk.frames('--no-symbols')
    if not frames or not all(frame.startswith(f'{desk.image.name}+0x') for frame in frames):
        yield f'frames without symbols: {frames}'
    yield from expect('frames without a path', desk.frames(), frames)


def check_folders(desk):
    """A folder of images and PDBs as they were built; absolute, relative to where one is, and at home."""
    flat = desk.folder / 'flat'
    flat.mkdir()
    for file in (desk.image, desk.pdb):
        shutil.copy(file, flat)
    sorted_folder = desk.folder / 'sorted' / 'sys'
    shutil.copytree(flat, sorted_folder)
    for path, options in ((str(flat), {}), ('flat', {}), ('.', {'cwd': flat}), ('../flat', {'cwd': desk.trace.parent}),
                          ('~/flat', {'HOME': str(desk.folder)}), ('/nowhere;sorted', {})):
        desk.new_cache()
        yield from expect(f'frames with “{path}”', desk.frames('--symbols', path, **options), desk.named())
    desk.new_cache()
    yield from expect('frames with the variable', desk.frames(_NT_SYMBOL_PATH='flat'), desk.named())


def check_missing(desk):
    desk.new_cache()
    yield from expect_in('state with an empty folder', desk.state('--symbols', '/nowhere'), 'not found',
                         f'“{desk.image.name}” {desk.keys[desk.image.name]} was not found')
    images_only = desk.folder / 'images-only'
    images_only.mkdir()
    shutil.copy(desk.image, images_only)
    yield from expect_in('state with the image alone', desk.state('--symbols', str(images_only)), 'not found',
                         f'“{desk.pdb.name}” {desk.keys[desk.pdb.name]} was not found')


def check_stores(desk):
    """From a store that is farther away to one that is nearer."""
    desk.new_cache()
    desk.store('far')
    yield from expect('frames', desk.frames('--symbols', 'srv*~/near*~/far', HOME=str(desk.folder)), desk.named())
    for file in (desk.image, desk.pdb):
        if not desk.folder.joinpath('near', file.name, desk.keys[file.name], file.name).is_file():
            yield f'{file.name} was not kept'
    if any(desk.folder.glob('**/~*')):
        yield 'there is a folder called ~'


def check_server(desk):
    """Image and PDB come from a server by their keys, into the cache that stands for C:\\symbols; once is enough."""
    desk.new_cache()
    with Server(desk.store('served')) as server:
        path = f'srv*c:\\symbols*{server.url}'
        yield from expect('frames', desk.frames('--symbols', path), desk.named())
        asked = [f'/{file.name}/{desk.keys[file.name]}/{file.name}' for file in (desk.image, desk.pdb)]
        yield from expect('requests', [request for request in server.paths if 'index2' not in request], asked)
        store = desk.cache / 'poolscope' / 'symbols'
        for request in asked:
            if not store.joinpath(request[1:]).is_file():
                yield f'{request} is not in the store'
        server.paths.clear()
        yield from expect('frames of the second run', desk.frames('--symbols', path), desk.named())
        yield from expect('requests of the second run', server.paths, [])
        shutil.rmtree(store / desk.pdb.name)
        yield from expect('frames without the PDB', desk.frames('--symbols', path, '--offline'), desk.named())
        yield from expect_in('state without the PDB', desk.state('--symbols', path, '--offline'), 'from the cache')
        desk.new_cache()
        yield from expect_in('state while offline', desk.state('--symbols', path, '--offline'), 'not asked while offline')
        yield from expect('requests while offline', server.paths, [])


def check_https(desk):
    """A server that nobody vouches for is not trusted, and named; one that the user trusts is."""
    certificate = desk.certificate()
    with Server(desk.folder / 'served', certificate) as server:
        desk.new_cache()
        state = desk.state('--symbols', f'srv*{server.url}')
        yield from expect_in('state', state, 'the certificate of “127.0.0.1” is not trusted')
        yield from expect('requests', server.paths, [])
        yield from expect_in('state with a file that is not there',
                             desk.state('--symbols', f'srv*{server.url}', SSL_CERT_FILE='/nowhere.pem'),
                             '/nowhere.pem')
        desk.new_cache()
        yield from expect('frames', desk.frames('--symbols', f'srv*{server.url}', SSL_CERT_FILE=certificate[0]),
                          desk.named())
        if not server.paths:
            yield 'the server was not asked'


def check_proxy(desk):
    """Where the environment names a proxy it is asked, unless the environment excepts the server."""
    url = 'http://symbols.invalid/store'
    with Server(desk.folder / 'proxied') as proxy:
        shutil.copytree(desk.folder / 'served', desk.folder / 'proxied' / 'store')
        desk.new_cache()
        yield from expect('frames through the proxy', desk.frames('--symbols', f'srv*{url}', http_proxy=proxy.url),
                          desk.named())
        if not any(path.startswith(f'{url}/{desk.image.name}/') for path in proxy.paths):
            yield f'the proxy was asked for {proxy.paths}'
        proxy.paths.clear()
        desk.new_cache()
        with Server(desk.folder / 'served') as server:
            frames = desk.frames('--symbols', f'srv*{server.url}', http_proxy=proxy.url, no_proxy='127.0.0.1')
            yield from expect('frames past the proxy', frames, desk.named())
            if not server.paths:
                yield 'the server was not asked'
        yield from expect('requests that the proxy was not to get', proxy.paths, [])


def main():
    checks = (check_without, check_folders, check_missing, check_stores, check_server, check_https, check_proxy)
    n_failures = 0
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), *map(os.path.abspath, sys.argv[1:4]))
        for number, check in enumerate(checks, 1):
            complaints = []
            try:
                complaints.extend(check(desk))
            except subprocess.CalledProcessError as error:
                complaints.append(f'{error}: {error.stderr}')
            print('not ok' if complaints else 'ok', number, '-', check.__name__.replace('_', ' '), flush=True)
            for complaint in complaints:
                print('#', complaint, flush=True)
            n_failures += bool(complaints)
        print(f'1..{len(checks)}')
    return 1 if n_failures else 0


if __name__ == '__main__':
    sys.exit(main())
