#!/usr/bin/env python3
"""Makes small public types of core nested in the one they belong to. Run in the repository's root, after the moves."""
import re, subprocess
from pathlib import Path
NEST = [('BucketSetupText', 'BucketSetup', 'Text'), ('BucketUse', 'BucketSetup', 'Use'), ('LifecycleRule', 'BucketSetup', 'LifecycleRule'),
        ('StoreFinding', 'FileStoreReport', 'Finding'), ('ReconcileFinding', 'ReconcileResult', 'Finding'),
        ('AttachmentPage', 'AttachmentStore', 'Page'), ('PartLimits', 'PartUploads', 'Limits')]
def git(*a): return subprocess.run(['git', *a], capture_output=True, text=True, check=True).stdout
def find(n):
    r = [f for f in git('ls-files', 'core/src/main').split() if f.endswith('/' + n + '.java')]
    return r[0] if r else None
for old, outer, inner in NEST:
    fo, ft = find(old), find(outer)
    if not fo: print('gone', old); continue
    s = Path(fo).read_text(); t = Path(ft).read_text()
    pkg = re.search(r'^package (.*);', s, re.M).group(1)
    assert 'package ' + pkg + ';' in t
    imports = re.findall(r'^import .*;\n', s, re.M)
    decl = s[s.index('/**', s.index('package ')):]
    isiface = re.search(r'\binterface ' + outer + r'\b', t) is not None
    decl = re.sub(r'^public (?=(?:final )?(?:record|class|enum|interface))', '' if isiface else 'public ', decl, flags=re.M, count=1)
    decl = re.sub(r'(?<![\w.])' + old + r'\b', inner, decl)
    decl = ''.join('    ' + l if l.strip() else l for l in decl.splitlines(True))
    t = t.rstrip()
    assert t.endswith('}')
    t = t[:-1].rstrip() + '\n\n' + decl.rstrip() + '\n}\n'
    have = set(re.findall(r'^import .*;\n', t, re.M))
    add = [i for i in imports if i not in have]
    t = re.sub(r'^package .*;\n', lambda k: k.group(0) + '\n' + ''.join(add), t, count=1, flags=re.M)
    Path(ft).write_text(t); git('rm', '-qf', fo)
    for f in git('ls-files', '*.java', '*.md').split():
        if f.startswith('docs/adr') or f == 'CHANGELOG.md': continue
        p = Path(f)
        if not p.exists(): continue
        x = o = p.read_text()
        if not re.search(r'\b' + old + r'\b', x): continue
        if f.endswith('.java'):
            x = x.replace('import ' + pkg + '.' + old + ';\n', 'import ' + pkg + '.' + outer + ';\n')
            x = x.replace(pkg + '.' + old, pkg + '.' + outer + '.' + inner)
            here = f == ft
            x = re.sub(r'(?<![\w.])' + old + r'\b(?!\()', (inner if here else outer + '.' + inner), x)
            x = re.sub(r'(?<=new )' + old + r'(?=\()', (inner if here else outer + '.' + inner), x)
            lines, seen = [], set()
            for l in x.splitlines(True):
                if l.startswith('import '):
                    if l in seen: continue
                    seen.add(l)
                lines.append(l)
            x = ''.join(lines)
            # a file in the same package as the outer type needs no import
            if re.search(r'^package ' + re.escape(pkg) + ';', x, re.M): x = x.replace('import ' + pkg + '.' + outer + ';\n', '')
        else: x = re.sub(r'(?<![\w.])' + old + r'\b', outer + '.' + inner, x)
        if x != o: p.write_text(x)
    print(old, '->', outer + '.' + inner)
