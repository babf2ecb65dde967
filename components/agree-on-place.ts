/**
 * Slidev sends each click to the deck's other windows, and drops one that comes while a window is busy with the one before: after three fast
 * clicks the audience could stay two behind. Here the windows compare, once all is quiet, where they are, and the one where a person acted
 * last is right.
 */
export interface Place {
  page: number
  clicks: number
}

export interface Placed {
  here(): Place
  go(place: Place): void
  /** What the deck's own controls allow. */
  maySend(): boolean
  mayReceive(): boolean
}

/** Milliseconds without a move after which a window says where it is. */
const QUIET = 250
const CHANNEL = 'pex-pectations: place'

interface Message extends Place {
  /** When a person last did something in that window; the windows of one browser have one clock. */
  acted: number
}

export interface Agreement {
  /** A person did something in this window. */
  acted(): void
  /** This window has moved. */
  moved(): void
  close(): void
}

export function agreeOnPlace(placed: Placed): Agreement {
  const channel = new BroadcastChannel(CHANNEL)
  let acted = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = (run: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(run, QUIET)
  }
  const tell = () => { if (placed.maySend()) channel.postMessage({ ...placed.here(), acted } satisfies Message) }

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    const { page, clicks } = placed.here()
    if (!placed.mayReceive() || (data.page === page && data.clicks === clicks)) return
    if (data.acted > acted) placed.go({ page: data.page, clicks: data.clicks })
    else if (data.acted < acted) later(tell)
  }

  return {
    acted: () => { acted = Date.now() },
    moved: () => later(tell),
    close() {
      clearTimeout(timer)
      channel.close()
    },
  }
}
