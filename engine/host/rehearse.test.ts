import { expect, test } from 'vitest'
import { rehearse } from './rehearse.ts'

test('a rehearsal comes to its end by itself', async () => {
  await expect(rehearse()).resolves.toBeUndefined()
})
