import { afterEach, describe, expect, test, vi } from 'vitest'
import { parseTranscript } from '../engine/transcript/parse-transcript.ts'
import { fakeSession } from '../test/support/fake-session.ts'
import { createScriptPlayer } from './script-player.ts'

function stage(source: string, typing = false) {
  const fake = fakeSession()
  let screen = ''
  const player = createScriptPlayer({
    steps: parseTranscript(source).steps,
    session: fake.session,
    print: bytes => { screen += new TextDecoder().decode(bytes) },
    clear: () => { screen = '' },
    onChange: () => undefined,
    typing: () => typing,
  })
  const seen = () => screen.replace(/\x1b\][^\x07]*\x07/g, '').replaceAll('\r', '')
  const begun = player.begin()
  fake.prompt()
  return { ...fake, player, seen, begun }
}

const three = '$ add one\n$ add two\n$ show\none two\n'
const threeShown = '$ add one\n$ add two\n$ show\none two\n$ '

afterEach(() => { vi.useRealTimers() })

describe('the script of a terminal', () => {
  test('plays the steps one after the other, each to its prompt', async () => {
    const { player, seen, begun } = stage(three)
    await begun
    expect(seen()).toBe('$ ')
    await player.goTo(1, true)
    expect(seen()).toBe('$ add one\n$ ')
    await player.goTo(3, false)
    expect(seen()).toBe(threeShown)
    expect(player.state).toEqual({ position: 3, doing: 'nothing', hand: false })
  })

  test('going back restores the machine and the screen as they were', async () => {
    const { player, typed, seen, remembered, begun } = stage(three)
    await begun
    await player.goTo(3, false)
    const keys = typed.length
    await player.goTo(1, false)
    expect(typed.length).toBe(keys)
    expect(remembered()).toEqual(['one'])
    expect(seen()).toBe('$ add one\n$ ')
    await player.goTo(0, false)
    expect(remembered()).toEqual([])
    expect(seen()).toBe('$ ')
    await player.goTo(3, false)
    expect(seen()).toBe(threeShown)
  })

  test('a reset in the moment in which nothing was left to do is not lost', async () => {
    const { player, session, begun } = stage(three)
    const restore = vi.spyOn(session, 'restore')
    await begun
    await player.goTo(2, false)
    void player.goTo(2, false)
    await player.reset()
    expect(restore).toHaveBeenCalledOnce()
  })

  test('a program that the script leaves running and that is ended from outside is started again', async () => {
    const { player, session, seen, begun } = stage('$ add one\n% start\n$ wait\nwaiting\n')
    await begun
    const there = player.goTo(2, false)
    await expect.poll(seen).toContain('waiting')
    session.input('stop\r')
    await there
    expect(seen()).toContain('stop\n$ ')
    await player.reset()
    expect(seen()).toBe('$ add one\n$ wait\nwaiting\n')
  })

  test('begins on a prompt that was printed before anyone listened', async () => {
    const fake = fakeSession()
    fake.prompt()
    await vi.waitFor(() => expect(fake.session.state.atPrompt).toBe(true))
    let screen = ''
    const player = createScriptPlayer({
      steps: parseTranscript(three).steps,
      session: fake.session,
      print: bytes => { screen += new TextDecoder().decode(bytes) },
      clear: () => { screen = '' },
      onChange: () => undefined,
      typing: () => false,
    })
    await player.begin()
    expect(screen).toContain('$ ')
    await player.goTo(1, false)
    expect(fake.remembered()).toEqual(['one'])
  })

  test('a click that comes before the beginning is remembered has work to do from then on', async () => {
    const { session, prompt, remembered } = fakeSession()
    const { checkpoint } = session
    let answer = () => {}
    const asked = new Promise<void>(resolve => {
      session.checkpoint = async () => {
        resolve()
        await new Promise<void>(resolve => { answer = resolve })
        return checkpoint()
      }
    })
    const told: string[] = []
    const player = createScriptPlayer({
      steps: parseTranscript(three).steps,
      session,
      print: () => undefined,
      clear: () => undefined,
      onChange: ({ doing }) => told.push(doing),
      typing: () => false,
    })
    const begun = player.begin()
    prompt()
    await begun
    await asked
    const there = player.goTo(1, true)
    expect(told).toEqual(['running'])
    session.checkpoint = checkpoint
    answer()
    await there
    expect(remembered()).toEqual(['one'])
    expect(told.at(-1)).toBe('nothing')
  })

  test('types about twenty characters a second, and completes at once when told to', async () => {
    vi.useFakeTimers()
    const { player, seen, typed, begun } = stage(three, true)
    await begun
    void player.goTo(1, true)
    await vi.advanceTimersByTimeAsync(150)
    expect(typed.length).toBeGreaterThan(1)
    expect(typed.length).toBeLessThan(7)
    expect(player.hurry()).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(seen()).toBe('$ add one\n$ ')
    expect(player.hurry()).toBe(false)
  })

  test('types only the last step of a jump for the eyes', async () => {
    vi.useFakeTimers()
    const { player, seen, begun } = stage(three, true)
    await begun
    void player.goTo(3, false)
    await vi.advanceTimersByTimeAsync(20)
    expect(seen()).toBe(threeShown)
  })

  test('a person may type, and the next step goes on from the script\'s own state', async () => {
    const { player, session, remembered, seen, begun } = stage(three)
    await begun
    await player.goTo(1, true)
    player.takeOver()
    session.input('add stray\r')
    await expect.poll(remembered).toEqual(['one', 'stray'])
    player.giveBack()
    expect(remembered()).toEqual(['one', 'stray'])
    await player.goTo(2, true)
    expect(remembered()).toEqual(['one', 'two'])
    expect(seen()).toBe('$ add one\n$ add two\n$ ')
  })

  test('the next click gives back by itself, and reset does at once', async () => {
    const { player, session, remembered, begun } = stage(three)
    await begun
    await player.goTo(1, true)
    player.takeOver()
    session.input('add stray\r')
    await player.goTo(2, true)
    expect(remembered()).toEqual(['one', 'two'])
    player.takeOver()
    session.input('add stray\r')
    await player.reset()
    expect(remembered()).toEqual(['one', 'two'])
    expect(player.state.hand).toBe(false)
  })

  test('a program that goes on running takes input; going back ends it', async () => {
    const { player, seen, begun } = stage('$ add one\n% start\n$ wait\nwaiting\n% input\nhello\nread hello\n')
    await begun
    await player.goTo(2, false)
    expect(seen()).toBe('$ add one\n$ wait\nwaiting\n')
    await player.goTo(3, true)
    expect(seen()).toContain('hello\nread hello\n')
    await player.goTo(2, false)
    expect(seen()).toBe('$ add one\n$ wait\nwaiting\n')
    await player.goTo(1, false)
    expect(seen()).toBe('$ add one\n$ ')
  })

  test('a line that is only typed is gone when the next step is played', async () => {
    const { player, seen, remembered, begun } = stage('% type\n$ add never\n$ add one\n')
    await begun
    await player.goTo(1, true)
    expect(seen()).toBe('$ add never')
    await player.goTo(2, true)
    expect(remembered()).toEqual(['one'])
  })

  test('going back in the middle of a command that does not end gives it up', async () => {
    const { player, seen, begun } = stage('$ add one\n$ wait\n')
    await begun
    await player.goTo(1, false)
    const stuck = player.goTo(2, true)
    await expect.poll(seen).toContain('waiting')
    await player.goTo(1, false)
    await stuck
    expect(seen()).toBe('$ add one\n$ ')
  })

  test('going back again while it goes back leaves one prompt', async () => {
    const { player, seen, remembered, begun } = stage(three)
    await begun
    await player.goTo(3, false)
    void player.goTo(2, false)
    void player.goTo(1, false)
    await player.goTo(0, false)
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(seen()).toBe('$ ')
    expect(remembered()).toEqual([])
  })

  test('taking over while it goes back is noticed', async () => {
    const { player, session, remembered, begun } = stage(three)
    await begun
    await player.goTo(2, false)
    const back = player.goTo(1, false)
    player.takeOver()
    await back
    session.input('add stray\r')
    await expect.poll(remembered).toEqual(['one', 'stray'])
    await player.goTo(2, true)
    expect(remembered()).toEqual(['one', 'two'])
  })

  test('reset in the middle of a typed command plays that command anew', async () => {
    vi.useFakeTimers()
    const { player, seen, begun } = stage(three, true)
    await begun
    void player.goTo(1, true)
    await vi.advanceTimersByTimeAsync(150)
    void player.reset()
    await vi.advanceTimersByTimeAsync(5000)
    expect(seen()).toBe('$ add one\n$ ')
    expect(player.state).toEqual({ position: 1, doing: 'nothing', hand: false })
  })

  test('a further line starts where no prompt has indented it', async () => {
    const { player, typed, begun } = stage('$ add "one\n> two"\n')
    await begun
    void player.goTo(1, false)
    await expect.poll(() => typed.join('')).toContain('add "one\r\x15two"\r')
    player.close()
  })
})
