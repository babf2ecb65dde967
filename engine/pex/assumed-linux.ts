/** A platform whose name says no more than Linux, as one of a manylinux standard: what pex takes it for. */
export const assumedLinux = (platform: string, standard = 'manylinux2014'): string => platform.replace(/^linux[-_]/, `${standard}_`)
