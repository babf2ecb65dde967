"""hashlib.pbkdf2_hmac and scrypt, which CPython has from OpenSSL and Django's password hashes need."""
import hashlib
import sys

from _machine_personality import call

MOST = 2 ** 31 - 1


def _hex(value):
    try:
        return bytes(memoryview(value)).hex()
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'") from None


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    if not isinstance(hash_name, str):
        raise TypeError(f"pbkdf2_hmac() argument 'hash_name' must be str, not {type(hash_name).__name__}")
    if iterations < 1:
        raise ValueError('iteration value must be greater than 0.')
    if dklen is not None and dklen < 1:
        raise ValueError('key length must be greater than 0.')
    if iterations > MOST or dklen is not None and dklen > MOST:
        raise OverflowError('iteration value is too great.' if iterations > MOST else 'key length is too great.')
    words = {'kind': 'pbkdf2', 'hash': hash_name.lower().replace('-', ''), 'iterations': iterations}
    try:
        words['length'] = dklen or hashlib.new(hash_name).digest_size
        key = call('deriveKey', dict(words, password=_hex(password), salt=_hex(salt)))
    except ValueError:
        key = None
    if key is None:
        raise ValueError(f'unsupported hash type {hash_name}')
    return bytes.fromhex(key)


def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
    if n < 2 or n & n - 1:
        raise ValueError('n must be a power of 2.')
    if not 0 <= maxmem <= MOST:
        raise ValueError(f'maxmem must be positive and smaller than {MOST}')
    if not 0 < dklen <= MOST:
        raise ValueError(f'dklen must be greater than 0 and smaller than {MOST}')
    # OpenSSL's default limit.
    memory = maxmem or 32 * 1024 * 1024
    if r < 1 or p < 1 or 128 * r * (n + p + 2) > memory:
        raise ValueError('Invalid parameter combination for n, r, p, maxmem.')
    return bytes.fromhex(call('deriveKey', {
        'kind': 'scrypt', 'password': _hex(password), 'salt': _hex(salt), 'n': n, 'r': r, 'p': p,
        'memory': memory + 1024 * 1024, 'length': dklen}))


def install():
    hashlib.pbkdf2_hmac = sys._native('pbkdf2_hmac', pbkdf2_hmac)
    hashlib.scrypt = sys._native('scrypt', scrypt)
    hashlib.__all__ += ('pbkdf2_hmac', 'scrypt')
