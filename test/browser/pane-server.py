"""Everything that the pane's test asks of a server: cookies, redirects, forms, assets, downloads, a hostile page."""
import http.server
import json
import urllib.parse

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20" fill="green"/></svg>'
PAGES = {
    '/': ('text/html; charset=utf-8', '''<!doctype html><title>Home &amp; more</title><link rel="stylesheet" href="style.css"><h1>Home</h1>
<p id="styled">styled</p><img id="picture" src="picture.svg"><p id="script"></p><script src="script.js"></script>
<a id="second" href="second?x=1#there">second</a> <a id="redirect" href="redirect">redirect</a> <a id="file" href="data.bin">data</a> <a id="text" href="/text">text</a>
<form id="get" action="echo"><input name="q" value="a b&amp;c"><button name="how" value="got">get</button></form>
<form id="post" action="echo" method="post"><textarea name="t">1\n2</textarea><button>post</button></form>
<form id="upload" action="echo" method="post" enctype="multipart/form-data"><input name="n" value="ü"><input type="file" name="f"><button>upload</button></form>
<button id="go" onclick="location.href = '/second'">go</button>
<button id="swap" onclick="fetch('/json', {method: 'PUT', headers: {'X-Mine': 'yes'}, body: 'hello'}).then(r => r.json()).then(j => swapped.textContent = JSON.stringify(j))">swap</button>
<button id="xhr" onclick="const x = new XMLHttpRequest; x.open('GET', 'text'); x.onload = () => swapped.textContent = x.status + x.responseText; x.send()">xhr</button>
<button id="later" onclick="const i = new Image; i.id = 'late'; i.src = 'picture.svg'; document.body.append(i)">later</button><p id="swapped"></p>'''),
    '/style.css': ('text/css', '#styled { color: rgb(1, 2, 3); background: url("picture.svg") }'),
    '/picture.svg': ('image/svg+xml', SVG),
    '/script.js': ('text/javascript', 'document.getElementById("script").textContent = "ran: " + document.cookie'),
    '/second': ('text/html', '<title>Second</title><div style="height: 3000px"></div><p id="there">the second page</p>'),
    '/leaves': ('text/html', '<script>window["loca" + "tion"].href = OUTSIDE + "left"</script>'),
    '/refresh': ('text/html', '<meta http-equiv="refresh" content="0; url=/second">'),
    '/text': ('text/plain; charset=iso-8859-1', 'plain <b>text</b> \xe9'),
    '/data.bin': ('application/octet-stream', 'bytes'),
    '/hostile': ('text/html', '''<!doctype html><p id="said"></p><script>
const tried = {}
const attempt = async (name, run) => { try { tried[name] = String(await run()) } catch (error) { tried[name] = 'stopped: ' + (error.name || error) } }
const loads = (element, url) => new Promise((resolve, reject) => { element.onload = () => resolve('reached'); element.onerror = () => reject(new Error('stopped')); element.src = url; document.documentElement.append(element) })
const bare = document.createElement('iframe')
;(async () => {
  await attempt('dom', () => top.document.title)
  await attempt('location', () => { top['location'] = 'about:blank#gone'; return 'asked' })
  await attempt('storage', () => Storage.prototype.getItem.call(Object.getOwnPropertyDescriptor(Window.prototype, 'localStorage').get.call(window), 'secret'))
  await attempt('worker', () => navigator.serviceWorker.register('/sw.js'))
  await attempt('database', () => indexedDB.open('x'))
  await attempt('caches', () => caches.open('x'))
  await attempt('socket', () => new Promise((resolve, reject) => { const s = new WebSocket(OUTSIDE.replace('http', 'ws')); s.onopen = () => resolve('reached'); s.onerror = () => reject(new Error('stopped')) }))
  await attempt('image', () => loads(new Image, OUTSIDE + 'image.png'))
  await attempt('script', () => loads(document.createElement('script'), OUTSIDE + 'script.js'))
  await attempt('fetch', () => fetch(OUTSIDE + 'fetch'))
  await attempt('beacon', () => navigator.sendBeacon(OUTSIDE + 'beacon'))
  await attempt('module', () => import(OUTSIDE + 'module.js'))
  await attempt('messages', () => { for (let i = 0; i < top.length; i++) top[i].postMessage({ op: 'kernel', script: 0 }, '*'); top.postMessage({ op: 'failed', reason: 'a page said so' }, '*'); parent.postMessage({ op: 'start', bridge: '' }, '*'); return 'sent' })
  document.getElementById('said').textContent = JSON.stringify(tried)
})()
</script>'''),
}


class Handler(http.server.BaseHTTPRequestHandler):
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
        if path == '/redirect':
            return self.answer('text/plain', '', 302, [('Location', '/second'), ('Set-Cookie', 'hop=1; Path=/')])
        if path == '/echo':
            return self.echo(urllib.parse.parse_qsl(query))
        if path not in PAGES:
            return self.answer('text/plain', f'no {path}', 404)
        kind, text = PAGES[path]
        if path in ('/hostile', '/leaves'):
            text = text.replace('OUTSIDE', json.dumps(urllib.parse.unquote(query)))
        cookies = [('Set-Cookie', 'seen=yes; Path=/'), ('Set-Cookie', 'hidden=1; HttpOnly')] if path == '/' else []
        self.answer(kind, text, headers=cookies)

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
