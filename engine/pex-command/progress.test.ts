import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

const told = (columns: number | undefined) => {
  const said: string[] = []
  let time = 0
  const errors = { columns, write: (text: string) => Promise.resolve(void said.push(text)) }
  return { said, errors, now: () => time, pass: (milliseconds: number) => { time += milliseconds } }
}

test('a terminal has one line, which goes away once, and not what came after it', async () => {
  const home = told(20)
  const progress = createProgress(home, 0)
  await progress.stage('Fetching what is needed')
  const came = progress.download('a.whl')
  came(400_000, 2_000_000)
  came(500_000, 2_000_000)
  home.pass(60)
  came(1_200_000, 2_000_000)
  await progress.end()
  await progress.end()
  const line = (text: string) => `\r\u001b[K${text}`
  expect(home.said).toEqual(['Fetching what is ne', 'a.whl: 400 kB of 2.', 'a.whl: 1.2 MB of 2.', ''].map(line))
})

test('elsewhere nothing is shown, and with -v lines that stay', async () => {
  const quiet = told(undefined)
  const progress = createProgress(quiet, 0)
  await progress.stage('Fetching')
  await progress.warn('odd')
  await progress.end()
  expect(quiet.said).toEqual([])
  const home = told(20)
  const verbose = createProgress(home, 1)
  await verbose.stage('Fetching what is needed')
  verbose.download('a.whl')(1, 2)
  await verbose.warn('odd')
  home.pass(12)
  await verbose.end()
  expect(home.said).toEqual(['pex: Fetching what is needed\n', 'pex: WARNING: odd\n', 'pex: Fetching what is needed: 12.0ms\n'])
})
