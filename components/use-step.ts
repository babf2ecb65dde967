import { useNav, useSlideContext } from '@slidev/client'
import { computed, onMounted, onScopeDispose, onUnmounted, ref, useId, watch, type ComputedRef, type Ref } from 'vue'

export interface UsedStep {
  /** How many of the component's steps are done after the clicks so far. */
  step: ComputedRef<number>
  /** Goes to the click after which so many are done. */
  reach(step: number): void
  /** This instance may be live: the slide itself, in the audience's or the presenter's window, and not on paper. */
  mayLive: ComputedRef<boolean>
  /** It is on the current slide. */
  active: ComputedRef<boolean>
  /** It is on the current slide, or has been on a neighbour for a moment. */
  near: Ref<boolean>
  scale: ComputedRef<number>
}

/** Milliseconds: a neighbour's machine waits until the current slide's has had its start. */
const NEIGHBOUR = 1000

/** Takes as many clicks of the slide as there are steps, and says where in them we are. With `keep`, a slide that was near stays so. */
export function useStep(steps: number, keep = false): UsedStep {
  const { $clicksContext: clicks, $page: page, $renderContext: context, $scale, $zoom } = useSlideContext()
  const { isPrintMode, currentSlideNo } = useNav()
  const first = ref<number>()
  const id = useId()
  // Not in setup: v-click takes its clicks when it is mounted, and those that stand above come first.
  onMounted(() => {
    const info = steps > 0 ? clicks.calculateSince('+1', steps) : null
    if (!info) return
    clicks.register(id, info)
    first.value = info.start
  })
  onUnmounted(() => clicks.unregister(id))

  const mayLive = computed(() => ['slide', 'presenter'].includes(context.value) && !isPrintMode.value)
  const distance = computed(() => Math.abs(currentSlideNo.value - page.value))
  const near = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(distance, now => {
    clearTimeout(timer)
    if (now !== 1) near.value = now === 0 || (keep && near.value)
    else if (!near.value) timer = setTimeout(() => { near.value = true }, NEIGHBOUR)
  }, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return {
    step: computed(() => first.value === undefined ? 0 : Math.min(Math.max(clicks.current - first.value + 1, 0), steps)),
    reach(step) {
      if (first.value !== undefined) clicks.current = first.value + step - 1
    },
    mayLive,
    active: computed(() => distance.value === 0),
    near,
    scale: computed(() => $scale.value * $zoom.value),
  }
}
