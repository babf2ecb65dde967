"""Virtual environments: directories that `pyvenv.cfg` makes a prefix of their own. Stands in for the package that Pyodide leaves out.

The directories, links, configuration and messages are those of CPython's. There is no pip to put into one, so it takes --without-pip.
"""
import argparse as _argparse
import os
import shlex as _shlex
import shutil as _shutil
import sys
import types as _types

__all__ = ['EnvBuilder', 'create', 'main']

_ACTIVATE = '''\
# Read this with `. bin/activate`: it changes the shell that reads it.

deactivate() {
    if [ -n "${_OLD_VIRTUAL_PATH:-}" ]; then
        export PATH="$_OLD_VIRTUAL_PATH"
        unset _OLD_VIRTUAL_PATH
    fi
    if [ -n "${_OLD_VIRTUAL_PS1:-}" ]; then
        export PS1="$_OLD_VIRTUAL_PS1"
        unset _OLD_VIRTUAL_PS1
    fi
    unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
    if [ "${1:-}" != nondestructive ]; then
        unset -f deactivate
    fi
}
deactivate nondestructive

export VIRTUAL_ENV=%(directory)s
export VIRTUAL_ENV_PROMPT=%(prompt)s
_OLD_VIRTUAL_PATH="$PATH"
export PATH="$VIRTUAL_ENV/bin:$PATH"
if [ -z "${VIRTUAL_ENV_DISABLE_PROMPT:-}" ]; then
    _OLD_VIRTUAL_PS1="${PS1:-}"
    export PS1="($VIRTUAL_ENV_PROMPT) ${PS1:-}"
fi
'''


class EnvBuilder:
    """Makes environments; `post_setup` is for subclasses."""

    def __init__(self, system_site_packages=False, clear=False, symlinks=False, upgrade=False, with_pip=False, prompt=None,
                 upgrade_deps=False, *, scm_ignore_files=frozenset()):
        self.system_site_packages = system_site_packages
        self.clear = clear
        self.symlinks = symlinks
        self.upgrade = upgrade
        self.with_pip = with_pip
        self.orig_prompt = prompt
        self.prompt = os.path.basename(os.getcwd()) if prompt == '.' else prompt
        self.upgrade_deps = upgrade_deps
        self.scm_ignore_files = frozenset(map(str.lower, scm_ignore_files))

    def create(self, env_dir):
        if self.with_pip or self.upgrade_deps:
            raise ValueError('there is no pip here to put into an environment: make it without (--without-pip, with_pip=False)')
        env_dir = os.path.abspath(os.fspath(env_dir))
        context = self.ensure_directories(env_dir)
        for name in self.scm_ignore_files:
            getattr(self, f'create_{name}_ignore_file')(context)
        self.create_configuration(context)
        self.setup_python(context)
        if not self.upgrade:
            self.setup_scripts(context)
            self.post_setup(context)

    def ensure_directories(self, env_dir):
        if os.pathsep in env_dir:
            raise ValueError(f'Refusing to create a venv in {env_dir} because it contains the PATH separator {os.pathsep}.')
        if os.path.islink(env_dir) or os.path.isfile(env_dir):
            raise ValueError(f'Unable to create directory {env_dir!r}')
        if self.clear and os.path.isdir(env_dir):
            for entry in os.scandir(env_dir):
                if entry.is_dir(follow_symlinks=False):
                    _shutil.rmtree(entry.path)
                else:
                    os.remove(entry.path)
        base = os.path.realpath(sys._base_executable)
        version = 'python%d.%d' % sys.version_info[:2]
        context = _types.SimpleNamespace(
            env_dir=env_dir, env_name=os.path.basename(env_dir), prompt=self.prompt or os.path.basename(env_dir), executable=base,
            python_dir=os.path.dirname(base), python_exe=os.path.basename(base), bin_name='bin', bin_path=os.path.join(env_dir, 'bin'),
            inc_path=os.path.join(env_dir, 'include', version), lib_path=os.path.join(env_dir, 'lib', version, 'site-packages'),
            cfg_path=os.path.join(env_dir, 'pyvenv.cfg'))
        context.env_exe = context.env_exec_cmd = os.path.join(context.bin_path, context.python_exe)
        for path in (env_dir, context.inc_path, context.lib_path, context.bin_path):
            os.makedirs(path, exist_ok=True)
        lib64 = os.path.join(env_dir, 'lib64')
        if not os.path.lexists(lib64):
            os.symlink('lib', lib64)
        return context

    def create_configuration(self, context):
        words = ['-m', 'venv']
        for given, option in ((self.system_site_packages, '--system-site-packages'), (not self.symlinks, '--copies'),
                              (self.clear, '--clear'), (self.upgrade, '--upgrade'), (not self.with_pip, '--without-pip')):
            if given:
                words.append(option)
        if self.orig_prompt is not None:
            words.append(f'--prompt="{self.orig_prompt}"')
        if not self.scm_ignore_files:
            words.append('--without-scm-ignore-files')
        lines = [f'home = {context.python_dir}', f'include-system-site-packages = {str(self.system_site_packages).lower()}',
                 'version = %d.%d.%d' % sys.version_info[:3]]
        if self.prompt is not None:
            lines.append(f'prompt = {self.prompt!r}')
        lines += [f'executable = {context.executable}', f'command = {sys.executable} {" ".join(words)} {context.env_dir}']
        with open(context.cfg_path, 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines) + '\n')

    def create_git_ignore_file(self, context):
        with open(os.path.join(context.env_dir, '.gitignore'), 'w', encoding='utf-8') as file:
            file.write('# Created by venv; see https://docs.python.org/3/library/venv.html\n*\n')

    def setup_python(self, context):
        links = {context.python_exe: context.executable}
        for name in ('python', 'python3', 'python%d.%d' % sys.version_info[:2]):
            links.setdefault(name, context.python_exe)
        for name, target in links.items():
            path = os.path.join(context.bin_path, name)
            if not os.path.lexists(path):
                os.symlink(target, path)

    def setup_scripts(self, context):
        words = {'directory': _shlex.quote(context.env_dir), 'prompt': _shlex.quote(context.prompt)}
        with open(os.path.join(context.bin_path, 'activate'), 'w', encoding='utf-8') as file:
            file.write(_ACTIVATE % words)

    def post_setup(self, context):
        pass


