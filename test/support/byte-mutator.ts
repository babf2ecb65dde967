/** Values at the edges of the fields' ranges. */
const edges = [0, 1, 0x7f, 0x80, 0xff]

/** Changes a file in one or two places: cut off, cut out, doubled, overwritten, one bit turned. `random` gives numbers from 0 to below 1. */
export const byteMutator = (random: () => number) => (original: Uint8Array): Uint8Array => {
  const pick = (below: number) => Math.floor(random() * below)
  let bytes = Uint8Array.from(original)
  for (let n = pick(2); n >= 0 && bytes.length; n--) {
    const at = pick(bytes.length)
    const kind = pick(10)
    if (kind === 0) bytes = bytes.slice(0, at)
    else if (kind === 1) bytes = Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + pick(20))])
    else if (kind === 2) bytes = Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(pick(bytes.length)), ...bytes.slice(at)])
    else if (kind === 3) bytes[at] = edges[pick(edges.length)]!
    else if (kind === 4) bytes.fill(edges[pick(edges.length)]!, at, at + 1 + pick(8))
    else bytes[at]! ^= 1 << pick(8)
  }
  return bytes
}
