/** Linux x86-64 signal numbers, bash's words for a job they ended (`signal(7)`), and what they do by default. */
export const signals = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10,
  SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20,
  SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGWINCH: 28,
} as const
export type SignalName = keyof typeof signals
export type Signal = (typeof signals)[SignalName]

export const ignoredByDefault: ReadonlySet<number> = new Set([signals.SIGCHLD, signals.SIGURG, signals.SIGWINCH, signals.SIGCONT])
export const stopsByDefault: ReadonlySet<number> = new Set([signals.SIGSTOP, signals.SIGTSTP, signals.SIGTTIN, signals.SIGTTOU])

/** What bash prints for a job that a signal ended (`Terminated`, `Killed` ...); SIGINT and SIGPIPE print nothing in the foreground. */
export const signalText: Readonly<Record<number, string>> = {
  1: 'Hangup', 2: 'Interrupt', 3: 'Quit', 4: 'Illegal instruction', 5: 'Trace/breakpoint trap', 6: 'Aborted', 7: 'Bus error',
  8: 'Floating point exception', 9: 'Killed', 10: 'User defined signal 1', 11: 'Segmentation fault', 12: 'User defined signal 2',
  13: 'Broken pipe', 14: 'Alarm clock', 15: 'Terminated', 19: 'Stopped (signal)', 20: 'Stopped', 21: 'Stopped (tty input)', 22: 'Stopped (tty output)',
}
