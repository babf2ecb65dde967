import { useNav, useSlideContext } from '@slidev/client'
import { computed, onMounted, onUnmounted, ref, useId, type ComputedRef } from 'vue'

export interface UsedStep {
  /** How many of the component's steps are done after the clicks so far. */
  step: ComputedRef<number>
  /** This instance may be live: the slide itself, in the audience's or the presenter's window, and not on paper. */
  mayLive: ComputedRef<boolean>
  /** It is on the current slide. */
  active: ComputedRef<boolean>
  /** It is on the current slide or a neighbour. */
  near: ComputedRef<boolean>
  scale: ComputedRef<number>
}

/** Takes as many clicks of the slide as there are steps, and says where in them we are. */
export function useStep(steps: number): UsedStep {
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
  return {
    step: computed(() => first.value === undefined ? 0 : Math.min(Math.max(clicks.current - first.value + 1, 0), steps)),
    mayLive,
    active: computed(() => distance.value === 0),
    near: computed(() => distance.value <= 1),
    scale: computed(() => $scale.value * $zoom.value),
  }
}
