"""Records what curl and ss say: test/recorded/network.json, replayed by engine/commands/network.test.ts.

Run as `python3 scripts/record-network.py` where curl 7.88 and iproute2's ss are installed. Both sides ask the same server,
on port 8080: it
answers a path with the bytes in ANSWERS, and /echo with the request itself. Numbers that are times are shown as N.
"""
import gzip
import json
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

HEAD = 'Server: Test\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n'


# What Python and the machine make of the same bytes.
GZIPPED = gzip.compress(b'packed\n' * 20, mtime=0).decode('latin-1')


def answer(status, body='', *headers, length=True):
    fields = [*headers, *([f'Content-Length: {len(body)}'] if length else [])]
    return f'HTTP/1.1 {status}\r\n{HEAD}' + ''.join(f'{field}\r\n' for field in fields) + '\r\n' + body


ANSWERS = {
    '/file.txt': answer('200 OK', 'a file\n'),
    '/': answer('200 OK', 'the root\n'),
    '/redirect': answer('302 Found', 'moved\n', 'Location: /echo/there'),
    '/keep': answer('307 Temporary Redirect', '', 'Location: /echo/kept'),
    '/loop': answer('302 Found', '', 'Location: /loop'),
    '/cookie': answer('200 OK', 'ok\n', 'Set-Cookie: a=1; Path=/', 'Set-Cookie: b=2; Path=/other; HttpOnly'),
    '/empty': '',
    '/short': answer('200 OK', 'abc', 'Content-Length: 10', 'Connection: close', length=False),
    '/chunked': answer('200 OK', '5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n', 'Transfer-Encoding: chunked', length=False),
    '/until-end': 'HTTP/1.0 200 OK\r\n\r\nuntil the end\n',
    '/close': answer('200 OK', 'closed\n', 'Connection: close'),
    '/error': answer('500 Internal Server Error', 'broken\n'),
    '/nothing': answer('404 Not Found', 'nothing here\n'),
    '/none': 'HTTP/1.1 204 No Content\r\n\r\n',
    '/busy': answer('503 Service Unavailable', 'busy\n'),
    '/packed': answer('200 OK', GZIPPED, 'Content-Encoding: gzip'),
    '/unpacked': answer('200 OK', 'not packed', 'Content-Encoding: gzip'),
    '/auth': answer('401 Unauthorized', 'who?\n', 'WWW-Authenticate: Basic realm="x"'),
}
FILES = {'hello.txt': 'hi there\n', 'jar': '# Netscape HTTP Cookie File\nlocalhost\tFALSE\t/\tFALSE\t0\tkept\tyes\n'}
URL = 'http://localhost:8080'
CURL = [
    [], ['--foo'], ['-X'], ['-G'], ['-m', 'x', URL], ['-sS', URL + '/echo'], [URL + '/file.txt'],
    ['-sv', URL + '/file.txt'], ['-sI', URL + '/error'], ['-si', URL + '/error'], ['-sS', 'http://localhost:8081/'],
    ['http://localhost:8081/'],
    ['-sS', 'http://nohost/'], ['-sv', 'http://nohost/'], ['-sS', 'http://'], ['-sS', 'gopherish://x/'],
    ['-s', 'http://localhost:8080/a b'],
    ['-sS', 'http://localhost:99999/'], ['-fsS', URL + '/nothing'], ['-sf', URL + '/nothing'], ['-svf', URL + '/nothing'],
    ['-f', URL + '/nothing'], ['-s', '--fail-with-body', URL + '/nothing'], ['-sSL', URL + '/loop', '--max-redirs', '3'],
    ['-sSL', URL + '/redirect'], ['-s', URL + '/redirect'], ['-sL', '-d', 'a=b', URL + '/redirect'],
    ['-sL', '-X', 'POST', '-d', 'a=b', URL + '/redirect'],
    ['-sL', '-d', 'a=b', URL + '/keep'], ['-sIL', URL + '/redirect'], ['-sS', URL + '/empty'], ['-sv', URL + '/empty'], [URL + '/empty'],
    ['-sS', URL + '/short'], ['-sS', URL + '/chunked'], ['-sS', URL + '/until-end'], ['-sv', URL + '/close', URL + '/none'],
    ['-sv', URL + '/file.txt', URL + '/'], ['-s', '-d', 'a=1', '-d', 'b=2', URL + '/echo'], ['-sv', '-d', 'a=b', URL + '/echo'],
    ['-s', '-X', 'PUT', '-H', 'X-A: b', '-H', 'Accept:', URL + '/echo'], ['-s', '-X', 'DELETE', URL + '/echo'],
    ['-s', '-H', 'X-Empty;', '-H', 'Host: x', URL + '/echo'], ['-s', '--data-urlencode', 'q=a b&c/é', URL + '/echo'],
    ['-s', '--data-urlencode', 'name@hello.txt', URL + '/echo'], ['-s', '--data-urlencode', 'a b', '--data-raw', '@x', URL + '/echo'],
    ['-s', '-G', '-d', 'q=1', '-d', 'r=2', URL + '/echo?p=0'], ['-s', '-u', 'me:pw', URL + '/echo'],
    ['-s', '-A', 'agent', '-e', 'ref', URL + '/echo'],
    ['-s', '-b', 'x=1', URL + '/echo'], ['-s', '-b', 'jar', URL + '/echo'], ['-s', '-c', '-', URL + '/cookie'],
    ['-s', '-b', 'jar', '-c', 'out.txt', URL + '/cookie', URL + '/echo'], ['-s', '-d', '@hello.txt', URL + '/echo'],
    ['-s', '--data-binary', '@hello.txt', URL + '/echo'], ['-sS', '-d', '@nofile', URL + '/echo'], ['-s', '--json', '{}', URL + '/echo'],
    ['-s', '-r', '0-2', URL + '/echo'], ['-s', '-o', 'out.txt', URL + '/file.txt'], ['-o', 'out.txt', URL + '/file.txt'],
    ['-sO', URL + '/file.txt'], ['-sS', '-O', URL + '/'], ['-d', 'a=b', '-o', 'out.txt', URL + '/echo'],
    ['-sS', '-D', '-', URL + '/cookie'],
    ['-sS', '-D', 'out.txt', URL + '/file.txt'], ['-s', '-d', 'a', '-I', URL + '/echo'], ['-s', 'localhost:8080/echo'],
    ['-s', '127.0.0.1:8080/echo'],
    ['-s', '-o', 'out.txt', '-w', r'%{http_code} %{size_download} %{content_type} %{num_redirects} %{url_effective}\n',
    URL + '/file.txt'],
    ['-sL', '-o', 'out.txt', '-w', r'%{response_code}\t%{num_redirects} %{num_connects} %{url_effective} %{method} %{scheme} %%\n',
    URL + '/redirect'],
    ['-s', '-w', r'%{redirect_url} %{remote_ip} %{remote_port} %{size_upload} %{exitcode} %{http_version}\n', URL + '/redirect'],
    ['-s', '-w', '%{nonsense}|\n', URL + '/file.txt'], ['-s', '-w', r'%{http_code} %{exitcode}\n', 'http://localhost:8081/'],
    ['-sS', '-m', '0.3', URL + '/slow'], ['-s', URL + '/auth'], ['-s', '-T', 'nofile', URL + '/echo'],
    ['-sS', 'http://localhost:8081/', URL + '/file.txt'], ['-sS', URL + '/file.txt', 'http://localhost:8081/'],
    ['-s', '-F', 'a=b c', '-F', 'q="x;y"', '-F', 'file=@hello.txt', URL + '/echo'], ['-sv', '-F', 'a=b', URL + '/echo'],
    ['-s', '-F', 'f=@hello.txt;type=text/x;filename="n\\"m.bin"', '-F', 'text=<hello.txt', '-F', 'é=@jar', URL + '/echo'],
    ['-s', '--form-string', 'a=@b;type=c', '-F', 'typed=1;type=application/json', URL + '/echo'], ['-s', '-X', 'PUT', '-F', 'a=', URL + '/echo'],
    ['-sS', '-F', 'f=@nofile', URL + '/echo'], ['-F', 'nothing', URL + '/echo'], ['-s', '-F', 'a=b', '-d', 'c=d', URL + '/echo'],
    ['-F', 'a=b', '-I', URL + '/echo'], ['-sL', '-F', 'a=b', URL + '/redirect'], ['-sL', '-F', 'a=b', URL + '/keep'],
    ['-s', '--compressed', URL + '/echo'], ['-s', '--compressed', '-H', 'Accept-Encoding: x', URL + '/echo'], ['-s', '--compressed', URL + '/packed'],
    ['-s', URL + '/packed', '-o', '/dev/null', '-w', '%{size_download}\n'], ['-sS', '--compressed', URL + '/unpacked'],
    ['-sS', '--retry', '2', 'http://localhost:8081/'],
    ['--retry', '1', '--retry-delay', '1', '--retry-connrefused', '-S', '--no-progress-meter', 'http://localhost:8081/'],
    ['--retry', '1', '--retry-delay', '1', '--no-progress-meter', '-f', URL + '/busy'], ['--retry', 'x', URL], ['--retry', '1', '-sS', URL + '/nothing'],
    ['-s', '-0', URL + '/echo'], ['-q', '-s', URL + '/file.txt'], ['-sS', '--connect-timeout', '2', URL + '/file.txt'],
    ['-d', 'a', '-I', URL], ['-d', 'a', '-F', 'a=b', URL], ['-T', 'jar', '-d', 'a', URL], ['-I', '-F', 'a=b', URL], ['-T', 'jar', '-I', URL],
    ['-sSk', 'https://localhost:8081/'],
    ['-s', '-F', 'f=@hello.txt;type="text/x; charset=y" ', '-F', 'g=h;type= text/z ', URL + '/echo'],
    ['-m', '0.1', '--retry', '2', '--no-progress-meter', URL + '/slow'],
    ['-sS', '-F', 'a=b;more=c', URL + '/echo'], ['--no-progress-meter', '-F', 'a=b;more=c', URL + '/none'],
]
SS = [['-ltn'], ['-tn'], ['-tan'], ['-uan'], ['-ltun'], ['-ltnH'], ['-tanH'], ['-ta'], ['-tuan'], ['-tu'], ['-tul'],
['-tn', 'state', 'established'], ['-tn', 'state', 'nonsense'],
      ['-ta', 'sport', '=', ':8090'], ['-tan', 'dport', '=', ':8090'], ['-Q']]


