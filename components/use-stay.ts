import { onMounted, onUnmounted } from 'vue'

/**
 * Ctrl-W is the shell's, for a word, and the browser's, for the window: that it asks before it closes, while `wanted` says so, is all that
 * can be had.
 */
export function useStay(wanted: () => boolean): void {
  const ask = (event: BeforeUnloadEvent) => { if (wanted()) event.preventDefault() }
  onMounted(() => addEventListener('beforeunload', ask))
  onUnmounted(() => removeEventListener('beforeunload', ask))
}
