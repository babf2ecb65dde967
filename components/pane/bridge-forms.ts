import type { Go } from './bridge-frames.ts'

type Button = HTMLButtonElement | HTMLInputElement

/** Form submission (HTML 4.10.21.3): the fields into the address, or a POST as urlencoded, multipart or plain text. */
export function bridgeForms(go: Go, absolute: (url: string) => string, here: () => string): void {
  async function submit(form: HTMLFormElement, button: Button | null) {
    const fields = new FormData(form, button)
    // A field may be called `method`, and would hide the form's own.
    const option = (name: 'action' | 'method' | 'enctype' | 'target') => (button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '').trim()
    const url = option('action') === '' ? here() : absolute(option('action'))
    const pairs = [...fields].map(([name, value]): [string, string] => [name, typeof value === 'string' ? value.replace(/\r?\n/g, '\r\n') : value.name])
    if (option('method').toLowerCase() !== 'post') {
      const target = new URL(url)
      target.search = new URLSearchParams(pairs).toString()
      return go({ url: target.href }, option('target'))
    }
    const enctype = option('enctype').toLowerCase()
    const content = new Response(
      enctype === 'multipart/form-data' ? fields
        : enctype === 'text/plain' ? pairs.map(([name, value]) => `${name}=${value}\r\n`).join('')
          : new URLSearchParams(pairs),
    )
    const type = (content.headers.get('content-type') ?? '').replace(/;charset=UTF-8$/i, '')
    go({ url, method: 'POST', headers: [['Content-Type', type]], body: new Uint8Array(await content.arrayBuffer()) }, option('target'))
  }

  window.addEventListener('submit', event => {
    if (event.defaultPrevented || !(event.target instanceof HTMLFormElement)) return
    const method = (event.submitter as Button | null)?.getAttribute('formmethod') ?? event.target.getAttribute('method')
    // It closes its dialog, as the browser does it.
    if (method?.trim().toLowerCase() === 'dialog') return
    event.preventDefault()
    void submit(event.target, event.submitter as Button | null)
  })
  HTMLFormElement.prototype.submit = function () {
    void submit(this, null)
  }
}