def create(env_dir, system_site_packages=False, clear=False, symlinks=False, with_pip=False, prompt=None, upgrade_deps=False, *,
           scm_ignore_files=frozenset()):
    EnvBuilder(system_site_packages, clear, symlinks, False, with_pip, prompt, upgrade_deps, scm_ignore_files=scm_ignore_files).create(env_dir)


def main(args=None):
    parser = _argparse.ArgumentParser(
        prog='venv', description='Creates virtual Python environments in one or more target directories.',
        epilog='Once an environment has been created, you may wish to activate it, e.g. by sourcing an activate script in its bin directory.')
    parser.add_argument('dirs', metavar='ENV_DIR', nargs='+', help='A directory to create the environment in.')
    parser.add_argument('--system-site-packages', default=False, action='store_true',
                        help='Give the virtual environment access to the system site-packages dir.')
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument('--symlinks', default=True, action='store_true', help='Link to the interpreter, as is done by default.')
    kinds.add_argument('--copies', dest='symlinks', action='store_false', help='Accepted; the interpreter is linked to all the same.')
    parser.add_argument('--clear', default=False, action='store_true',
                        help='Delete what is in the environment directory, if it exists, before the environment is made.')
    parser.add_argument('--upgrade', default=False, action='store_true', help='Let the environment directory use this version of Python.')
    parser.add_argument('--without-pip', dest='with_pip', default=True, action='store_false',
                        help='Make it without pip. It must be given here, where there is no pip.')
    parser.add_argument('--prompt', help='Another prompt prefix for this environment.')
    parser.add_argument('--upgrade-deps', default=False, action='store_true', help='Needs pip.')
    parser.add_argument('--without-scm-ignore-files', dest='scm_ignore_files', action='store_const', const=frozenset(),
                        default=frozenset(['git']), help='Write no .gitignore.')
    options = parser.parse_args(args)
    if options.upgrade and options.clear:
        raise ValueError('you cannot supply --upgrade and --clear together.')
    builder = EnvBuilder(options.system_site_packages, options.clear, options.symlinks, options.upgrade, options.with_pip, options.prompt,
                         options.upgrade_deps, scm_ignore_files=options.scm_ignore_files)
    for directory in options.dirs:
        builder.create(directory)


if __name__ == '__main__':
    try:
        main()
    except Exception as error:
        print(f'Error: {error}', file=sys.stderr)
        sys.exit(1)
