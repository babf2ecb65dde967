import { ref, watchPostEffect, type Ref } from 'vue'

/** How far an element has to move up, in the slide's own pixels, to end above the slide's lower edge; `reads` are what its size hangs on. */
export function useInsideSlide(element: Ref<HTMLElement | null>, scale: Ref<number>, reads: () => unknown): Ref<number> {
  const up = ref(0)
  watchPostEffect(() => {
    reads()
    const slide = element.value?.closest('.slidev-layout')
    if (!element.value || !slide) return
    const beyond = (element.value.getBoundingClientRect().bottom - slide.getBoundingClientRect().bottom) / scale.value
    // Where it stands now is already so far up.
    up.value = Math.max(0, Math.ceil(beyond + up.value + MARGIN))
  })
  return up
}

/** Between the element and the edge. */
const MARGIN = 5
