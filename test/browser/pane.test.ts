/** The browser pane in a real browser: pages of a Python server in the machine, what they may do, and what they may not. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { at, click, go, inner, inPage, openPane, openPaneOn, pane, session, settled, shown, state, tab, text, visited } from '../support/pane-tab.ts'
import { django } from './pane-django.ts'
import { slowPages } from './pane-slow-pages.ts'

const endings: (() => Promise<unknown>)[] = []
/** What came to a server outside of the machine. */
const reached: string[] = []
let outside = ''

beforeAll(async () => {
  const elsewhere = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    response.end()
  })
  await new Promise<void>(resolve => elsewhere.listen(0, resolve))
  endings.push(() => new Promise(resolve => elsewhere.close(resolve)))
  outside = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`
  const files = ['server', 'pages'].map(name => ({ path: `${name}.py`, text: readFileSync(new URL(`pane-${name}.py`, import.meta.url), 'utf8') }))
  endings.push(await openPane(inject('browser'), files, 'python server.py'))
  await tab.evaluate(() => localStorage.setItem('secret', 'the deck\'s'))
})
afterAll(async () => {
  for (const end of endings.reverse()) await end()
})

describe('pages of all kinds', () => {
  beforeEach(async () => {
    // A test that failed may have left an answer waiting.
    await tab.evaluate(async session => {
      const caller = await session.connect(8081)
      await caller.send(new TextEncoder().encode('free'))
      await caller.close()
    }, session)
    await go('')
  })

  test('a page that takes the keyboard does not get it; the Tab key and a click in it give it', async () => {
    // Looking into a frame counts for some seconds as a person's deed there: the panes are looked at only when they may have the keyboard. There are two, as in a deck.
    await openPaneOn(session)
    const keyboard = await tab.evaluateHandle(() => {
      document.body.insertAdjacentHTML('afterbegin', '<input id="mine">')
      document.querySelector<HTMLInputElement>('#mine')!.focus()
      const went: string[] = []
      for (const type of ['blur', 'focus']) addEventListener(type, () => went.push(type))
      return went
    })
    await tab.mouse.move(0, 0)
    const mine = tab.locator('#mine')
    const typed = () => shown().locator('#here').inputValue()
    await go('grabs')
    // A key that is pressed in the page meanwhile is a person's deed there.
    await expect.poll(() => keyboard.evaluate(went => went.join())).toMatch(/blur,focus$/)
    await tab.keyboard.type('a')
    await expect.poll(() => mine.inputValue()).toBe('a')
    // Before the first click: that counts for some seconds, too. Tab leads into the second pane from what stands before it.
    await tab.evaluate(() => {
      Array.from(document.querySelectorAll('body > iframe')).at(-1)!.insertAdjacentHTML('beforebegin', '<input id="near">')
    })
    const near = tab.locator('#near')
    // Again, where the browser has not yet done with giving the keys back: it does so by messages between its processes, of which a page hears nothing.
    await expect.poll(async () => {
      await near.focus()
      await tab.keyboard.press('Tab')
      await tab.keyboard.type('ccc')
      return typed()
    }).toMatch(/ccc$/)
    expect(await near.inputValue()).toBe('')
    await near.evaluate(element => element.remove())
    await expect.poll(async () => {
      await shown().locator('#here').click()
      await tab.keyboard.type('b')
      return typed()
    }).toMatch(/b$/)
    expect(await mine.inputValue()).toBe('a')
    await mine.evaluate(element => element.remove())
  })

  test('a page with its style, picture, script and cookies', async () => {
    expect(await state()).toMatchObject({ status: '200 OK', title: 'Home & more', failed: false })
    await text('#script').toBe('ran: seen=yes')
    await inPage('#styled', element => getComputedStyle(element).color).toBe('rgb(1, 2, 3)')
    await inPage('#styled', element => getComputedStyle(element).backgroundImage).toMatch(/^url\("data:image\/svg/)
    await inPage('#picture', image => (image as HTMLImageElement).naturalWidth).toBe(30)
    await click('#later')
    await inPage('#late', image => (image as HTMLImageElement).naturalWidth).toBe(30)
  })

  test('links, a redirect, the history, and where a link points to in its page', async () => {
    await click('#second')
    await settled('second?x=1#there')
    await inPage('html', () => scrollY).toBeGreaterThan(1000)
    await pane.evaluate(pane => pane.back())
    await settled('')
    await pane.evaluate(pane => pane.forward())
    await settled('second?x=1#there')
    await pane.evaluate(pane => pane.back())
    await settled('')
    expect(await state()).toMatchObject({ canGoForward: true })
    await click('#redirect')
    await settled('second')
    expect(await state()).toMatchObject({ canGoForward: false, title: 'Second' })
  })

  test('forms: into the address, urlencoded, and as multipart', async () => {
    await click('#get button')
    await settled('echo?q=a+b%26c&how=got')
    await text('#echo').toMatch(/^\["GET", \[\["q", "a b&c"\], \["how", "got"\]\], "[^"]*seen=yes[^"]*", "http:\/\/localhost:8080\/"\]$/)
    await go('')
    await click('#post button')
    await settled('echo')
    await text('#echo').toContain('["POST", [["application/x-www-form-urlencoded", "t=1%0D%0A2"]]')
    await go('')
    await vi.waitFor(() => shown().locator('input[type=file]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('in the file') }, { timeout: 5000 }), { timeout: 60_000 })
    await click('#upload button')
    await text('#echo').toMatch(/multipart\/form-data[^]*name=\\"n\\"[^]*\\u00fc[^]*filename=\\"a.txt\\"[^]*in the file/)
  })

  test('fetch and XMLHttpRequest', async () => {
    await click('#swap')
    await text('#swapped').toBe('["hello","yes","http://localhost:8080"]')
    await click('#xhr')
    await text('#swapped').toMatch(/^200plain <b>text<\/b> /)
  })

  test('a script that goes elsewhere by location.href, and a page that refreshes itself into another', async () => {
    await click('#go')
    await settled('second')
    await go('refresh', 'second')
  })

  test('texts are shown as they are, other files are kept, errors are said', async () => {
    await click('#text')
    await settled('text')
    await text('pre').toBe('plain <b>text</b> é')
    await go('')
    await click('#file')
    await expect.poll(() => pane.evaluate(({ seen }) => seen.downloads)).toEqual([['data.bin', 'bytes']])
    await settled('')
    await go('nothing')
    expect(await state()).toMatchObject({ status: '404 Not Found', failed: true })
    await pane.evaluate(pane => pane.go('http://localhost:9/'))
    await expect.poll(state).toMatchObject({ loading: false, failed: true, status: 'localhost:9: Connection refused' })
    await pane.evaluate((pane, url) => pane.go(url.replace('localhost', 'pypi.example')), outside)
    await expect.poll(state).toMatchObject({ failed: true, status: expect.stringContaining('only servers of this machine') as string })
  })

  test('modules, import maps, a base, imported styles, sizes of pictures, a dialog, a frame', async () => {
    await go('modern')
    await inPage('#log', element => JSON.parse(element.textContent) as unknown).toEqual({ inline: 'bare', same: true, late: 'late bare', prefix: 'late bare' })
    await inPage('html', () => Reflect.get(window, 'main') as unknown).toEqual(['bare', 1, at('app/main.js'), '/modern'])
    await inPage('#imported', element => getComputedStyle(element).color).toBe('rgb(4, 5, 6)')
    await inPage('html', () => Array.from(document.images, image => image.naturalWidth)).toEqual([30, 30])
    await click('#close')
    await inPage('#dialog', dialog => (dialog as HTMLDialogElement).returnValue).toBe('closed')
    await text('body', inner).toContain('fetched in a frame /app/frame.html')
    await inner().locator('#within').click()
    await text('body', inner).toContain('the second page')
    await click('#into')
    await text('body', inner).toContain('plain <b>text</b>')
    await click('#file')
    await expect.poll(() => pane.evaluate(({ seen }) => seen.downloads.at(-1))).toEqual(['mine.txt', 'made here'])
    expect(await state()).toMatchObject({ url: at('modern') })
    await click('#svg text')
    await settled('second')
  })

  test('what scripts bring later, answers in pieces, events, storage', async () => {
    const expected = {
      script: 'second script', missing: 'Error: script', module: `bare 1 ${at('app/main.js')} /later`, picture: `30${at('picture.svg')}`, loose: 30, sheet: 'rgb(7, 8, 9)',
      inner: 60, frame: 'loaded', stored: ',1,visits', events: '[["None\\ntwo","7"],["7\\ntwo","7"]]', pieces: 'one two', broken: '22TypeError', aborted: 'went on',
    }
    await go('later')
    await inPage('#log', element => JSON.parse(element.textContent) as unknown).toEqual(expected)
    expect(await state()).toMatchObject({ title: '' })
    await inPage('#pictured', element => getComputedStyle(element).backgroundImage).toMatch(/^url\("data:/)
    await go('places')
    await click('#push')
    await settled('places?n=1')
    await pane.evaluate(pane => pane.back())
    await settled('places')
    await text('#seen').toBe(' pushed?n=1 poppednull')
    await pane.evaluate(pane => pane.forward())
    await text('#seen').toBe(' pushed?n=1 poppednull popped{"n":1}?n=1')
  })

  test('answers that have not changed, that are packed, that end too early', async () => {
    for (const _time of [1, 2]) {
      await go('kept')
      await text('#kept').toBe('answer 1')
      await go('packed')
      await text('#packed').toBe('unpacked')
    }
    await go('broken')
    await text('#came').toBe('this came')
    expect(await state()).toMatchObject({ failed: true, status: 'localhost:8080 ended the connection in the middle of its answer' })
  })

  describe('slow pages', slowPages)

  test('a server that asks for a name and a password gets those of the address, which shows none', async () => {
    await go('closed')
    expect(await state()).toMatchObject({ status: '401 Unauthorized', failed: true })
    await pane.evaluate((pane, url) => pane.go(url.replace('//', '//us:pw@')), at('closed'))
    await text('#open').toBe('open')
    await expect.poll(state).toMatchObject({ url: at('closed'), loading: false, failed: false })
  })

  test('a server that asks for a name and a password is told what it asks for, and answered', async () => {
    await go('vault')
    expect(await state()).toMatchObject({ status: '401 Unauthorized', realm: 'the "vault"' })
    const said = (name: string, password: string) =>
      visited(() => pane.evaluate((pane, [name, password]) => pane.signIn(name!, password!), [name, password]), 'vault')
    await said('us', 'wrong')
    expect(await state()).toMatchObject({ realm: 'the "vault"' })
    await said('us', 'pä')
    await text('#open').toBe('open')
    expect((await state())?.realm).toBeUndefined()
  })

  test('a hostile page reaches nothing of the deck, and no network', async () => {
    await go(`hostile?${outside}`, /hostile/)
    const stopped = ['dom', 'location', 'storage', 'worker', 'database', 'caches', 'socket', 'image', 'script', 'fetch', 'module']
    await inPage('#said', element => JSON.parse(element.textContent) as unknown)
      .toMatchObject(Object.fromEntries(stopped.map(name => [name, expect.stringMatching(/^stopped/) as string])))
    // What it sent to the frames around it was heard by none: the deck is where it was, and the machine goes on.
    expect(await tab.evaluate(() => [localStorage.getItem('secret'), location.hash])).toEqual(['the deck\'s', ''])
    await pane.evaluate((pane, url) => pane.go(url), at(`leaves?${outside}`))
    await expect.poll(state).toMatchObject({ failed: true, status: expect.stringMatching(/^the page went to http:\/\/localhost:\d+\S* by itself, and was stopped$/) as string })
    await go('second')
    await text('#there').toBe('the second page')
    expect(reached).toEqual([])
  })
})

// The last: the pane is another machine's from then on.
describe('Django', django)
