import { onMounted, onUnmounted, ref, type Ref } from 'vue'

export interface FileDrop {
  /** Something is held over the place. */
  over: Ref<boolean>
  /** For the place's element: `v-on`. */
  listeners: Record<'dragover' | 'dragleave' | 'drop', (event: DragEvent) => void>
}

/** A place to drop files. While it is in the deck, a file that misses it does not take the deck's place in its window. */
export function useFileDrop(take: (files: File[]) => void): FileDrop {
  const over = ref(false)
  const stay = (event: DragEvent) => event.preventDefault()
  onMounted(() => {
    addEventListener('dragover', stay)
    addEventListener('drop', stay)
  })
  onUnmounted(() => {
    removeEventListener('dragover', stay)
    removeEventListener('drop', stay)
  })
  /** A place in a place has it alone. */
  const mine = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    over,
    listeners: {
      dragover(event) {
        mine(event)
        over.value = true
      },
      dragleave: () => { over.value = false },
      drop(event) {
        mine(event)
        over.value = false
        if (event.dataTransfer?.files.length) take([...event.dataTransfer.files])
      },
    },
  }
}
