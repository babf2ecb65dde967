/**
 * The part of Slidev's client that the deck uses. The package ships sources that do not compile under this project's compiler
 * options, so tsconfig.json points the type checker here; Vite takes the real one.
 */
import type { ComputedRef, Ref } from 'vue'

export interface ClicksContext {
  current: number
  total: number
  calculateSince(at: string | number, size?: number): { start: number; end: number; max: number; delta: number; isActive: Ref<boolean> } | null
  register(element: unknown, info: { max: number; delta: number }): void
  unregister(element: unknown): void
}
export declare function useNav(): {
  isPrintMode: ComputedRef<boolean>
  isPresenter: ComputedRef<boolean>
  hasPrimarySlide: ComputedRef<boolean>
  currentSlideNo: ComputedRef<number>
  clicks: ComputedRef<number>
  go(page: number, clicks?: number): Promise<void>
}
export declare function useSlideContext(): {
  $clicksContext: ClicksContext
  $page: Ref<number>
  $renderContext: Ref<string>
  $scale: Ref<number>
  $zoom: Ref<number>
}
export declare function useDarkMode(): { isDark: Ref<boolean> }
