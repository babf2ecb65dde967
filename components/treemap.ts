/** Areas in proportion to weights, as square as they can be. Source: Bruls, Huizing, van Wijk, Squarified Treemaps (2000). */

export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** The worst ratio of sides in a row of these areas along a side. */
function worst(areas: number[], side: number): number {
  const sum = areas.reduce((total, area) => total + area, 0)
  return Math.max(...areas.map(area => Math.max(side * side * area / (sum * sum), sum * sum / (side * side * area))))
}

/** A rectangle for each weight, in their order. Weights are above 0; the largest first gives the best shapes. */
export function treemap(weights: number[], { x, y, width, height }: Rectangle): Rectangle[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const areas = weights.map(weight => weight / total * width * height)
  const laid: Rectangle[] = []
  let room = { x, y, width, height }
  for (let at = 0; at < areas.length;) {
    const side = Math.min(room.width, room.height)
    let row = [areas[at]!]
    while (at + row.length < areas.length) {
      const longer = [...row, areas[at + row.length]!]
      if (worst(longer, side) > worst(row, side)) break
      row = longer
    }
    const thickness = row.reduce((sum, area) => sum + area, 0) / side
    const upright = room.width >= room.height
    let along = upright ? room.y : room.x
    for (const area of row) {
      const length = area / thickness
      laid.push(upright ? { x: room.x, y: along, width: thickness, height: length } : { x: along, y: room.y, width: length, height: thickness })
      along += length
    }
    room = upright
      ? { x: room.x + thickness, y: room.y, width: Math.max(0, room.width - thickness), height: room.height }
      : { x: room.x, y: room.y + thickness, width: room.width, height: Math.max(0, room.height - thickness) }
    at += row.length
  }
  return laid
}
