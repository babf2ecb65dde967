import { useNav } from '@slidev/client'
import { syncDirections } from '@slidev/client/state/storage.ts'
import { defineRootSetup } from '@slidev/types'
import { onScopeDispose, watch } from 'vue'
import { agreeOnPlace } from '../components/agree-on-place.ts'

/** The presenter's and the audience's windows stay at one click, however fast the clicks are. */
export default defineRootSetup(() => {
  const { currentSlideNo, clicks, go, hasPrimarySlide, isPresenter, isPrintMode } = useNav()
  const may = (what: 'Send' | 'Receive') =>
    hasPrimarySlide.value && !isPrintMode.value && syncDirections.value[`${isPresenter.value ? 'presenter' : 'viewer'}${what}`]
  const agreement = agreeOnPlace({
    here: () => ({ page: currentSlideNo.value, clicks: clicks.value }),
    go: ({ page, clicks }) => void go(page, clicks),
    maySend: () => may('Send'),
    mayReceive: () => may('Receive'),
  })
  for (const kind of ['keydown', 'pointerdown', 'wheel']) addEventListener(kind, agreement.acted, { capture: true, passive: true })
  watch([currentSlideNo, clicks], agreement.moved)
  onScopeDispose(agreement.close)
})
