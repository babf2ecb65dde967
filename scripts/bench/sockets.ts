/** http.server over the loopback: a client in one Python process, `python -m http.server` in another, in the machine and natively. */
import type { MachinePage } from '../../test/browser/machine-page.ts'
import { launch } from '../../test/support/launch.ts'
import { serveMachineSite } from '../../test/support/machine-site.ts'
import { nativePython } from '../../test/support/native-python.ts'
import { findBrowser } from '../find-browser.ts'
import { sideBySide, type Row } from './row.ts'

declare const page: MachinePage
const rounds = 7

export async function* rows(): AsyncGenerator<Row> {
  const site = await serveMachineSite()
  const native = await nativePython({ 'requests.py': program })
  const browser = await launch(await findBrowser())
  try {
    const tab = await (await browser.newContext()).newPage()
    await tab.goto(site.url)
    await tab.waitForFunction(() => 'page' in globalThis)
    await tab.evaluate(() => page.python())
    const session = await tab.evaluateHandle(() => page.open())
    await tab.evaluate(
      ([session, text]) => session.writeFile('/home/user/demo/requests.py', new TextEncoder().encode(text)), [session, program] as const,
    )
    const ours = async () => figure((await tab.evaluate((session) => page.run(session, 'python requests.py'), session)).output)
    await ours()
    const latency = await sideBySide(rounds, ours, async () => figure(await native.run('requests.py')))
    yield {
      what: `one request to \`python -m http.server\` by http.client, a connection each, vs native python ${native.version}`,
      goal: 'report',
      unit: 'ms',
      ...latency,
      note: `median of 100; ${Math.round(1000 / latency.ours)} requests a second, natively ${Math.round(1000 / latency.theirs)}; median to be under 10 ms`,
    }
  } finally {
    await browser.close()
    await site.close()
    await native.close()
  }
}

const figure = (output: string) => Number(/([\d.]+) ms/.exec(output)?.[1])

/** Prints the median of a hundred requests. */
const program = `import http.client, socket, statistics, subprocess, sys, time
with socket.create_server(('127.0.0.1', 0)) as free: port = free.getsockname()[1]
server = subprocess.Popen([sys.executable, '-m', 'http.server', str(port), '--bind', '127.0.0.1'], stdout=-3, stderr=-3)
while socket.socket().connect_ex(('127.0.0.1', port)): time.sleep(0.02)
times = []
for _ in range(100):
    began = time.perf_counter()
    connection = http.client.HTTPConnection('127.0.0.1', port)
    connection.request('GET', '/requests.py')
    connection.getresponse().read()
    connection.close()
    times.append((time.perf_counter() - began) * 1000)
server.kill()
print(f'{statistics.median(times):.3f} ms')
`
