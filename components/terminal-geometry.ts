import type { TerminalBlock } from './terminal-block.ts'
import { CHARACTER, type Geometry } from './use-terminal.ts'

/** Inner widths on the slide's canvas of 980 px: the terminal alone, and with something beside it. */
const FULL_WIDTH = 858
const SPLIT_WIDTH = 623
/** On a stage of 1920 px the canvas is scaled by 1.96: 13.3 px here are 26 there. */
const LARGEST = 19
const LARGEST_SPLIT = 15
/** A page needs room. */
const LARGEST_WITH_PANE = 13.4

/** The largest type on which the block's columns fit. */
export function terminalGeometry({ columns, rows, options }: TerminalBlock): Geometry {
  const split = options.beside !== undefined
  const fitting = (split ? SPLIT_WIDTH : FULL_WIDTH) / (columns * CHARACTER)
  const font = Math.floor(Math.min(fitting, options.beside?.kind === 'pane' ? LARGEST_WITH_PANE : split ? LARGEST_SPLIT : LARGEST) * 10) / 10
  return { columns, rows, font, line: Math.round(font * 1.42) }
}
