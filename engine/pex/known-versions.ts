/** The pex releases whose wheels were compared with this builder's output (test/pex-parity.test.ts). */
export const knownVersions = ['2.92.3', '2.100.7']
