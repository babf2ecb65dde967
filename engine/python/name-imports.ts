/** getaddrinfo(3) and its kin: names come from /etc/hosts and what the kernel makes of others, services from the few that programs ask for by name. */
import { addressesOf, isHostNumber, namesOf } from '../machine/host-names.ts'
import { internet } from '../machine/socket-address.ts'
import { AF_INET, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM } from '../machine/socket-numbers.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { Heap } from './heap.ts'
import type { ImportTable, Interpreter } from './interpreter.ts'
import type { ProcessFiles } from './process-files.ts'
import { INTERNET_SIZE, type SocketAddresses } from './socket-addresses.ts'

/** musl's netdb.h. */
const AI_PASSIVE = 1
const AI_CANONNAME = 2
const AI_NUMERICHOST = 4
const AI_NUMERICSERV = 0x400
const NI_NUMERICHOST = 1
const NI_NUMERICSERV = 2
const NI_NAMEREQD = 8
const EAI_NONAME = -2
const EAI_FAMILY = -6
const EAI_SOCKTYPE = -7
const EAI_SERVICE = -8
const EAI_OVERFLOW = -12

/** struct addrinfo: flags, family, type, protocol, address length, address, canonical name, next. */
const ADDRESS_INFO = 32
const services: Record<string, number> = {
  echo: 7, ftp: 21, ssh: 22, telnet: 23, smtp: 25, domain: 53, http: 80, pop3: 110, ntp: 123, imap: 143, https: 443, 'http-alt': 8080,
}
const kinds = [{ type: SOCK_STREAM, protocol: IPPROTO_TCP }, { type: SOCK_DGRAM, protocol: IPPROTO_UDP }, { type: 3, protocol: 0 }]

export function createNameImports(interpreter: Interpreter, heap: Heap, files: ProcessFiles, kernel: KernelCalls, addresses: SocketAddresses): ImportTable {
  function hosts(): string {
    try {
      const fd = files.open('/etc/hosts', 0, 0)
      try {
        return new TextDecoder().decode(files.read(fd, 1 << 16))
      } finally {
        files.close(fd)
      }
    } catch (error) {
      // Without the file there are no names.
      if (error instanceof SystemError) return ''
      throw error
    }
  }

  /** /etc/hosts goes before the world. */
  function addressesOfAny(name: string): string[] {
    const here = addressesOf(hosts(), name)
    if (here.length > 0) return here
    try {
      return [kernel.resolve(name)]
    } catch (error) {
      if (error instanceof SystemError) return []
      throw error
    }
  }

  function lookUp(node: string | undefined, service: string | undefined, hint: number, out: number): number {
    const [flags, family, type, protocol] = [0, 4, 8, 12].map(offset => hint ? heap.view().getInt32(hint + offset, true) : 0) as
      [number, number, number, number]
    if (family !== 0 && family !== AF_INET) return EAI_FAMILY
    const found = kinds.filter(kind => (type === 0 || kind.type === type) && (protocol === 0 || kind.protocol === protocol))
    if (found.length === 0) return EAI_SOCKTYPE
    const port = service === undefined ? 0 : /^\d+$/.test(service) ? Number(service) & 0xffff : services[service]
    if (port === undefined) return EAI_SERVICE
    if (flags & AI_NUMERICSERV && !/^\d+$/.test(service ?? '0')) return EAI_NONAME
    if (node !== undefined && flags & AI_NUMERICHOST && !isHostNumber(node)) return EAI_NONAME
    const anybody = flags & AI_PASSIVE ? '0.0.0.0' : '127.0.0.1'
    const places = node === undefined ? [anybody] : addressesOfAny(node)
    if (places.length === 0) return EAI_NONAME
    const rows = places.flatMap(host => found.map(kind => ({ host, ...kind })))
    // One block for all: Emscripten's freeaddrinfo frees the first entry and its address.
    const block = interpreter._malloc(ADDRESS_INFO * rows.length)
    const places4 = interpreter._malloc(INTERNET_SIZE * rows.length)
    rows.forEach((row, index) => {
      const at = block + ADDRESS_INFO * index
      const place = places4 + INTERNET_SIZE * index
      heap.bytes().set(addresses.bytesOf(internet(row.host, port)), place)
      const isNamed = flags & AI_CANONNAME && index === 0 && node !== undefined
      const canonical = isNamed ? heap.newString((isHostNumber(node) ? undefined : namesOf(hosts(), row.host)[0]) ?? node) : 0
      const next = index + 1 < rows.length ? at + ADDRESS_INFO : 0
      const words = [flags, AF_INET, row.type, row.protocol, INTERNET_SIZE, place, canonical, next]
      words.forEach((word, field) => heap.view().setUint32(at + 4 * field, word, true))
    })
    heap.view().setUint32(out, block, true)
    return 0
  }

  return {
    getaddrinfo: (node: number, service: number, hint: number, out: number) => lookUp(
      node ? heap.string(node >>> 0) : undefined, service ? heap.string(service >>> 0) : undefined, hint >>> 0, out >>> 0),
    getnameinfo(place: number, length: number, node: number, nodeLength: number, service: number, serviceLength: number, flags: number) {
      const { family, host, port } = addresses.address(place >>> 0, length >>> 0) as { family: number; host: string; port: number }
      if (family !== AF_INET) return EAI_FAMILY
      const name = flags & NI_NUMERICHOST ? undefined : namesOf(hosts(), host)[0]
      if (!name && flags & NI_NAMEREQD) return EAI_NONAME
      const known = flags & NI_NUMERICSERV ? undefined : Object.entries(services).find(([, number]) => number === port)?.[0]
      const fits = (!node || !nodeLength || heap.putString(name ?? host, node >>> 0, nodeLength >>> 0)) &&
        (!service || !serviceLength || heap.putString(known ?? String(port), service >>> 0, serviceLength >>> 0))
      return fits ? 0 : EAI_OVERFLOW
    },
  }
}
