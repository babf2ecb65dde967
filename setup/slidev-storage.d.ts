/** The part of Slidev's stored settings that the deck uses; see slidev-client.d.ts. */
import type { Ref } from 'vue'

/** Which windows follow which: the switches in Slidev's own controls. */
export declare const syncDirections: Ref<Record<'viewerSend' | 'viewerReceive' | 'presenterSend' | 'presenterReceive', boolean>>
