import { headerOf } from '../../engine/http/http-connection.ts'
import type { ResponseHead } from './messages.ts'

/**
 * What a server calls the place for which it asks a name and a password (RFC 7617), '' where it says nothing; undefined where it asks for
 * none, or in another way.
 */
export function basicRealm(response: Pick<ResponseHead, 'status' | 'headers'>): string | undefined {
  const [challenge] = /(?<=^|,)\s*Basic(?=[\s,]|$).*/i.exec(response.status === 401 ? headerOf(response, 'www-authenticate') ?? '' : '') ?? []
  if (challenge === undefined) return undefined
  const [, quoted, bare] = /\brealm=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/i.exec(challenge) ?? []
  return bare ?? quoted?.replace(/\\(.)/g, '$1') ?? ''
}
