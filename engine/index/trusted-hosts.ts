import { IndexError } from './index-error.ts'
import { shownUrl } from './shown-url.ts'

/** Whether pip would ask this host over http: it is this machine, or one of `--trusted-host` (`name` or `name:port`). */
export const isTrusted = ({ hostname, port }: URL, trustedHosts: readonly string[]): boolean =>
  hostname === 'localhost' || /^127(?:\.\d+){3}$/.test(hostname) || hostname === '[::1]'
  || trustedHosts.some(host => {
    const wanted = host.toLowerCase()
    return wanted === hostname || wanted === `${hostname}:${port || '80'}`
  })

/** Throws IndexError 'refused' where what a page of this URL says could be anybody's. */
export const checkSecure = (url: string, trustedHosts: readonly string[]): void => {
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' || isTrusted(parsed, trustedHosts)) return
  throw new IndexError('refused', `${shownUrl(url)} is not secure: use https:, or --trusted-host ${parsed.host} if you know the way to it`, shownUrl(url))
}
