/** Why tests of CPython's cannot pass on the machine: by what they name and say. */
const REASONS: [pattern: RegExp, reason: string][] = [
  [/fork is not possible here/, 'it forks: a running interpreter cannot be copied'],
  [/can't start new thread/, 'it has a thread that waits for another: one browser thread runs an interpreter'],
  [/no attribute '_?(?:fork_exec|forkpty|openpty|pthread_\w+|sched_\w+|eventfd\w*|memfd_create|timerfd\w*|splice|sendfile|copy_file_range|posix_fallocate|preadv2?|pwritev2?|setxattr|getxattr|chroot|setns|unshare|mknod|getrandom)'/, 'a call of Linux that the machine does not have'],
  [/ItimerTest\.test_itimer_(?:prof|virtual)/, 'a timer of processor time, which browsers do not tell'],
  [/CreateServerFunctionalTest/, 'it has a thread that serves beside it: one browser thread runs an interpreter'],
  [/StressTest\.test_stress_modifying_handlers/, 'it has a thread that runs until another ends it: one browser thread runs an interpreter'],
  [/Pep383Tests|CmdLineTest\.test_non_ascii|testUnencodableAddr|testLinuxAbstractNamespace/, 'a file name that is no UTF-8: names in the machine are text'],
  [/preexec_fn is not possible/, 'preexec_fn runs between fork and exec, and there is no fork'],
  [/UDPLITE/, 'it wants a kernel with UDP-Lite'],
  [/SendRecvFdsTests/, 'it sends descriptors over a socket: here they are inherited'],
  [/RunModuleTestCase.test_invalid_names_set_name_attribute|RunPathTestCase.test_directory_error_sets_name_attribute/, 'it is newer than the library'],
  [/test_fork_at_finalization|test_preexec_at_exit|test__thread_interrupt_main/, 'it looks at the names of __main__ when the interpreter ends: JavaScript holds them, so they are gone by then'],
  [/No module named '_test(?:internal)?capi'/, 'it needs the test modules in C, which Pyodide leaves out'],
]

/** undefined where a failure is one. */
export const cannotApply = ({ id, why }: { id: string; why: string }): string | undefined =>
  REASONS.find(([pattern]) => pattern.test(why) || pattern.test(id))?.[1]
