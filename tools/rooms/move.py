#!/usr/bin/env python3
"""Moves core's types into rooms by mapping.txt. Run in the root of a clean clone: move.py [--dry].
Only renames, package and import lines, references; visibility is raised by raise.py afterwards."""
import re, subprocess, sys
from pathlib import Path
sys.path.insert(0, 'tools/rooms')
from simulate import mapping
P = 'io.graphqlfiles'
TOOLS = Path('tools/rooms')
def fq(room): return P if room == '.' else P + '.' + room

def git(*a): return subprocess.run(['git', *a], capture_output=True, text=True, check=True).stdout
tracked = git('ls-files').split('\n')[:-1]
java = [f for f in tracked if f.endswith('.java')]
text = [f for f in tracked if f.endswith(('.md', '.xml', '.properties', '.yml', '.yaml', '.factories', '.imports', '.json', '.js', '.html', '.txt', '.sh', '.kts', '.gradle')) or '/META-INF/' in f]

MAP = next((a for a in sys.argv[1:] if a.endswith('.txt')), str(TOOLS / 'mapping.txt'))
WHOLE = MAP.endswith('mapping.txt')
m = mapping(MAP)
extra = {}          # explicit places of test types: name -> full package
for line in open(TOOLS / 'tests.txt'):
    line = line.split('#')[0].strip()
    if line:
        room, names = line.split(':', 1)
        for n in names.split(): extra[n] = room.strip() if room.strip().startswith(P) else fq(room.strip())

def pkg_of(src): 
    k = re.search(r'^package\s+([\w.]+);', src, re.M)
    return k.group(1) if k else None
