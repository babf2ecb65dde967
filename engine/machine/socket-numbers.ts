/** Linux's numbers for sockets (asm-generic/socket.h, bits/socket.h, netinet/in.h, netinet/tcp.h). */
export const AF_UNIX = 1
export const AF_INET = 2

export const SOCK_STREAM = 1
export const SOCK_DGRAM = 2
/** Or'ed to the type. */
export const SOCK_NONBLOCK = 0o4000
export const SOCK_CLOEXEC = 0o2000000

export const IPPROTO_IP = 0
export const IPPROTO_TCP = 6
export const IPPROTO_UDP = 17

export const MSG_PEEK = 0x2
export const MSG_TRUNC = 0x20
export const MSG_DONTWAIT = 0x40
export const MSG_WAITALL = 0x100
/** Here: why the connection was reset, in words. */
export const MSG_ERRQUEUE = 0x2000
export const MSG_NOSIGNAL = 0x4000
export const MSG_OOB = 0x1

export const SHUT_RD = 0
export const SHUT_WR = 1
export const SHUT_RDWR = 2

export const SOL_SOCKET = 1
export const SO_REUSEADDR = 2
export const SO_TYPE = 3
export const SO_ERROR = 4
export const SO_BROADCAST = 6
export const SO_SNDBUF = 7
export const SO_RCVBUF = 8
export const SO_KEEPALIVE = 9
export const SO_OOBINLINE = 10
export const SO_LINGER = 13
export const SO_REUSEPORT = 15
export const SO_ACCEPTCONN = 30
export const SO_PROTOCOL = 38
export const SO_DOMAIN = 39

export const TCP_NODELAY = 1
export const TCP_CORK = 3
export const TCP_KEEPIDLE = 4
export const TCP_KEEPINTVL = 5
export const TCP_KEEPCNT = 6
export const TCP_DEFER_ACCEPT = 9
export const TCP_QUICKACK = 12
export const TCP_USER_TIMEOUT = 18
export const IP_TOS = 1
export const IP_TTL = 2

/** The longest queue that `listen` gives (net.core.somaxconn). */
export const SOMAXCONN = 4096
