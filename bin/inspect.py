# What a Python says of itself that decides which wheels it takes and what markers come to (PEP 425, 508), as JSON.
import json, os, platform, sys, sysconfig

def implementation_version():
    info = sys.implementation.version
    suffix = "" if info.releaselevel == "final" else info.releaselevel[0] + str(info.serial)
    return "{0.major}.{0.minor}.{0.micro}".format(info) + suffix

def glibc():
    try:
        name, version = os.confstr("CS_GNU_LIBC_VERSION").split()
        return version if name == "glibc" else None
    except (AttributeError, OSError, ValueError, TypeError):
        return None

print(json.dumps({
    "path": sys.executable,
    "platform": sysconfig.get_platform(),
    "glibc": glibc(),
    "mac": platform.mac_ver()[0],
    "debug": bool(sysconfig.get_config_var("Py_DEBUG")),
    "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "soabi": sysconfig.get_config_var("SOABI"),
    "markers": {
        "implementation_name": sys.implementation.name,
        "implementation_version": implementation_version(),
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    },
}))
