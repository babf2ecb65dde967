import { readonly, ref } from 'vue'

const CHANNEL = 'pex-pectations: outside'
const ASK = 'ask'

const open = ref(new URLSearchParams(location.search).has('outside'))
const channel = new BroadcastChannel(CHANNEL)

// A terminal that one window's audience sees refused must not answer in the presenter's: the windows of one browser have one switch.
channel.onmessage = ({ data }: MessageEvent<boolean | typeof ASK>) => {
  if (data !== ASK) open.value = data
  else if (open.value) channel.postMessage(true)
}
channel.postMessage(open.value || ASK)

/** Whether programs in the terminals may ask other sites: not until a person says so, by the deck's address (`?outside`) or its switch. */
export const outsideOpen = readonly(open)

export function switchOutside(to: boolean) {
  open.value = to
  channel.postMessage(to)
}
