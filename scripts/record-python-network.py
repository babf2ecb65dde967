"""Records what programs on sockets print: test/recorded/python-network.json, replayed in the machine by test/python-network.test.ts.

Run as `python3.13 scripts/record-python-network.py` (the nearest to the machine's 3.14). Dates are shown as DATE. The wheels of requests
are looked for in .cache/wheels and are on PYTHONPATH.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHEELS = ('requests', 'urllib3', 'idna', 'certifi', 'charset_normalizer')

# Starts a server as another process, and waits for it.
START = '''
import subprocess, sys, time, socket, signal
def start(*argv):
    process = subprocess.Popen([sys.executable, '-u', *argv], stdout=open('out', 'w'), stderr=open('err', 'w'))
    while socket.socket().connect_ex(('127.0.0.1', 8123)):
        if process.poll() is not None: sys.exit(open('err').read())
        time.sleep(0.05)
    return process
def stop(process, number=signal.SIGINT):
    process.send_signal(number)
    print('status', process.wait())
    print(open('out').read(), open('err').read(), sep='')
'''
PROGRAMS = {
    'what is there': '''
import socket, select, selectors, asyncio, socketserver, http.server, wsgiref.simple_server, xmlrpc.server, urllib.request
print(socket.AF_INET, socket.AF_UNIX, socket.SOCK_STREAM, socket.SO_REUSEADDR, socket.SO_REUSEPORT, socket.SOL_SOCKET, socket.SHUT_WR)
print(all(hasattr(socket, name) for name in ('socketpair', 'create_server', 'create_connection', 'getaddrinfo', 'gethostname')))
''',
    'a connection': '''
import socket
with socket.create_server(('localhost', 8123)) as server, socket.create_connection(('localhost', 8123)) as client:
    end, address = server.accept()
    print(server.getsockname(), address == client.getsockname(), end.getpeername() == client.getsockname(), client.getpeername())
    client.sendall(b'ping'); print(end.recv(10))
    with end.makefile('rw') as stream:
        stream.write('a line\\nanother\\n'); stream.flush()
    print(client.recv(100)); client.shutdown(socket.SHUT_WR); print(end.recv(1)); end.close(); print(client.recv(1))
print(server, client)
''',
    'what goes wrong': '''
import socket
def attempt(run):
    try: print(run())
    except OSError as error: print(type(error).__name__, error)
server = socket.create_server(('127.0.0.1', 8123))
attempt(lambda: socket.create_connection(('127.0.0.1', 8124)))
attempt(lambda: socket.create_server(('127.0.0.1', 8123)))
attempt(lambda: socket.socket().recv(1))
attempt(lambda: socket.socket().getpeername())
attempt(lambda: socket.socket().accept())
attempt(lambda: socket.socket().connect_ex(('127.0.0.1', 8124)))
attempt(lambda: socket.getaddrinfo('no-such-host', 80))
attempt(lambda: socket.getaddrinfo('127.0.0.1', 'no-such-service'))
attempt(lambda: socket.socket().connect(('no-such-host', 80)))
attempt(lambda: socket.socket().bind(('192.0.2.1', 8125)))
attempt(lambda: socket.socket().setsockopt(socket.SOL_SOCKET, 999, 1))
attempt(lambda: socket.socket().getsockopt(socket.SOL_SOCKET, 999))
attempt(lambda: socket.socket(fileno=999))
server.settimeout(0.02); attempt(server.accept)
server.setblocking(False); attempt(server.accept)
client = socket.create_connection(('127.0.0.1', 8123))
server.setblocking(True); end, _ = server.accept()
client.settimeout(0.02); attempt(lambda: client.recv(1)); attempt(lambda: client.connect(('127.0.0.1', 8123)))
client.sendall(b'unread'); end.close(); attempt(lambda: client.recv(1)); attempt(lambda: client.recv(1)); attempt(lambda: client.send(b'x'))
''',
    'options and names': '''
import socket
sock = socket.socket()
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); print(sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True); print(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\\1\\0\\0\\0\\0\\0\\0\\0')
print(sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
try: sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 'x')
except TypeError as error: print('TypeError')
print(sock.type, sock.family, sock.proto, sock.getblocking(), sock.gettimeout(), sock.get_inheritable())
print(socket.gethostbyname('localhost'), socket.gethostbyname_ex('127.0.0.1'))
for options in ({'type': 1}, {'proto': 17}, {'type': 2, 'family': 2}): print(socket.getaddrinfo('127.0.0.1', 80, **options))
print(socket.getaddrinfo(None, 80, 2, 1, 0, socket.AI_PASSIVE), socket.getnameinfo(('127.0.0.1', 80), 3))
''',
    'Unix sockets and datagrams': '''
import socket
a, b = socket.socketpair(); a.sendall(b'pair'); print(b.recv(9), a.family, repr(a.getsockname())); a.close(); print(b.recv(1))
server = socket.socket(socket.AF_UNIX); server.bind('name'); server.listen()
client = socket.socket(socket.AF_UNIX); client.connect('name'); end, address = server.accept()
print(repr(address), server.getsockname(), client.getpeername(), repr(client.getsockname())); client.send(b'hi'); print(end.recv(9))
try: socket.socket(socket.AF_UNIX).connect('nothing')
except OSError as error: print(repr(error))
server.settimeout(0.02)
try: server.accept()
except OSError as error: print(repr(error))
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); receiver.bind(('127.0.0.1', 8123))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); sender.bind(('127.0.0.1', 8124)); sender.sendto(b'datagram', ('127.0.0.1', 8123))
print(receiver.recvfrom(4), receiver.sendto(b'back', sender.getsockname()), sender.recvmsg(10)[0::3])
print(sender.sendmsg([b'a', b'b'], [], 0, ('127.0.0.1', 8123)))
''',
    'select, poll and selectors': '''
import os, select, selectors, socket
server = socket.create_server(('127.0.0.1', 8123)); client = socket.create_connection(('127.0.0.1', 8123)); end, _ = server.accept()
read, write = os.pipe()
everything = [server, end, read]
print(select.select(everything, [client], [], 0.01)[0], len(select.select([], [client], [])[1]))
client.send(b'x'); os.write(write, b'y'); print(select.select(everything, [], [])[0] == [end, read])
watched = select.poll(); watched.register(end, select.POLLIN); watched.register(client, select.POLLOUT | select.POLLIN)
print([events for _, events in watched.poll()]); end.close(); print([events for _, events in watched.poll(10)])
with selectors.DefaultSelector() as selector:
    selector.register(server, selectors.EVENT_READ, 'server'); print(selector.select(0.01))
    another = socket.create_connection(('127.0.0.1', 8123)); print([(key.data, events) for key, events in selector.select(1)])
''',
    'asyncio': '''
import asyncio
async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper()); await writer.drain()
    writer.close()
async def client(number):
    reader, writer = await asyncio.open_connection('127.0.0.1', 8123)
    writer.write(b'hello %d\\n' % number); writer.write_eof(); answer = await reader.read()
    writer.close(); await writer.wait_closed(); return answer
async def main():
    server = await asyncio.start_server(echo, '127.0.0.1', 8123)
    async with server:
        print(await asyncio.gather(*map(client, range(5))))
        try: await asyncio.wait_for(asyncio.sleep(9), 0.05)
        except TimeoutError: print('timed out')
    try: await asyncio.open_connection('127.0.0.1', 8123)
    except OSError as error: print(repr(error))
    process = await asyncio.create_subprocess_exec('cat', stdin=-1, stdout=-1); print(await process.communicate(b'through cat'))
asyncio.run(main())
''',
    'socketserver': '''
import os, socket, socketserver
class Upper(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile: self.wfile.write(line.upper())
with socketserver.TCPServer(('127.0.0.1', 8123), Upper) as server:
    for text in (b'one\\n', b'two\\nthree\\n'):
        client = socket.create_connection(server.server_address); client.sendall(text); client.shutdown(socket.SHUT_WR)
        server.handle_request(); print(client.recv(99))
    server.timeout = 0.02; server.handle_timeout = lambda: print('nobody'); server.handle_request()
''',
    'http.server': START + '''
import urllib.request, urllib.error
open('hello.txt', 'w').write('hi there\\n')
server = start('-m', 'http.server', '8123')
with urllib.request.urlopen('http://localhost:8123/hello.txt') as answer:
    print(answer.status, answer.read(), answer.headers['Content-Type'])
try: urllib.request.urlopen('http://localhost:8123/nothing')
except urllib.error.HTTPError as error: print(error, error.headers['Content-Type'])
stop(server)
try: urllib.request.urlopen('http://localhost:8123/')
except urllib.error.URLError as error: print(error)
''',
    'http.server twice': START + '''
server = start('-m', 'http.server', '8123', '--bind', '127.0.0.1')
second = subprocess.run([sys.executable, '-m', 'http.server', '8123', '--bind', '127.0.0.1'], capture_output=True, text=True)
print(second.stderr.splitlines()[-1])
stop(server, signal.SIGTERM)
again = start('-m', 'http.server', '8123', '--bind', '127.0.0.1'); stop(again)
''',
    'requests': START + '''
import requests
open('data.json', 'w').write('{"a": 1}')
server = start('-m', 'http.server', '8123')
answer = requests.get('http://localhost:8123/data.json'); print(answer, answer.json(), answer.headers['Content-type'])
print(requests.head('http://localhost:8123/nothing').status_code, requests.post('http://localhost:8123/', data={'a': 1}).status_code)
with requests.Session() as session: print([session.get('http://127.0.0.1:8123/data.json').status_code for _ in range(3)])
stop(server)
try: requests.get('http://localhost:8123/')
except requests.ConnectionError as error: print(type(error).__name__, type(error.args[0]).__name__)
''',
    'wsgiref': START + '''
import urllib.request
open('app.py', 'w').write("""
from wsgiref.simple_server import make_server
def app(environ, start):
    start('200 OK', [('Content-Type', 'text/plain')]); return [environ['REQUEST_METHOD'].encode(), b' ', environ['PATH_INFO'].encode()]
