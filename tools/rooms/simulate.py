#!/usr/bin/env python3
import sys; sys.path.insert(0, 'tools/rooms')
from graph import *
def mapping(path='tools/rooms/mapping.txt'):
    m = {}
    for line in open(path):
        line = line.split('#')[0].strip()
        if not line: continue
        room, names = line.split(':', 1)
        for n in names.split(): m[n] = room.strip()
    return m
if __name__ == '__main__':
    types = load(sys.argv[1]); e = edges(types); m = mapping()
    P = 'io.graphqlfiles'
    def room(q):
        t = types[q]
        if t['name'] in m: return m[t['name']]
        return '.' if t['pkg'] == P else t['pkg'][len(P)+1:]
    sizes, re_ = {}, {}
    for q in types: sizes.setdefault(room(q), []).append(q)
    unm = [types[q]['name'] for q in types if types[q]['pkg'] == P and types[q]['name'] not in m]
    if unm: print('UNMAPPED', unm)
    for a, bs in e.items():
        for b in bs:
            if room(a) != room(b): re_.setdefault((room(a), room(b)), []).append(types[a]['name'] + '>' + types[b]['name'])
    for r in sorted(sizes): print(f'{len(sizes[r]):4} {r:22} -> ' + ' '.join(sorted(b for a, b in re_ if a == r)))
    g = {r: {b for a, b in re_ if a == r} for r in sizes}
    for c in sccs(g):
        if len(c) > 1:
            print('CYCLE', sorted(c))
            for (a, b), w in sorted(re_.items()):
                if a in c and b in c: print('   ', a, '->', b, w if len(w) < 12 else w[:12] + ['...%d' % len(w)])
