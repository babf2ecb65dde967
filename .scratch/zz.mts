import { openMachineTab } from '../test/support/machine-tab.ts'
import { findBrowser } from '../scripts/find-browser.ts'
const m = await openMachineTab(await findBrowser())
for (const l of ['pipx install pex', ...Array(8).fill('pex requests -o demo.pex')]) { const r = await m.run(l); console.log(l, r.status, r.total.toFixed(0)) }
await m.close()