make_server('127.0.0.1', 8123, app).serve_forever()
""")
server = start('app.py')
print(urllib.request.urlopen('http://127.0.0.1:8123/a/path', b'data').read())
server.kill(); print('status', server.wait()); print(open('err').read())
''',
    'a peer that is killed': '''
import socket, subprocess, sys
server = socket.create_server(('127.0.0.1', 8123))
child = "import socket, time; s = socket.create_connection(('127.0.0.1', 8123)); s.send(b'here'); time.sleep(60)"
for unread in (b'', b'unread'):
    process = subprocess.Popen([sys.executable, '-c', child]); end, _ = server.accept(); print(end.recv(9))
    if unread: end.send(unread)
    process.kill(); process.wait()
    try: print(end.recv(9))
    except OSError as error: print(repr(error))
''',
    'a socket is inherited': '''
import socket, subprocess, sys
a, b = socket.socketpair()
child = f"import socket; s = socket.socket(fileno={b.fileno()}); print(s.family, s.type, flush=True); s.sendall(b'from the child')"
print(subprocess.run([sys.executable, '-c', child], pass_fds=[b.fileno()]).returncode, a.recv(99), flush=True)
print(subprocess.run([sys.executable, '-c', child], capture_output=True, text=True).stderr.splitlines()[-1])
''',
}


def shown(text):
    return re.sub(r'\[\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d\]', '[DATE]', text)


def record(program, environment):
    with tempfile.TemporaryDirectory() as directory:
        Path(directory, 'program.py').write_text(program)
        done = subprocess.run([sys.executable, 'program.py'], cwd=directory, env=environment, capture_output=True, text=True, timeout=60)
    return {'status': done.returncode, 'stdout': shown(done.stdout), 'stderr': shown(done.stderr)}


if __name__ == '__main__':
    wheels = [str(path) for name in WHEELS for path in sorted((ROOT / '.cache' / 'wheels').glob(f'{name}-*none-any.whl'))]
    environment = {'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8', 'PYTHONPATH': ':'.join(wheels)}
    rows = []
    for number, (name, program) in enumerate(PROGRAMS.items()):
        # Each has ports of its own: what one leaves in TIME_WAIT is no other's affair.
        program = re.sub(r'\b812(\d)\b', lambda port: str(8120 + 10 * number + int(port[1])), program)
        rows.append({'name': name, 'program': program, **record(program, environment)})
    target = ROOT / 'test' / 'recorded' / 'python-network.json'
    target.write_text(json.dumps({'wheels': WHEELS, 'programs': rows}, indent=1) + '\n')
    print(f'{len(rows)} programs in {target.name}')
