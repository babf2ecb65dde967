/** Names of hosts, as /etc/hosts (hosts(5)) tells them: there is no other source on a machine whose network is its own. */
const numeric = /^\d{1,3}(\.\d{1,3}){3}$/

/** Four decimal numbers, each below 256. */
export const isHostNumber = (text: string): boolean => numeric.test(text) && text.split('.').every((part) => Number(part) < 256)

interface Line {
  address: string
  names: string[]
}

function lines(hosts: string): Line[] {
  return hosts.split('\n').flatMap((line) => {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    return address && names.length > 0 && isHostNumber(address) ? [{ address, names }] : []
  })
}

/** The addresses of a name, in the file's order, each once; a numeric address is its own. `hosts` is the text of /etc/hosts. */
export function addressesOf(hosts: string, name: string): string[] {
  if (isHostNumber(name)) return [name]
  const wanted = name.toLowerCase().replace(/\.$/, '')
  const found = lines(hosts).filter(({ names }) => names.some((each) => each.toLowerCase() === wanted)).map(({ address }) => address)
  // RFC 6761: localhost and names below it are the loopback's whatever the file says.
  if (found.length === 0 && /(^|\.)localhost$/.test(wanted)) return ['127.0.0.1']
  return [...new Set(found)]
}

/** The names of an address: the first is its canonical one. */
export const namesOf = (hosts: string, address: string): string[] => lines(hosts).find((line) => line.address === address)?.names ?? []
