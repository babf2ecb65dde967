/**
 * A static server such as any host offers. Usage: serve-static DIRECTORY [--port N] [--base /x/] [--isolate]
 * `--isolate` sends the COOP and COEP headers; without it the deck's service worker has to bring them.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import sirv from 'sirv'

export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

/** `maxAge`: seconds that a browser may keep a file unasked; without it the file's date and tag are all it has. */
export async function serveStatic(
  directory: string, options: { port?: number; base?: string; isolate?: boolean; maxAge?: number } = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const base = options.base ?? '/'
  const files = sirv(directory, { etag: true, dotfiles: true, maxAge: options.maxAge })
  const server: Server = createServer((request, response) => {
    if (options.isolate) for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
    const missing = () => {
      response.statusCode = 404
      response.end('Not found\n')
    }
    if (!request.url?.startsWith(base)) return missing()
    request.url = request.url.slice(base.length - 1)
    files(request, response, missing)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}${base}`,
    close: () => new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, base: { type: 'string' }, isolate: { type: 'boolean' } },
  })
  const { base, isolate, port = '8000' } = values
  const { url } = await serveStatic(positionals[0] ?? 'dist', { port: Number(port), base, isolate })
  process.stdout.write(`serving at ${url}\n`)
}
