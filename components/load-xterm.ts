import type * as Xterm from '@xterm/xterm'

/** The terminals' face: xterm measures its characters once, when it opens. */
export const FACE = 'Fira Code'

let loading: Promise<typeof Xterm> | undefined

/** A third of a megabyte that paper and overviews do without, and the face: asked for with the deck's start, and there when the first machine is. */
export function loadXterm(): Promise<typeof Xterm> {
  return loading ??= Promise.all([
    import('@xterm/xterm'),
    document.fonts.load(`16px "${FACE}"`),
    document.fonts.load(`600 16px "${FACE}"`),
  ]).then(([xterm]) => xterm)
}
