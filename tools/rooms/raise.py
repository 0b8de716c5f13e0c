#!/usr/bin/env python3
"""Raises to public what another package uses, as javac reports it. Run in the repository's root after move.py.
Members of types outside of internal are not raised but reported."""
import re, subprocess, glob, os, sys
from pathlib import Path
M2 = os.path.expanduser('~/.m2/repository')
def jar(pattern):
    c = [j for j in glob.glob(f'{M2}/{pattern}', recursive=True) if not re.search(r'(sources|javadoc|tests)\.jar$', j)]
    return sorted(c)[-1]
if os.environ.get('CP'): CP = os.environ['CP']
else:
    CP = ':'.join(jar(p) for p in ['com/graphql-java/graphql-java/22.*/graphql-java-22*.jar', 'com/graphql-java/graphql-java-extended-scalars/*/*.jar',
      'com/graphql-java/java-dataloader/*/*.jar', 'org/reactivestreams/reactive-streams/*/*.jar', 'com/fasterxml/jackson/core/jackson-core/2*/*.jar',
      'com/fasterxml/jackson/core/jackson-annotations/2*/*.jar', 'com/fasterxml/jackson/core/jackson-databind/2*/*.jar',
      'org/apache/httpcomponents/client5/httpclient5/*/*.jar', 'org/apache/httpcomponents/core5/httpcore5/*/*.jar',
      'org/apache/httpcomponents/core5/httpcore5-h2/*/*.jar', 'com/nimbusds/nimbus-jose-jwt/*/*.jar', 'org/jspecify/jspecify/*/*.jar', 'org/slf4j/slf4j-api/2*/*.jar'])
SRC = 'core/src/main/java'
index = {}
for root in (SRC, 'testkit/src/test/java', 'core-tests/src/test/java'):
    for f in Path(root).rglob('*.java'): index.setdefault(f.stem, []).append(f)
raised = []
def raise_type(f, name):
    s = f.read_text()
    n = re.sub(r'^((?:@\w+(?:\([^)]*\))?\n)*)(?!public )((?:(?:abstract|final|sealed|non-sealed) )*(?:class|interface|record|enum) ' + name + r'\b)', r'\1public \2', s, count=1, flags=re.M)
    if n == s: return False
    # an explicit compact or canonical constructor of a record must not be weaker
    if re.search(r'^public record ' + name + r'\b', n, re.M):
        n = re.sub(r'^(    )(' + name + r' \{)', r'\1public \2', n, flags=re.M)
    f.write_text(n); raised.append(f'{name}'); return True
def raise_member(f, owner, member, arity):
    s = f.read_text()
    # owner may be nested: find the region of its declaration
    k = re.search(r'\b(?:class|interface|record|enum) ' + owner + r'\b', s)
    start = k.start() if k else 0
    indent = len(re.match(r' *', s[s.rfind('\n', 0, start) + 1:]).group(0)) + 4
    pad = ' ' * indent
    if arity is None:   # field or nested type
        p = re.compile(r'^(' + pad + r')(?=\S)(?!public |private |protected )((?:@Nullable\n' + pad + r')?)((?:static |final |volatile |abstract |sealed )*(?:[\w<>?,.@ \[\]]+ )?' + member + r'\b\s*(?:[=;<({]|implements|extends))', re.M)
    else:
        p = re.compile(r'^(' + pad + r')(?=\S)(?!public |private |protected |return |throw |new )((?:@Nullable\n' + pad + r')?)((?:static |final |abstract |synchronized )*(?:<[^>]+> )?(?:[\w<>?,.@ \[\]]+ )?' + member + r'\()', re.M)
    out, pos, done = [], 0, 0
    for q in p.finditer(s, start):
        if arity is not None:
            i = q.end(); depth = 1; args = 0; gen = 0; seen = False
            while depth:
                c = s[i]
                if c in '(': depth += 1
                elif c == ')': depth -= 1
                elif c == '<': gen += 1
                elif c == '>': gen -= 1
                elif c == ',' and depth == 1 and gen == 0: args += 1
                if depth and not c.isspace(): seen = True
                i += 1
            if (args + 1 if seen else 0) != arity: continue
        # "@Nullable\n    String x()" becomes "public @Nullable String x()"
        repl = q.group(1) + 'public ' + ('@Nullable ' if q.group(2) else '') + q.group(3)
        out.append(s[pos:q.start()] + repl); pos = q.end(); done += 1
    if not done: return False
    f.write_text(''.join(out) + s[pos:]); raised.append(f'{owner}.{member}'); return True
def extra():
    for line in open('tools/rooms/raise-extra.txt'):
        for w in line.split('#')[0].split():
            o, n = w.split('.')
            for f in index.get(o) or [f for fs in index.values() for f in fs if re.search(r'\b(?:class|interface|record|enum) ' + o + r'\b', f.read_text())]:
                if n == '*type': raise_type(f, o); continue
                for a in range(0, 9): raise_member(f, o, n, a)
                if (n[0].isupper() or n.isupper()) and n != o: raise_member(f, o, n, None)
extra()
for round_ in range(60):
    files = [str(f) for f in Path(SRC).rglob('*.java')]
    r = subprocess.run(['javac', '-proc:none', '-nowarn', '-Xmaxerrs', '100000', '--release', '17', '-d', 'target/rooms-classes', '-cp', CP, *files], capture_output=True, text=True)
    err = r.stderr
    todo, other = set(), []
    for line in err.splitlines():
        k = re.match(r'(\S+\.java):(\d+): error: (.*)', line)
        if not k: continue
        msg = k.group(3)
        a = re.match(r'(?:<[^>]*>)?([\w<>.]+)(?:\((.*)\))? is not public in ([\w<>.,? ]+); cannot be accessed from outside package', msg)
        b = re.match(r'(?:\w+\.)*(\w+) is not public in (io\.graphqlfiles[\w.]*); cannot', msg)
        if b and b.group(2)[0].islower() and not re.search(r'\.[A-Z]', b.group(2)): todo.add(('type', b.group(1), b.group(2), None))
        elif a: todo.add(('member', a.group(1).split('<')[0], re.sub(r'<.*', '', a.group(3)).split('.')[-1] if not a.group(3).startswith('io.') else a.group(3), None if a.group(2) is None else (0 if not a.group(2).strip() else len(re.sub(r'<[^<>]*>', '', re.sub(r'<[^<>]*>', '', a.group(2))).split(',')))))
        else: other.append(line)
    if not todo:
        for o in other: print(o)
        break
    progress = False
    for kind, name, owner, arity in sorted(todo, key=str):
        if kind == 'type':
            for f in index.get(name, []):
                if str(f.parent).endswith(owner.replace('.', '/')):
                    progress |= raise_type(f, name)
        else:
            o = owner.split('.')[-1]
            cands = index.get(o) or [f for fs in index.values() for f in fs if re.search(r'\b(?:class|interface|record|enum) ' + o + r'\b', f.read_text())]
            for f in cands:
                if '/internal/' not in str(f) and '/engine/' not in str(f): print('API', o, name, f); continue
                progress |= raise_member(f, o, name, arity)
    print('round', round_, len(todo), 'wanted', len(other), 'other errors', 'PROGRESS' if progress else 'STUCK')
    if not progress:
        for t in sorted(todo, key=str): print('   ', t)
        for o in other[:40]: print(o)
        break
print(len(raised), 'raised')
