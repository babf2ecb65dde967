import { hiddenUser } from './shown-url.ts'

/** User information of the URLs in a text, up to the last `@` before the host's end; URLs end at spaces, quotes and brackets. */
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)([^\s/?#'"<>]*)@/gi

/**
 * A text as it may be printed: in its URLs the password, or a user name that stands alone (a token), is `****`, as in pip's messages. For
 * what quotes a requirement or a file name that somebody wrote; see `shownUrl` for a URL alone.
 */
export const withoutPasswords = (text: string): string =>
  text.replace(userInfo, (_, scheme: string, user: string) => `${scheme}${hiddenUser(user)}@`)
