import { expect, test } from 'vitest'
import { treemap } from './treemap.ts'

const room = { x: 10, y: 5, width: 300, height: 150 }

test('areas are in proportion, inside, and apart', () => {
  const weights = [600, 300, 100, 60, 30, 5, 4, 1]
  const laid = treemap(weights, room)
  expect(laid).toHaveLength(weights.length)
  for (const [i, { x, y, width, height }] of laid.entries()) {
    expect(width * height).toBeCloseTo(weights[i]! / 1100 * 300 * 150, 5)
    expect(x).toBeGreaterThan(10 - 1e-6)
    expect(y).toBeGreaterThan(5 - 1e-6)
    expect(x + width).toBeLessThan(310 + 1e-6)
    expect(y + height).toBeLessThan(155 + 1e-6)
    for (const other of laid.slice(i + 1)) {
      const apart = x + width <= other.x + 1e-6 || other.x + other.width <= x + 1e-6 || y + height <= other.y + 1e-6 || other.y + other.height <= y + 1e-6
      expect(apart).toBe(true)
    }
  }
})

test('the shapes are nearly square', () => {
  const ratios = treemap([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 }).map(({ width, height }) => Math.max(width / height, height / width))
  expect(Math.max(...ratios)).toBeLessThan(3)
})
