import type * as Xterm from '@xterm/xterm'

let loading: Promise<typeof Xterm> | undefined

/** A third of a megabyte that paper and overviews do without: asked for with the deck's start, and there when the first machine is. */
export function loadXterm(): Promise<typeof Xterm> {
  return loading ??= import('@xterm/xterm')
}
