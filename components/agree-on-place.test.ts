import { afterEach, expect, test } from 'vitest'
import { agreeOnPlace, type Agreement, type Place } from './agree-on-place.ts'

const open: Agreement[] = []
afterEach(() => {
  for (const agreement of open.splice(0)) agreement.close()
})

function opened(place: Place, may: { send?: boolean; receive?: boolean } = {}) {
  const state = { place }
  const agreement = agreeOnPlace({
    here: () => state.place,
    go: next => { state.place = next },
    maySend: () => may.send ?? true,
    mayReceive: () => may.receive ?? true,
  })
  open.push(agreement)
  return Object.assign(agreement, { state })
}
const quiet = () => new Promise(resolve => setTimeout(resolve, 800))

test('the window where a person acted last is right, whoever speaks first', async () => {
  const [presenter, audience] = [opened({ page: 7, clicks: 3 }), opened({ page: 7, clicks: 1 })]
  presenter.acted()
  audience.moved()
  await quiet()
  expect([presenter.state.place, audience.state.place]).toEqual([{ page: 7, clicks: 3 }, { page: 7, clicks: 3 }])
  await new Promise(resolve => setTimeout(resolve, 5))
  audience.state.place = { page: 8, clicks: 0 }
  audience.acted()
  audience.moved()
  await quiet()
  expect(presenter.state.place).toEqual({ page: 8, clicks: 0 })
})

test('windows in which nobody did anything leave each other alone', async () => {
  const [one, other] = [opened({ page: 1, clicks: 0 }), opened({ page: 2, clicks: 0 })]
  one.moved()
  await quiet()
  expect(other.state.place).toEqual({ page: 2, clicks: 0 })
})

test('a window that is not to send, or not to receive, does not', async () => {
  const [silent, deaf, free] = [opened({ page: 1, clicks: 0 }, { send: false }), opened({ page: 2, clicks: 0 }, { receive: false }), opened({ page: 3, clicks: 0 })]
  silent.acted()
  silent.moved()
  await quiet()
  expect([deaf.state.place.page, free.state.place.page]).toEqual([2, 3])
  free.acted()
  free.moved()
  await quiet()
  expect([silent.state.place.page, deaf.state.place.page]).toEqual([3, 2])
})
