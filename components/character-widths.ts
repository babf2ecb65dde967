import type { IUnicodeVersionProvider } from '@xterm/xterm'
import { widthOf } from '../engine/shell/line-editor/graphemes.ts'

const ZERO_WIDTH_JOINER = 0x200d
const EMOJI_STYLE = 0xfe0f
const isSkinTone = (code: number) => code >= 0x1f3fb && code <= 0x1f3ff

/** xterm's packing: whether it joins the cell before it, the cell's width, and a state for the next character, here 1 behind a joiner. */
const pack = (joins: boolean, width: number, state: number) => state << 3 | width << 1 | Number(joins)
const widthIn = (packed: number) => packed >> 1 & 3
const stateIn = (packed: number) => packed >> 3

/** How many columns a character takes, as the shell counts them: xterm's own table is Unicode 6's, where an emoji is narrow. */
export const characterWidths: IUnicodeVersionProvider = {
  version: 'shell',
  wcwidth: code => code < 0x300 ? 1 : widthOf(String.fromCodePoint(code)) as 0 | 1 | 2,
  charProperties(code, before) {
    if (code < 0x300) return pack(false, 1, 0)
    const width = this.wcwidth(code)
    const own = widthIn(before)
    if (own === 0) return pack(false, width, 0)
    if (code === EMOJI_STYLE) return pack(true, 2, 0)
    if (width === 0) return pack(true, own, Number(code === ZERO_WIDTH_JOINER))
    return stateIn(before) === 1 || own === 2 && isSkinTone(code) ? pack(true, own, 0) : pack(false, width, 0)
  },
}
