#!/usr/bin/env python3
"""Class graph of a module's main sources from imports and simple names. Usage: graph.py SRC_ROOT"""
import re, sys, os, json
from pathlib import Path

def strip(src, keep_strings=False):
    # removes comments, strings and text blocks
    out = re.sub(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*(?:.|\n)*?\*/|//[^\n]*', ' ', src)
    return out

def load(root):
    types = {}   # fqn -> dict(file, pkg, name, public, lines, code, src, imports)
    root = Path(root)
    for f in sorted(root.rglob('*.java')):
        if f.name in ('package-info.java', 'module-info.java'): continue
        src = f.read_text()
        code = strip(src)
        pkg = re.search(r'^package\s+([\w.]+);', src, re.M).group(1)
        name = f.stem
        decl = re.search(r'^(?:@\w+(?:\([^)]*\))?\s*)*((?:(?:public|abstract|final|sealed|non-sealed|strictfp)\s+)*)(class|interface|enum|record|@interface)\s+' + name + r'\b', code, re.M)
        imports = re.findall(r'^import\s+(static\s+)?([\w.*]+);', code, re.M)
        types[pkg + '.' + name] = dict(file=f, pkg=pkg, name=name, public='public' in decl.group(1).split(), kind=decl.group(2),
            lines=src.count('\n'), code=code, src=src, imports=imports)
    return types

def edges(types):
    bypkg = {}
    for q, t in types.items(): bypkg.setdefault(t['pkg'], {})[t['name']] = q
    res = {}
    for q, t in types.items():
        body = re.sub(r'^(import|package)\s.*$', '', t['code'], flags=re.M)
        names = set(re.findall(r'(?<![\w.])[A-Z]\w*', body))
        allnames = set(re.findall(r'\b[A-Z]\w*', body))
        visible = dict(bypkg[t['pkg']])
        e = set()
        for st, imp in t['imports']:
            if st:
                owner = imp.rsplit('.', 1)[0]
                while owner and owner not in types: owner = owner.rsplit('.', 1)[0] if '.' in owner else ''
                if owner: e.add(owner)
                continue
            if imp in types: visible[imp.rsplit('.',1)[1]] = imp
            else:
                simple = imp.rsplit('.',1)[1]
                visible.pop(simple, None) if simple in visible and not imp.startswith('io.graphqlfiles') else None
                owner = imp.rsplit('.',1)[0]
                if owner in types: e.add(owner)
        for n in names:
            if n in visible and visible[n] != q: e.add(visible[n])
        for m in re.findall(r'io\.graphqlfiles(?:\.\w+)+', body):
            if m in types and m != q: e.add(m)
        # nested types named like another type would be false edges; tolerated
        nested = set(re.findall(r'\b(?:class|interface|enum|record)\s+([A-Z]\w*)', body)) - {t['name']}
        e -= {visible[n] for n in nested if n in visible}
        res[q] = e - {q}
    return res

def sccs(g):
    idx, low, st, on, out, c = {}, {}, [], set(), [], [0]
    sys.setrecursionlimit(10000)
    def v(n):
        idx[n] = low[n] = c[0]; c[0] += 1; st.append(n); on.add(n)
        for m in g.get(n, ()):
            if m not in idx: v(m); low[n] = min(low[n], low[m])
            elif m in on: low[n] = min(low[n], idx[m])
        if low[n] == idx[n]:
            comp = []
            while True:
                m = st.pop(); on.discard(m); comp.append(m)
                if m == n: break
            out.append(comp)
    for n in list(g):
        if n not in idx: v(n)
    return out

if __name__ == '__main__':
    t = load(sys.argv[1]); e = edges(t)
    print(len(t), 'types', sum(len(x) for x in e.values()), 'edges')
    for c in sccs(e):
        if len(c) > 1: print('CYCLE', len(c), sorted(x.split('.')[-1] for x in c))
    s = lambda q: q.replace('io.graphqlfiles.', '')
    rev = {}
    for a, bs in e.items():
        for b in bs: rev.setdefault(b, set()).add(a)
    for q in sorted(t):
        if t[q]['pkg'] == 'io.graphqlfiles':
            print(('P ' if t[q]['public'] else '  ') + s(q), t[q]['lines'])
            print('      -> ' + ' '.join(sorted(s(x) for x in e[q])))
            print('      <- ' + ' '.join(sorted(s(x) for x in rev.get(q, ()))))
