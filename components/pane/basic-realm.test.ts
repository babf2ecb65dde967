import { expect, test } from 'vitest'
import { basicRealm } from './basic-realm.ts'

const asks = (challenge: string, status = 401) => basicRealm({ status, headers: [['WWW-Authenticate', challenge]] })

test.each([
  ['Basic realm="the vault"', 'the vault'],
  ['basic charset="UTF-8", realm="a \\"b\\""', 'a "b"'],
  ['Bearer realm="x", Basic realm=y', 'y'],
  ['Basic', ''],
  ['Digest realm="x", nonce="Basically"', undefined],
  ['Basically realm="x"', undefined],
])('%s', (challenge, realm) => expect(asks(challenge)).toBe(realm))

test('only where it says 401', () => expect(asks('Basic realm="x"', 200)).toBeUndefined())
