/** Everything up to the last `@` of the authority, as RFC 3986 reads it; a text that is no URL may hold one too. */
const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i

/** What stands for `user:password` or a token in front of an `@`. */
export const hiddenUser = (user: string): string => `${user.includes(':') ? user.slice(0, user.indexOf(':') + 1) : ''}****`

/** A URL as it may be printed: the password, or a user name that stands alone (a token), is `****`, as in pip's messages. */
export const shownUrl = (url: string): string => url.replace(userInfo, (_, scheme: string, user: string) => `${scheme}${hiddenUser(user)}@`)
