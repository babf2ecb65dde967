/** Request headers that a browser sets itself, or that would make it ask for leave first: what a program says in them stays here. */
export const ownOfBrowsers: ReadonlySet<string> = new Set([
  'accept-charset', 'accept-encoding', 'connection', 'content-length', 'cookie', 'date', 'expect', 'host', 'keep-alive', 'origin',
  'proxy-connection', 'referer', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'via',
])
