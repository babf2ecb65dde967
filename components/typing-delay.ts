/** Milliseconds until the next key of a scripted command: about 20 characters a second, uneven as hands are, the same at every showing. */
export function typingDelay(step: number, index: number): number {
  const mixed = Math.imul((step + 1) * 0x9e3779b1 ^ (index + 1) * 0x85ebca6b, 0xc2b2ae35) >>> 0
  return 25 + mixed / 0xffffffff * 50
}
