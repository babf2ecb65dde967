import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { fetchWheels } from '../../scripts/fetch-wheels.ts'
import { bringFiles, click, go, inPage, openPaneOn, openSession, pane, serve, settled, shown, state, tab, text, visited } from '../support/pane-tab.ts'
import type { MachinePage } from './machine-page.ts'

declare const page: MachinePage

/** A Django site from its own wheels: the admin, sessions, CSRF, and pages that swap their parts. */
export function django(): void {
  beforeAll(async () => {
    const wheels = fetchWheels()
    const files = Object.fromEntries(['django', 'asgiref', 'sqlparse'].map(name => [`${name}.whl`, wheels.get(name)!]))
    const session = await openSession([{ path: 'site.py', text: readFileSync(new URL('pane-django.py', import.meta.url), 'utf8') }])
    await bringFiles(session, files)
    // Other languages and maps are most of it, and not asked for.
    const unpack = 'for each in *.whl; do unzip -q $each -d lib -x "*.[mp]o" "*/gis/*" "*/locale/*/formats.py" 2> /dev/null; done; ls lib'
    expect(await tab.evaluate(([session, line]) => page.run(session, line), [session, unpack] as const)).toMatchObject({ status: 0, output: expect.stringContaining('django') as string })
    await serve(session, 'PYTHONPATH=lib python site.py', 8080)
    await openPaneOn(session)
  })

  /** Without the keyboard, which is the deck's as long as the pointer is elsewhere. */
  async function signIn(name: string, password: string) {
    await shown().locator('#login-form').evaluate((form, [name, password]) => {
      form.querySelector<HTMLInputElement>('#id_username')!.value = name
      form.querySelector<HTMLInputElement>('#id_password')!.value = password
    }, [name, password] as const)
    await click('input[type=submit]')
  }

  test('the admin: a redirect to its form, which has its styles and is sent with its token; a session; and its end', async () => {
    await go('admin/', 'admin/login/?next=/admin/')
    expect(await state()).toMatchObject({ title: 'Log in | Django site admin', status: '200 OK' })
    await inPage('#header', element => getComputedStyle(element).backgroundColor).toBe('rgb(65, 118, 144)')
    await visited(() => signIn('ada', 'wrong'), 'admin/login/?next=/admin/')
    await text('.errornote').toContain('correct username and password')
    await visited(() => signIn('ada', 'lovelace'), 'admin/')
    await text('#user-tools strong').toBe('ada')
    await go('visits/')
    await go('visits/')
    await text('#visits').toBe('ada 2')
    await inPage('html', () => document.cookie).toMatch(/^csrftoken=\w+$/)
    await go('admin/')
    await click('#logout-form button')
    await settled('admin/logout/')
    await go('visits/')
    await text('#visits').toBe('nobody 1')
  })

  test('a page that swaps its parts, each with an address', async () => {
    await go('items/')
    await click('#more')
    await settled('items/?from=2')
    await text('#items').toBe('3 http://localhost:8080/items/')
    await pane.evaluate(pane => pane.back())
    await settled('items/')
    expect(await state()).toMatchObject({ canGoForward: true })
  })
}
