#!/usr/bin/env python3
"""Javadoc of methods that the move makes public needs a summary line. Run after raise.py."""
import re, subprocess
from pathlib import Path
S = {
 ('BlobStores', 'store'): 'The store of that name.', ('BlobStores', 'access'): 'How clients reach the store of that name.',
 ('FileFieldCollector', 'collect'): 'Reads them all.', ('RecordDeletion', 'requireCertain'): 'Makes sure that every id that was given is certain.',
 ('Durations', 'requirePositive'): 'The duration, if it is more than zero.', ('Durations', 'requireNotNegative'): 'The duration, if it is zero or more.',
 ('RequestBudget', 'takeFile'): 'Takes one file.', ('RequestBudget', 'takeCall'): 'Takes one call of a field of the library.',
 ('RequestBudget', 'takeEdits'): 'Takes changes of attached files.', ('RequestBudget', 'takeParts'): 'Takes parts of direct uploads.',
 ('RequestBudget', 'takeBytes'): 'Takes bytes.', ('Authorization', 'require'): 'Asks the application.',
 ('FileChecks', 'size'): 'Checks the size.', ('FileChecks', 'fileName'): 'The name, cleaned; one for the type if none is claimed.',
 ('LibraryTypes', 'addScalars'): 'Adds the scalars that are not there yet.', ('FileListeners', 'since'): 'How long ago that was.',
 ('UploadTokens', 'open'): 'Opens a token.', ('DirectUploads', 'open'): 'Opens a token.',
}
for f in subprocess.run(['git', 'ls-files', '-co', '--exclude-standard', 'core/src/main'], capture_output=True, text=True).stdout.split():
    p = Path(f)
    if not f.endswith('.java') or '/internal/' not in f or not p.exists(): continue
    s = o = p.read_text()
    def sub(k):
        name = re.search(r'(\w+)\($', k.group(4)).group(1)
        t = S.get((p.stem, name))
        if t is None:
            if name != p.stem: print('no summary', p.stem, name, k.group(2)[:60])
            return k.group(0)
        doc = k.group(2).strip()
        return f'{k.group(1)}/**\n{k.group(1)} * {t}\n{k.group(1)} *\n{k.group(1)} * {doc}\n{k.group(1)} */\n{k.group(1)}{k.group(4)}'
    s = re.sub(r'^( +)/\*\* (@(?:throws|param|return)[^\n]*?)\s*\*/\n( +)(public [^=;{}\n]*?\w+\()', sub, s, flags=re.M)
    if s != o: p.write_text(s)
