import { expect, test } from 'vitest'
import { createHistory } from './history.ts'
import { requestOf } from './page-policy.ts'
import { rewriteCss } from './rewrite-css.ts'
import { rewriteScript } from './rewrite-script.ts'

test.each([
  ['location.href = "/x"', 'bridgedWindow.location.href = "/x"'],
  ['window.location="/x"', 'bridgedWindow.location="/x"'],
  ['if (document.location.pathname == "/")', 'if (bridgedWindow.location.pathname == "/")'],
  ['top . location . replace(a)', 'bridgedWindow.location . replace(a)'],
  ['f(location.search, self.location.hash)', 'f(bridgedWindow.location.search, bridgedWindow.location.hash)'],
])('the script %s goes by the bridge', (script, rewritten) => expect(rewriteScript(script)).toBe(rewritten))

test.each([
  'const location = 1', 'let location=2', 'point.location.href = 1', 'this.location = 2', 'relocation.href', '$location.href', 'location == x', 'location => x',
  '{ location: 1 }', 'location.lat = 1', '"location.href"',
])('the script %s stays as it is', script => expect(rewriteScript(script)).toBe(script))

test('what a stylesheet names is replaced by what was loaded, and the rest stays', async () => {
  const asked: string[] = []
  const load = async (url: string) => {
    asked.push(url)
    return url.endsWith('gone.png') ? undefined : `data:${new URL(url).pathname}`
  }
  const css = '@import "more.css"; a { background: url( \'a b.png\' ), url(/c.png) } b { background: url(gone.png), url(data:x), url("a b.png") } c { mask: url(#d) }'
  expect(await rewriteCss(css, 'http://localhost/s/', load))
    .toBe('@import "data:/s/more.css"; a { background: url("data:/s/a%20b.png"), url("data:/c.png") } b { background: url(gone.png), url(data:x), url("data:/s/a%20b.png") } c { mask: url(#d) }')
  expect(asked).toEqual(['more.css', 'a%20b.png', 'c.png', 'gone.png'].map(name => `http://localhost/${name === 'c.png' ? '' : 's/'}${name}`))
})

test('a history goes back and forward, and forgets what was ahead of a new place', () => {
  const history = createHistory()
  expect([history.current, history.canGoBack, history.step(-1)]).toEqual([undefined, false, undefined])
  for (const url of ['a', 'b', 'b', 'c']) history.push({ url })
  expect([history.step(-2)?.url, history.canGoBack, history.canGoForward, history.step(-1)]).toEqual(['a', false, true, undefined])
  history.push({ url: 'd' })
  expect([history.current?.url, history.canGoForward, history.step(-1)?.url]).toEqual(['d', false, 'a'])
  history.push({ url: 'e' }, true)
  expect([history.current?.url, history.canGoBack, history.step(1)?.url]).toEqual(['e', false, 'd'])
})

test('what a page says it wants is no header of its own making', () => {
  expect(requestOf({ url: 5, method: 'po st\r\nX', headers: [['A\r\nB', 'c\nd: e'], 'x', ['F']], body: 'no bytes' }))
    .toEqual({ url: '5', method: 'POSTX', headers: [['A  B', 'c d: e'], ['F', 'undefined']], body: undefined })
  expect(requestOf(undefined)).toMatchObject({ url: 'undefined', method: 'GET', headers: [] })
})
