"""The world's time zones, which Linux has in /usr/share/zoneinfo: the package tzdata (PEP 615 asks for it), where no other is installed.

It is one file of the library, opened when a zone is asked for.
"""
import sys

ZONES = '/opt/lib/python3.14/tzdata.zip'


class Finder:
    """The last one to be asked."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != 'tzdata':
            return None
        import zipimport
        try:
            return zipimport.zipimporter(ZONES).find_spec(name)
        except zipimport.ZipImportError:
            # The library was made without a network to bring it.
            return None


def install():
    sys.meta_path.append(Finder)