def serve(server):
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=talk, args=(connection,), daemon=True).start()


def talk(connection):
    stream = connection.makefile('rb')
    while first := stream.readline():
        request, length = first, 0
        while (line := stream.readline()).strip():
            request += line
            if line.lower().startswith(b'content-length:'):
                length = int(line.split(b':')[1])
        request += line + stream.read(length)
        method, path = first.decode().split()[:2]
        if path == '/slow':
            time.sleep(1)
            break
        text = answer('200 OK', request.decode('latin-1')) if path.startswith('/echo') else ANSWERS[path]
        if method == 'HEAD':
            text = text[:text.index('\r\n\r\n') + 4]
        connection.sendall(text.encode('latin-1'))
        if not text or 'Connection: close' in text or text.startswith('HTTP/1.0'):
            break
    stream.close()
    connection.close()


def shown(text):
    text = re.sub(r'after \d+ (ms|milliseconds)', r'after N \1', text)
    # The meter's speeds and times, and how often it was drawn.
    text = re.sub(r'(\r(?: *\d+){6})[^\r\n]*', r'\1 N', text)
    text = re.sub(r'(\r[^\r\n]*)\1+', r'\1', text)
    # Chosen anew for each form.
    text = re.sub(r'-{24}[0-9a-f]{16}', '-' * 24 + 'B' * 16, text)
    # What this build of it can unpack besides.
    text = text.replace('deflate, gzip, br, zstd', 'deflate, gzip')
    # Another address family, and the connection pool's own affairs.
    return re.sub(r'\* (?:  Trying \[::1\]|connect to ::1|Found bundle|Can not multiplex|Hostname .* was found in DNS cache).*\n', '', text)


