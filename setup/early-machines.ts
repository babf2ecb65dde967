import { createHash } from 'node:crypto'
import { build } from 'esbuild'
import type { Plugin, Rollup } from 'vite'
import type { FrameScript } from '../components/frame-script.ts'
import { bundleScript } from '../scripts/bundle-script.ts'

const PLACE = '<script id="early-machines"></script>'

/**
 * Puts components/early-machines.ts into the page's head as a classic script, at the place that index.html marks: behind the page's policy,
 * and before the stylesheets, which scripts would wait for.
 */
export function earlyMachines(root: string): Plugin {
  let base = './'
  return {
    name: 'early-machines',
    configResolved(config) { base = config.base },
    async transformIndexHtml(html, { bundle = {} }) {
      const text = await bundleScript('engine/host/frame.ts')
      const frameScript: FrameScript = { text, sha256: createHash('sha256').update(text).digest('base64') }
      const { outputFiles } = await build({
        absWorkingDir: root,
        entryPoints: ['components/early-machines.ts'],
        bundle: true,
        write: false,
        format: 'iife',
        target: 'es2022',
        minify: true,
        define: { ASSETS: JSON.stringify(base), FRAME_SCRIPT: JSON.stringify(frameScript), MODULES: JSON.stringify(ofTerminals(bundle)) },
      })
      // As a function: a script's $ signs mean nothing here.
      return html.replace(PLACE, () => `<script>${outputFiles[0]?.text.trim() ?? ''}</script>`)
    },
  }
}

/** A terminal's component and its screen. */
const ofTerminals = (bundle: Rollup.OutputBundle) => Object.values(bundle).flatMap(file =>
  file.type === 'chunk' && file.moduleIds.some(id => /\/(TranscriptTerminal\.vue|@xterm\/xterm\/.*)$/.test(id)) ? [file.fileName] : [])
