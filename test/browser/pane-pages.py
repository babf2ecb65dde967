"""The pages of pane-server.py."""
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
    '/grabs': ('text/html', '<title>Grabs</title><input id="here"><script>here.focus()</script>'),
    '/loops': ('text/html', '<title>Loops</title><button id="loop" onclick="while (true);">loop</button>'),
    '/slow': ('text/html', '<title>Slow</title><p id="whole">whole</p><img id="picture" src="/late.svg"><script>picture.onload = () => whole.textContent += " " + picture.naturalWidth</script>'),
    '/leaves': ('text/html', '<script>window["loca" + "tion"].href = OUTSIDE + "left"</script>'),
    '/refresh': ('text/html', '<meta http-equiv="refresh" content="0; url=/second">'),
    '/text': ('text/plain; charset=iso-8859-1', 'plain <b>text</b> \xe9'),
    '/data.bin': ('application/octet-stream', 'bytes'),
    '/modern': ('text/html', '''<!doctype html><base href="/app/"><script type="importmap">{"imports": {"bare": "./lib/bare.js", "some/": "./lib/"}}</script>
<link rel="stylesheet" href="sheet.css"><p id="log"></p><p id="imported">imported</p><img id="set" srcset="../picture.svg 1x, ../picture.svg 2x">
<picture id="pic"><source srcset="../picture.svg" type="image/svg+xml"><img></picture>
<dialog id="dialog" open><form method="dialog"><button id="close" value="closed">close</button></form></dialog>
<iframe name="inner" src="frame.html"></iframe><a id="into" href="/text" target="inner">into the frame</a> <a id="blank" href="/second" target="_blank">blank</a>
<svg width="50" height="20"><a id="svg" href="/second"><text y="15">drawn</text></a></svg>
<a id="file" download="mine.txt">file</a><script>file.href = URL.createObjectURL(new Blob(['made here']))</script>
<script type="module" src="main.js"></script><script type="module">
import { name } from 'bare'
const log = {}
window.log = log
log.inline = name
log.same = name === (await import('./lib/bare.js')).name
log.late = (await import(['./lib', 'late.js'].join('/'))).default
log.prefix = (await import('some/late.js')).default
document.getElementById('log').textContent = JSON.stringify(log)
</script>'''),
    '/app/sheet.css': ('text/css', '@import "more/more.css"; @import url(sheet.css); @font-face { font-family: f; src: url(x.woff) }'),
    '/app/more/more.css': ('text/css', '#imported { color: rgb(4, 5, 6); background: url(../../picture.svg) }'),
    '/app/frame.html': ('text/html', '<p id="framed"></p><a id="within" href="/second">second</a><script>fetch("frame.txt").then(r => r.text()).then(t => framed.textContent = t + location.pathname)</script>'),
    '/app/frame.txt': ('text/plain', 'fetched in a frame '),
    '/app/main.js': ('text/javascript', 'import { name } from "./lib/bare.js"; import data from "./data.json" with { type: "json" }; window.main = [name, data.a, import.meta.url, location.pathname]'),
    '/app/data.json': ('application/json', '{"a": 1}'),
    '/app/lib/bare.js': ('text/javascript', 'import { back } from "./round.js"; export const name = "bare"; export const both = () => back()'),
    '/app/lib/round.js': ('text/javascript', 'import { name } from "./bare.js"; export const back = () => name'),
    '/app/lib/late.js': ('text/javascript', 'import { both } from "bare"; export default "late " + both()'),
    '/later': ('text/html', '''<!doctype html><p id="log"></p><p id="target">target</p><script>
const log = {}
const put = (name, properties) => new Promise((resolve, reject) => { const e = Object.assign(document.createElement(name), properties); e.addEventListener('load', () => resolve(e)); e.addEventListener('error', () => reject(new Error(name))); document.body.append(e) })
const attempt = async (name, run) => { try { log[name] = await run() } catch (error) { log[name] = String(error) }; document.getElementById('log').textContent = JSON.stringify(log) }
;(async () => {
  await attempt('script', () => put('script', { src: '/script2.js' }).then(() => window.second))
  await attempt('missing', () => put('script', { src: '/nothing.js' }))
  await attempt('module', () => put('script', { type: 'module', src: '/app/main.js' }).then(() => window.main.join(' ')))
  await attempt('picture', () => put('img', { src: 'picture.svg' }).then(i => i.naturalWidth + i.src))
  await attempt('loose', () => new Promise(resolve => { const i = new Image(); i.onload = () => resolve(i.naturalWidth); i.src = '/picture.svg' }))
  await attempt('sheet', () => put('link', { rel: 'stylesheet', href: '/style2.css' }).then(() => getComputedStyle(target).color))
  await attempt('inner', async () => { document.body.insertAdjacentHTML('beforeend', '<picture><source srcset="/picture.svg, /picture.svg 2x"><img id="sized"></picture><img id="swapped" src="/picture.svg"><script src="/never.js"><\\/script><div id="pictured" style="background: url(/picture.svg)"></div>'); await swapped.decode().catch(() => new Promise(resolve => { swapped.onload = resolve })); if (!sized.naturalWidth) await new Promise(resolve => { sized.onload = resolve }); return swapped.naturalWidth + sized.naturalWidth })
  await attempt('frame', () => put('iframe', { src: '/app/frame.html' }).then(() => 'loaded'))
  await attempt('stored', () => { const before = localStorage.visits; localStorage.visits = Number(before ?? 0) + 1; return [before ?? null, localStorage.getItem('visits'), Object.keys(localStorage)].join() })
  await attempt('events', () => new Promise(resolve => { const seen = []; const e = new EventSource('events'); e.addEventListener('mine', ({ data, lastEventId }) => { seen.push([data, lastEventId]); if (seen.length === 2) { e.close(); resolve(JSON.stringify(seen)) } }) }))
  await attempt('pieces', async () => { const reader = (await fetch('/pieces')).body.pipeThrough(new TextDecoderStream()).getReader(); const seen = []; for (;;) { const { value, done } = await reader.read(); if (done) return seen.join(' '); if (value === 'one') fetch('http://localhost:8081/').catch(() => 0); seen.push(value) } })
  await attempt('broken', async () => { const r = await fetch('/broken'); const reader = r.body.getReader(); const first = await reader.read(); return first.value.length + (await reader.read().then(() => 'whole', e => e.name)) })
  await attempt('aborted', async () => { const stop = new AbortController(); const r = await fetch('/pieces', { signal: stop.signal }); await r.body.getReader().read(); setTimeout(() => stop.abort()); const answer = await fetch('http://localhost:8081/').catch(() => 'went on'); return answer })
})()
</script>'''),
    '/script2.js': ('text/javascript', 'window.second = "second script"'),
    '/never.js': ('text/javascript', 'document.title = "a script put in as text ran"'),
    '/style2.css': ('text/css', '#target { color: rgb(7, 8, 9) }'),
    '/places': ('text/html', '''<title>Places</title><button id="push" onclick="history.pushState({n: 1}, '', '/places?n=1'); seen.textContent += ' pushed' + location.search">push</button><p id="seen"></p>
<script>addEventListener('popstate', e => { seen.textContent += ' popped' + JSON.stringify(e.state) + location.search })</script>'''),
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
