#!/usr/bin/env python3
"""interface.py CLASS IMPL 'one line Javadoc of the implementation' [extra type of impl] : makes CLASS.java an interface, IMPL.java what it was"""
import re, sys
cls, impl, doc = sys.argv[1:4]
s = open(cls + '.java').read()
m = re.search(r'^public final class ' + cls + r'( implements ([\w, ]+))? \{\n', s, re.M)
ext = m.group(2)
start = s.rindex('/**', 0, m.start())
head, cdoc, body = s[:start], s[start:m.start()], s[m.end():]
meth = re.compile(r'(    /\*\*(?:(?!\*/)[\s\S])*\*/\n)((?:    @Override\n)?)    public ((?:static )?)((?:@Nullable )?)([^={;]*?\([^{;]*?)( throws [\w., ]+)? \{\n')
members, statics = [], []
def sub(mm):
    d, ov, st, nul, sig, thr = mm.groups()
    if st: return mm.group(0)
    if sig.split('(')[0].strip() == cls: return mm.group(0)
    decl = ('    @Nullable\n    ' if nul else '    ') + sig + (thr or '') + ';\n'
    members.append(d + ('    @Override\n' if ov else '') + decl)
    return '    @Override\n    public ' + nul + sig + (thr or '') + ' {\n'
body2 = meth.sub(sub, body)
# static public methods go to the interface
def st(mm):
    statics.append(mm.group(0).replace('    public static ', '    static ')); return ''
body2 = re.sub(r'    /\*\*(?:(?!\*/)[\s\S])*\*/\n    public static [^=;]*?\{\n[\s\S]*?\n    \}\n\n', st, body2)
iface = head + cdoc + 'public interface ' + cls + (' extends ' + ext if ext else '') + ' {\n\n' + '\n'.join(statics + members) + '}\n'
body2 = re.sub(r'(?<![\w.])' + cls + r'\(', impl + '(', body2)
body2 = re.sub(r'new ' + cls + r'\b', 'new ' + impl, body2)
im = head + '/** ' + doc + ' */\nfinal class ' + impl + ' implements ' + cls + ' {\n' + body2
def prune(t):
    b = re.sub(r'^import .*\n', '', t, flags=re.M)
    out = []
    for line in t.splitlines(True):
        k = re.match(r'import (?:static )?([\w.]+)\.(\w+|\*);', line)
        if k and k.group(2) != '*' and not re.search(r'\b' + k.group(2) + r'\b', b): continue
        out.append(line)
    return re.sub(r'\n{3,}', '\n\n', ''.join(out))
open(cls + '.java', 'w').write(prune(iface)); open(impl + '.java', 'w').write(prune(im))
