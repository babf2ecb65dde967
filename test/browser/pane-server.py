"""A server for the pane's test: cookies, redirects, forms, downloads, answers in pieces, errors, and the pages of pane-pages.py."""
import base64
import contextlib
import gzip
import http.server
import json
import select
import socket
import urllib.parse

from pages import PAGES, SVG


ANSWERS = ('/kept', '/packed', '/pieces', '/broken', '/events', '/closed', '/growing', '/late.svg', '/asked', '/vault')
CALLS = socket.create_server(('', 8081))


def wait_for_caller():
    """Whoever has read what came so far asks port 8081 for the rest. After one who says `free` nothing waits until the next home page."""
    if not Handler.freed:
        caller = CALLS.accept()[0]
        Handler.freed = caller.recv(4) == b'free'
        caller.close()


def forget_callers():
    Handler.freed = False
    while select.select([CALLS], [], [], 0)[0]:
        CALLS.accept()[0].close()


class Handler(http.server.BaseHTTPRequestHandler):
    kept = 0
    asked = []
    freed = False

    def log_message(self, *args):
        pass

    def answer(self, kind, text, status=200, headers=()):
        body = text.encode('latin-1' if '8859' in kind else 'utf-8')
        self.send_response(status)
        for name, value in [('Content-Type', kind), ('Content-Length', str(len(body))), *headers]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path, _, query = self.path.partition('?')
        Handler.asked.append(self.path)
        if path == '/':
            forget_callers()
        if path == '/redirect':
            return self.answer('text/plain', '', 302, [('Location', '/second'), ('Set-Cookie', 'hop=1; Path=/')])
        if path == '/echo':
            return self.echo(urllib.parse.parse_qsl(query))
        if path not in PAGES and path not in ANSWERS:
            return self.answer('text/plain', f'no {path}', 404)
        if path == '/kept':
            if self.headers['If-None-Match'] == '"1"':
                return self.answer('text/html', '', 304)
            Handler.kept += 1
            return self.answer('text/html', f'<p id="kept">answer {Handler.kept}', headers=[('ETag', '"1"')])
        if path == '/packed':
            return self.pieces('text/html', [gzip.compress(b'<p id="packed">unpacked')], [('Content-Encoding', 'gzip')])
        if path == '/pieces':
            return self.pieces('text/plain', [b'one', wait_for_caller, b'two'])
        if path == '/growing':
            start = b'<title>Growing</title><p id="first" onclick="0">first</p><img id="picture" src="picture.svg?growing"><script>first.textContent += " ran"</script><a id="second" href="/second">second</a>'
            return self.pieces('text/html', [start, wait_for_caller, b'<p id="middle">middle</p>', wait_for_caller, b'<p id="last">last</p>'])
        if path == '/late.svg':
            wait_for_caller()
            return self.answer('image/svg+xml', SVG)
        if path == '/asked':
            return self.answer('text/plain', str(Handler.asked.count(query)))
        if path == '/broken':
            return self.pieces('text/html', [b'<p id="came">this came'], [('Content-Length', '1000')])
        if path == '/events':
            last = self.headers['Last-Event-ID']
            return self.pieces('text/event-stream', [f'retry: 10\nid: 7\nevent: mine\ndata: {last}\ndata: two\n\n'.encode()])
        if path == '/closed':
            if self.headers['Authorization'] != 'Basic dXM6cHc=':
                return self.answer('text/html', 'closed', 401, [('WWW-Authenticate', 'Basic realm="the vault"')])
            return self.answer('text/html', '<p id="open">open')
        if path == '/vault':
            if self.headers['Authorization'] != 'Basic ' + base64.b64encode('us:pä'.encode()).decode():
                return self.answer('text/html', 'closed', 401, [('WWW-Authenticate', r'Basic realm="the \"vault\""')])
            return self.answer('text/html', '<p id="open">open')
        kind, text = PAGES[path]
        if path in ('/hostile', '/leaves'):
            text = text.replace('OUTSIDE', json.dumps(urllib.parse.unquote(query)))
        cookies = [('Set-Cookie', 'seen=yes; Path=/'), ('Set-Cookie', 'hidden=1; HttpOnly')] if path == '/' else []
        self.answer(kind, text, headers=cookies)

    def pieces(self, kind, pieces, headers=()):
        """An answer whose end is the connection's."""
        self.send_response(200)
        for name, value in [('Content-Type', kind), *headers]:
            self.send_header(name, value)
        self.end_headers()
        for piece in pieces:
            bytes = piece() or b'' if callable(piece) else piece
            # Whoever has gone still calls for the rest.
            with contextlib.suppress(ConnectionError):
                self.wfile.write(bytes)
                self.wfile.flush()

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.echo([(self.headers['Content-Type'].partition(';')[0], body.decode())])

    def do_PUT(self):
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        self.answer('application/json', json.dumps([body, self.headers['X-Mine'], self.headers['Origin']]))

    def echo(self, fields):
        # Boundaries are chosen anew each time.
        text = json.dumps([self.command, fields, self.headers['Cookie'], self.headers['Referer']])
        self.answer('text/html', f'<title>Echo</title><pre id="echo">{text.replace("<", "&lt;")}</pre>')


http.server.HTTPServer(('', 8080), Handler).serve_forever()