STR = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(/\*(?:.|\n)*?\*/)|(//[^\n]*)')

srcs = {f: Path(f).read_text() for f in java}
info = {}
for f, s in srcs.items():
    p = pkg_of(s)
    if p is None: continue
    info[f] = (p, Path(f).stem)
newpkg = {}         # file -> new package
moved = {}          # old fqn -> new fqn
for f, (p, n) in info.items():
    if n in ('package-info', 'module-info'): continue
    new = p
    if p in (P, P + '.spi'):
        if WHOLE and n in extra: new = extra[n]
        elif n in m and '/src/main/' in f: new = fq(m[n])
        elif n.endswith('Test') and n[:-4] in m: new = fq(m[n[:-4]])
        elif WHOLE and p == P: print('UNMAPPED', f)
    newpkg[f] = new
    if new != p: moved[p + '.' + n] = new + '.' + n
# every project type, by package, as seen before
bypkg = {}
for f, (p, n) in info.items():
    if n not in ('package-info', 'module-info'): bypkg.setdefault(p, {})[n] = f
newfqn = lambda p, n: moved.get(p + '.' + n, p + '.' + n)
if '--dry' in sys.argv: sys.exit()

fqn_re = re.compile(r'(?<![\w.])(' + '|'.join(sorted((re.escape(k) for k in moved), key=len, reverse=True)) + r')(?![\w])')
path_re = re.compile(r'(?<![\w])(' + '|'.join(sorted((re.escape(k.replace('.', '/')) for k in moved), key=len, reverse=True)) + r')(?=\.java|\.class|\b)')

def split_code(s):
    """yields (kind, text): code, string, doc"""
    pos = 0
    for k in STR.finditer(s):
        if k.start() > pos: yield 'code', s[pos:k.start()]
        t = k.group(0)
        yield ('doc' if t.startswith('/*') else 'line' if t.startswith('//') else 'string'), t
        pos = k.end()
    if pos < len(s): yield 'code', s[pos:]

def rewrite(f, s):
    p, n = info[f]
    new = newpkg.get(f, p)
    # header / imports
    imports = re.findall(r'^import (static )?([\w.]+(?:\.\*)?);\n', s, re.M)
    imported = {i.rsplit('.', 1)[1]: i for st, i in imports if not st}
    body_start = 0
    head_end = 0
    for k in re.finditer(r'^(?:package|import) .*;\n', s, re.M): head_end = k.end()
    head, body = s[:head_end], s[head_end:]
    if n == 'package-info':
        # the package line follows the Javadoc
        return fqn_re.sub(lambda k: moved[k.group(1)], s)
    same = dict(bypkg.get(p, {}))            # simple names visible by package
    parts = list(split_code(body))
    code = ''.join(t for k, t in parts if k == 'code')
    docs = ''.join(t for k, t in parts if k == 'doc')
    nested = set(re.findall(r'\b(?:class|interface|enum|record)\s+([A-Z]\w*)', code)) - {n}
    typevars = set()
    def used(text, name): return re.search(r'(?<![\w.])' + name + r'\b(?!\s*\()|(?<![\w.])' + name + r'(?=\s*\()', text) is not None
    incode, indoc = set(), set()
    for name in same:
        if name == n or name in nested or name in imported: continue
        if used(code, name): incode.add(name)
        elif docs and re.search(r'(?:@link(?:plain)?|@see|@throws|@exception|@value)\s+' + name + r'\b|[(,]\s*' + name + r'\b[^\n]*\}', docs): indoc.add(name)
    new_imports = set()
    for st, i in imports:
        t = fqn_re.sub(lambda k: moved[k.group(1)], i)
        if not st and t.rsplit('.', 1)[0] == new: continue
        new_imports.add(('static ' if st else '') + t)
    for name in incode:
        t = newfqn(p, name)
        if t.rsplit('.', 1)[0] != new: new_imports.add(t)
    # imports only for Javadoc become qualified names
    jdoc = {}
    for name in indoc:
        t = newfqn(p, name)
        if t.rsplit('.', 1)[0] != new: jdoc[name] = t
    for name, i in imported.items():
        t = fqn_re.sub(lambda k: moved[k.group(1)], i)
        if t != i and t.rsplit('.', 1)[0] != new and not used(code, name) and used(docs, name):
            new_imports.discard(t); jdoc[name] = t
    out = []
    for k, t in parts:
        if k == 'doc':
            if jdoc:
                t = re.sub(r'((?:@link(?:plain)?|@see|@throws|@exception|@value)\s+)(' + '|'.join(jdoc) + r')\b', lambda q: q.group(1) + jdoc[q.group(2)], t)
                t = re.sub(r'(\{@link[^}]*\([^)}]*?)(?<![\w.])(' + '|'.join(jdoc) + r')\b', lambda q: q.group(1) + jdoc[q.group(2)], t)
        if k != 'string' or True:
            t = fqn_re.sub(lambda q: moved[q.group(1)], t)
            if k in ('string', 'doc'): t = path_re.sub(lambda q: moved[q.group(1).replace('/', '.')].replace('.', '/'), t)
        out.append(t)
    body = ''.join(out)
    pre = head[:head.index('package ')]
    st = sorted(i for i in new_imports if i.startswith('static ')); no = sorted(i for i in new_imports if not i.startswith('static '))
    res = pre + 'package ' + new + ';\n\n'
    if st: res += ''.join('import ' + i + ';\n' for i in st) + '\n'
    if no: res += ''.join('import ' + i + ';\n' for i in no) + '\n'
    return res + body.lstrip('\n')

for f in java:
    if f not in info: continue
    p, n = info[f]
    s = rewrite(f, srcs[f])
    if s != srcs[f]: Path(f).write_text(s)
    new = newpkg.get(f, p)
    if new != p:
        root = f[:f.index(p.replace('.', '/'))]
        t = root + new.replace('.', '/') + '/' + n + '.java'
        Path(t).parent.mkdir(parents=True, exist_ok=True)
        git('mv', f, t)
for f in text:
    if f.startswith('docs/adr/') : pass
    try: s = Path(f).read_text()
    except (UnicodeDecodeError, FileNotFoundError): continue
    t = fqn_re.sub(lambda q: moved[q.group(1)], s)
    t = path_re.sub(lambda q: moved[q.group(1).replace('/', '.')].replace('.', '/'), t)
    if t != s: Path(f).write_text(t); print('text', f)
# resources beside the class that reads them
if WHOLE:
    Path('core/src/main/resources/io/graphqlfiles/internal/types').mkdir(parents=True, exist_ok=True)
    for f in git('ls-files', 'core/src/main/resources/io/graphqlfiles/*.graphqls').split():
        if '/internal/' not in f: git('mv', f, 'core/src/main/resources/io/graphqlfiles/internal/types/')
# package-infos
for d in sorted({v.rsplit('.', 1)[0] for v in moved.values()} | {P, P + '.spi'}):
    t = TOOLS / 'package-info' / (d + '.java')
    target = Path('core/src/main/java') / d.replace('.', '/') / 'package-info.java'
    if t.exists(): target.write_text(t.read_text()); git('add', str(target))
    elif not target.exists() and target.parent.exists(): print('NO package-info', d)
print(len(moved), 'types moved')
