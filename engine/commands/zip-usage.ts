const unzipForm = 'Usage: unzip [-Z] [-opts[modifiers]] file[.zip] [list] [-x xlist] [-d exdir]\n'

/** What `unzip` alone, `-h` or a wrong option prints. */
export const unzipUsage =
  'UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.\n\n' +
  unzipForm +
  `  Extracts the members of file.zip that list names (all of them without it),
  but not those that xlist names. file may have *, ? and [] in it.

  -l  list members           -v  list them with sizes, CRCs and methods
  -t  test members           -z  show the archive's comment
  -p  members to a pipe      -c  the same, with their names
  -f  freshen older files    -u  freshen, and create what is missing
  -d  extract into exdir     -x  leave out what follows
  -Z  ZipInfo mode: must come first
modifiers:
  -n  never overwrite        -o  overwrite without asking
  -q  quiet (-qq quieter)    -j  junk paths: no directories are made
  -C  ignore case in list    -L  lower case (of DOS names; -LL of all)
  -D  directories' times as they come (-DD files' too)
  -K  keep setuid, setgid and sticky bits
  -X  restore owners         -:  allow ../ in names
  -^  allow control characters in names
`

export const zipinfoUsage =
  'ZipInfo 3.00 of 20 April 2009, by Greg Roelofs and the Info-ZIP group.\n\n' +
  `usage:  zipinfo [-12smlvChMtTz] file[.zip] [list...] [-x xlist...]
   or:  unzip -Z [-12smlvChMtTz] file[.zip] [list...] [-x xlist...]

  -s  short format (default) -m  medium: with the ratio
  -l  long: compressed size  -v  many lines a member
  -1  names alone            -2  names, with -h, -t and -z where given
  -h  header line            -t  totals
  -z  the archive's comment  -T  dates and times as numbers
  -C  ignore case in list    -x  leave out what follows
`

export const zipUsage = `Zip 3.0 (July 5th 2008), by Info-ZIP. Usage:
zip [-options] [zipfile list] [-xi list]
  Adds the files of list to zipfile, or replaces them there; - is standard input.
  -f  freshen: only changed files   -u  update: only changed or new files
  -d  delete entries in zipfile     -m  move into zipfile (deletes the files)
  -r  recurse into directories      -j  junk (don't record) directory names
  -D  no entries for directories    -y  store symbolic links as links
  -0  store only                    -1  compress faster
  -9  compress better               -X  leave out extra attributes
  -q  quiet operation               -v  say more
  -@  read names from stdin         -z  add a comment to the archive
  -x  leave out the following names -i  only the following names
  -T  test the archive              -o  make it as old as its latest entry
  -n  don't compress these suffixes, e.g. -n .gz:.zip
`
