/**
 * What uname(2) answers. Programs expect Linux's form and values; the version says what this is in truth.
 */
export const uname = {
  sysname: 'Linux',
  nodename: 'talk',
  release: '6.12.0',
  version: '#1 pex-pectations, a machine in a web page',
  machine: 'x86_64',
} as const
