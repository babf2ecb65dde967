/** Transcripts of programs that go on running, played by clicks on a real machine with real Python. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFixture } from '../components/read-fixture.ts'
import { createScriptPlayer } from '../components/script-player.ts'
import { createHost } from '../engine/host/create-host.ts'
import type { FromMachines, Port, ToMachines } from '../engine/host/messages.ts'
import { serveSessions } from '../engine/host/serve-sessions.ts'
import type { Fixture, MachineHost } from '../engine/host/session.ts'
import type { Python } from '../engine/python/create-python.ts'
import { matchOutput } from '../engine/transcript/match-output.ts'
import { parseTranscript } from '../engine/transcript/parse-transcript.ts'
import { screenText } from '../engine/transcript/screen-text.ts'
import type { Transcript } from '../engine/transcript/transcript.ts'
import { fetchPublic } from '../scripts/fetch-public.ts'
import { root } from '../scripts/root.ts'
import { readDeck } from './support/deck-blocks.ts'
import { expectedScreen } from './support/expected-screen.ts'
import { startPython } from './support/python.ts'

const { blocks } = await readDeck()
/** The others are only run, which the built deck's test does. */
const goingOn = blocks.filter(({ options, transcript }) => !options.static && transcript.steps.some(({ kind }) => kind === 'start'))

let python: Python
let host: MachineHost
let port: MessagePort

beforeAll(async () => {
  python = await startPython()
  const { port1, port2 } = new MessageChannel()
  port = port1
  serveSessions(port1 as unknown as Port<FromMachines, ToMachines>, python)
  host = createHost(async () => ({ port: port2 as unknown as Port<ToMachines, FromMachines>, lost: new Promise(() => undefined), end: () => undefined }), fetchPublic)
})
afterAll(() => {
  python.idle()
  port.close()
})

/** Clicks through, and back and forward again once; after each step the screen is what the transcript says up to there. */
async function play(transcript: Transcript, fixture: Fixture = { name: 'test', directory: '/home/user/demo', files: [] }) {
  const session = await host.open(fixture, { rows: 50, columns: 90 })
  let screen: Uint8Array[] = []
  const player = createScriptPlayer({
    steps: transcript.steps,
    session,
    print: bytes => screen.push(bytes),
    clear: () => { screen = [] },
    onChange: () => undefined,
    typing: () => false,
  })
  const seen = () => screenText(Buffer.concat(screen))
  const expectStep = async (step: number) => {
    await expect.poll(() => matchOutput(expectedScreen(transcript, step), seen()) ?? '', { timeout: 60_000 }).toBe('')
  }
  await player.begin()
  for (let step = 1; step <= transcript.steps.length; step++) {
    await player.goTo(step, true)
    await expectStep(step)
  }
  await player.goTo(1, false)
  await expectStep(1)
  await player.goTo(transcript.steps.length, false)
  await expectStep(transcript.steps.length)
  player.close()
  session.close()
}

test('a REPL that a step opens, with a block of several lines, and the shell after it', () => play(parseTranscript(`$ python -q
>>> import json
>>> for letter in "ab":
...     print(json.dumps(letter))
...
"a"
"b"
>>> 1 / 0
Traceback (most recent call last):
...
ZeroDivisionError: division by zero
>>> exit()
$ echo back
back`)))

test('a program in the foreground, stopped by a key', () => play(parseTranscript(String.raw`$ python -c "import signal, time; signal.signal(2, lambda *_: exit('\nstopped')); print('serving'); time.sleep(1000)"
serving
^C
stopped
$ sleep 1000
^C
$ cat
% input
a line
a line
^C
$ echo over
over`)))

test.each(goingOn.map(block => [block.slide, block] as const))('slide %i of the deck', async (_slide, { transcript, options: { fixture = '', cwd } }) => {
  const stored = await readFixture(fixture, path => readFile(join(root, 'public', 'demos', fixture, path)))
  await play(transcript, { ...stored, directory: cwd ?? stored.directory })
})
