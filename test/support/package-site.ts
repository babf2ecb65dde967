/** The deck's package index as a machine reaches it, without a page. */
import { machineIndexUrl } from '../../engine/host/create-outside.ts'
import { fetchWheels } from '../../scripts/fetch-wheels.ts'
import { simpleIndex } from '../../scripts/simple-index.ts'

/** Answers as the page does for the machine's index; everything else is refused. `asked` hears of every path. */
export const packageSite = async (asked: (path: string) => void = () => undefined): Promise<typeof fetch> => {
  const files = await simpleIndex(fetchWheels('deck-wheels.txt').values())
  return async input => {
    const url = input instanceof Request ? input.url : String(input)
    if (!url.startsWith(machineIndexUrl)) throw new DOMException(`${url} is not reached from here`, 'NotAllowedError')
    const path = url.slice(machineIndexUrl.length)
    asked(path)
    const content = files.get(path === '' || path.endsWith('/') ? `${path}index.json` : decodeURIComponent(path))
    if (content === undefined) return new Response('', { status: 404 })
    const type = path.endsWith('/') ? 'application/vnd.pypi.simple.v1+json' : 'application/octet-stream'
    return new Response(typeof content === 'string' ? content : content.slice(), { headers: { 'Content-Type': type } })
  }
}
