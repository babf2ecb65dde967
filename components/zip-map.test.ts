import { expect, test } from 'vitest'
import { byteAt, layMap, segmentsOf } from './zip-map.ts'

const size = { width: 288, height: 126 }

test('every byte lies where its point says', () => {
  for (const total of [1, 16, 17, 350, 5000, 1_000_000]) {
    const layout = layMap(total, size)
    for (const offset of [0, Math.floor(total / 3), total - 1]) {
      const [segment] = segmentsOf(offset, 1, layout, size)
      expect(byteAt(segment!.x + segment!.width / 2, segment!.y + 0.5, layout, size), `byte ${offset} of ${total}`).toBe(offset)
    }
  }
})

test('a range over several rows is cut at their ends and loses nothing', () => {
  const layout = layMap(350, size)
  const segments = segmentsOf(10, 100, layout, size)
  const bytes = segments.reduce((sum, segment) => sum + segment.width / size.width * layout.bytesPerRow, 0)
  expect(Math.round(bytes)).toBe(100)
  expect(segments.length).toBe(Math.floor(109 / layout.bytesPerRow) - Math.floor(10 / layout.bytesPerRow) + 1)
})

test('a map fits its height', () => {
  for (const total of [1, 350, 70_000_000]) {
    const { rows, rowHeight } = layMap(total, size)
    expect(rows * rowHeight).toBeLessThanOrEqual(size.height + 0.001)
  }
})
