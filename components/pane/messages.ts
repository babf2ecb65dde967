/** What crosses the pane's two borders. Deck and wrapper talk over a MessagePort that the deck hands in; wrapper and shown page by postMessage. */

export interface PaneRequest {
  url: string
  method: string
  headers: [name: string, value: string][]
  body: Uint8Array | undefined
}

export const get = (url: string): PaneRequest => ({ url, method: 'GET', headers: [], body: undefined })

export interface ResponseHead {
  /** Where it came from in the end: redirects are followed. */
  url: string
  status: number
  statusText: string
  headers: [name: string, value: string][]
}

export interface PaneResponse extends ResponseHead {
  /** As it comes, decoded. It fails where the server ends it early. */
  body: ReadableStream<Uint8Array>
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
  /** The server asks for a name and a password, for what it calls this. */
  realm?: string
}

/** The one message before the port is there. */
export interface StartPane {
  op: 'start'
  /** The script that is put before all others of every page. */
  bridge: string
}

export type ToWrapper =
  | { op: 'go'; url: string }
  | { op: 'back' | 'forward' | 'reload' | 'stop' }
  /** For the server that has asked for them, and once more what it was asked. */
  | { op: 'sign-in'; name: string; password: string }
  /** Does it still answer? And has a person just clicked or typed in it? */
  | { op: 'alive' | 'pressed' }
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
  | { op: 'alive' }
  | { op: 'pressed'; is: boolean }
  | { op: 'download'; name: string; content: Blob }
  | { op: 'leave' }

/** What the bridge knows from the start. */
export interface PagePlace {
  /** The page's name in its messages: no other page knows it. */
  key: string
  url: string
  referrer: string
  /** How many frames it is in, below the wrapper's own. */
  depth: number
  /** As document.cookie shows them. */
  cookies: string
  stored: Record<StorageArea, [name: string, value: string][]>
  /** The page asks to be left by itself. */
  refresh?: { seconds: number; url: string }
}

export type StorageArea = 'localStorage' | 'sessionStorage'

/** What a page asks for, and what it gets. */
export interface PageAnswers {
  /** The body follows, part by part. */
  request: { ask: { request: PaneRequest }; answer: ResponseHead }
  /** A picture, a script, a stylesheet, with all that it names: a data: address, or nothing. */
  asset: { ask: { url: string }; answer: string | undefined }
  css: { ask: { text: string; base: string }; answer: string }
  /** A frame's in this page, or this page's next one where it is in a frame itself. */
  document: { ask: { request: PaneRequest; within: boolean }; answer: string }
  /** A module and what it imports: a data: address for each. `name` may be one that the page's import map knows. */
  modules: { ask: { name: string; base: string }; answer: { url: string; imports: Record<string, string> } }
}
export type PageAsk = { [Kind in keyof PageAnswers]: { kind: Kind } & PageAnswers[Kind]['ask'] }[keyof PageAnswers]

/** A page is a stranger: the wrapper reads these with care. */
export type FromPage = { key: string } & (
  | { op: 'ask'; id: number; what: PageAsk }
  /** The next part of a request's body, or no more of it. */
  | { op: 'more' | 'enough'; id: number }
  | { op: 'go'; request: PaneRequest }
  /** history.pushState: another address without another page. */
  | { op: 'place'; url: string; replace: boolean; state: unknown }
  | { op: 'step'; by: number }
  | { op: 'cookie'; text: string }
  /** No value: it is removed; no name: all are. */
  | { op: 'store'; area: StorageArea; name?: string; value?: string }
  | { op: 'keep'; name: string; content: Blob }
  | { op: 'leave' }
)

export type ToPage =
  | { op: 'answer'; id: number; value: PageAnswers[keyof PageAnswers]['answer']; cookies: string }
  /** No bytes: the body is over. */
  | { op: 'part'; id: number; bytes: Uint8Array | undefined }
  | { op: 'failed'; id: number; message: string }
  /** Back or forward within the page. */
  | { op: 'moved'; url: string; state: unknown }
  /** More of a document has come than it was shown with: all of it, anew. */
  | { op: 'grown'; html: string }
