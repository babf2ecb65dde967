/** The part of Slidev's slides that the deck uses; see slidev-client.d.ts. */
import type { Ref } from 'vue'

export interface SlideRoute {
  /** Brings the slide's module, once. */
  load(): Promise<unknown>
  /** Reactive: with `preload: false` the slide is mounted when it is gone to, not with its neighbours. */
  meta: { slide: { frontmatter: { preload?: boolean } } }
}
export declare const slides: Ref<SlideRoute[]>
export declare function getSlide(no: number | string): SlideRoute | undefined
