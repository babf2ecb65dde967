import { afterEach, expect, test } from 'vitest'
import { agreeOnPlace, type Agreement, type Place } from './agree-on-place.ts'

const open: Agreement[] = []
afterEach(() => {
  for (const agreement of open.splice(0)) agreement.close()
})

/** Counts what it was asked: `asked` each time it would speak, `heard` each message that came. */
function opened(place: Place, may: { send?: boolean; receive?: boolean } = {}) {
  const state = { place, asked: 0, heard: 0 }
  const agreement = agreeOnPlace({
    here: () => state.place,
    go: next => { state.place = next },
    maySend: () => {
      state.asked++
      return may.send ?? true
    },
    mayReceive: () => {
      state.heard++
      return may.receive ?? true
    },
  })
  open.push(agreement)
  return Object.assign(agreement, { state })
}

test('the window where a person acted last is right, whoever speaks first', async () => {
  const [presenter, audience] = [opened({ page: 7, clicks: 3 }), opened({ page: 7, clicks: 1 })]
  presenter.acted()
  const acted = Date.now()
  audience.moved()
  await expect.poll(() => audience.state.place).toEqual({ page: 7, clicks: 3 })
  expect(presenter.state.place).toEqual({ page: 7, clicks: 3 })
  await expect.poll(() => Date.now()).toBeGreaterThan(acted)
  audience.state.place = { page: 8, clicks: 0 }
  audience.acted()
  audience.moved()
  await expect.poll(() => presenter.state.place).toEqual({ page: 8, clicks: 0 })
})

test('windows in which nobody did anything leave each other alone', async () => {
  const [one, other] = [opened({ page: 1, clicks: 0 }), opened({ page: 2, clicks: 0 })]
  one.moved()
  await expect.poll(() => other.state.heard).toBe(1)
  expect([one.state.place.page, other.state.place.page]).toEqual([1, 2])
})

test('a window that is not to send, or not to receive, does not', async () => {
  const [silent, deaf, free] = [opened({ page: 1, clicks: 0 }, { send: false }), opened({ page: 2, clicks: 0 }, { receive: false }), opened({ page: 3, clicks: 0 })]
  silent.acted()
  const acted = Date.now()
  silent.moved()
  await expect.poll(() => silent.state.asked).toBe(1)
  await expect.poll(() => Date.now()).toBeGreaterThan(acted)
  free.acted()
  free.moved()
  await expect.poll(() => [silent.state.heard, deaf.state.heard]).toEqual([1, 1])
  expect([silent.state.place.page, deaf.state.place.page, free.state.heard]).toEqual([3, 2, 0])
})