def record_curl():
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('127.0.0.1', 8080))
    server.listen()
    threading.Thread(target=serve, args=(server,), daemon=True).start()
    rows = []
    for argv in CURL:
        with tempfile.TemporaryDirectory() as directory:
            for name, text in FILES.items():
                Path(directory, name).write_text(text)
            environment = {'PATH': os.environ['PATH'], 'HOME': directory, 'LANG': 'C.UTF-8'}
            done = subprocess.run(['curl', *argv], cwd=directory, env=environment, capture_output=True, stdin=subprocess.DEVNULL)
            files = {str(each.relative_to(directory)): each.read_bytes().decode() for each in Path(directory).rglob('*') if each.is_file() and each.name not in FILES}
            rows.append({'argv': argv, 'status': done.returncode, 'stdout': shown(done.stdout.decode()), 'stderr': shown(done.stderr.decode()),
            'files': files})
    server.close()
    return rows


def record_ss():
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(('127.0.0.1', 8090))
    listener.listen(5)
    client = socket.socket()
    client.bind(('127.0.0.1', 35146))
    client.connect(('127.0.0.1', 8090))
    client.sendall(b'abc')
    server, _ = listener.accept()
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(('0.0.0.0', 5000))
    time.sleep(0.1)
    # Of everything else that this computer has open nothing is to be seen.
    ours = ['(', 'sport', '=', ':8090', 'or', 'dport', '=', ':8090', 'or', 'sport', '=', ':5000', ')']
    rows = []
    for argv in SS:
        filtered = [*argv, *([] if '=' in argv else ours)]
        done = subprocess.run(['ss', *filtered], capture_output=True, text=True)
        if done.stderr:
            rows.append({'argv': argv, 'status': done.returncode, 'stdout': '', 'stderr': done.stderr.split('\n')[0] + '\n'})
        else:
            rows.append({'argv': argv, 'status': done.returncode, 'stdout': done.stdout, 'stderr': ''})
    for each in (server, client, listener, datagrams):
        each.close()
    return rows


if __name__ == '__main__':
    target = Path(__file__).resolve().parent.parent / 'test' / 'recorded' / 'network.json'
    curl, ss = record_curl(), record_ss()
    target.write_text(json.dumps({'answers': ANSWERS, 'files': FILES, 'curl': curl, 'ss': ss}, indent=1, ensure_ascii=False) + '\n')
    print(f'{len(curl)} lines of curl, {len(ss)} of ss in {target.name}')
