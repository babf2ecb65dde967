/** What crosses the pane's two borders. Deck and wrapper talk over a MessagePort that the deck hands in; wrapper and shown page by postMessage. */

export interface PaneRequest {
  url: string
  method: string
  headers: [name: string, value: string][]
  body: Uint8Array | undefined
}

export interface PaneResponse {
  /** Where it came from in the end: redirects are followed. */
  url: string
  status: number
  statusText: string
  headers: [name: string, value: string][]
  body: Uint8Array
}

/** What the pane's bars show. */
export interface PaneState {
  url: string
  title: string
  loading: boolean
  /** `200 OK`, or why nothing came: one line. */
  status: string
  failed: boolean
  canGoBack: boolean
  canGoForward: boolean
}

/** The one message before the port is there. */
export interface StartPane {
  op: 'start'
  /** The script that is put before all others of every page. */
  bridge: string
}

export type ToWrapper =
  | { op: 'go'; url: string }
  | { op: 'back' | 'forward' | 'reload' }
  | { op: 'answer'; id: number; value: unknown }
  | { op: 'failed'; id: number; message: string }

/** What the wrapper asks of the machine, each answered under its number. */
export type Ask =
  | { op: 'connect'; id: number; connection: number; port: number }
  | { op: 'receive'; id: number; connection: number }
  | { op: 'send'; id: number; connection: number; bytes: Uint8Array }
  | { op: 'disconnect'; id: number; connection: number }

export type FromWrapper =
  | Ask
  | { op: 'state'; state: PaneState }
  | { op: 'download'; name: string; bytes: Uint8Array }
  | { op: 'leave' }

/** What the bridge knows from the start. */
export interface PagePlace {
  url: string
  /** As document.cookie shows them. */
  cookies: string
  /** The page asks to be left by itself. */
  refresh?: { seconds: number; url: string }
}

/** A page is a stranger: the wrapper reads these with care. */
export type FromPage =
  | { op: 'request'; id: number; request: PaneRequest }
  | { op: 'go'; request: PaneRequest }
  /** history.pushState: another address without another page. */
  | { op: 'place'; url: string; replace: boolean }
  | { op: 'step'; by: number }
  | { op: 'cookie'; text: string }
  | { op: 'leave' }

export type ToPage =
  | { op: 'response'; id: number; response: PaneResponse; cookies: string }
  | { op: 'failed'; id: number; message: string }
