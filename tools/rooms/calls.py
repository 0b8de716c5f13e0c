#!/usr/bin/env python3
"""Facade's callers: run in the repository's root. Re-runnable."""
import re, subprocess
files = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard', '*.java', '*.md'], capture_output=True, text=True).stdout.split()
V = r'\b((?!GraphQLFiles::|newGraphQLFiles)(?:\w*[fF]iles|graphQLFiles|library)(?:\((?:store, settings)?\))?)'
for f in files:
    if f.endswith('GraphQLFiles.java') or f == 'CHANGELOG.md' or f.startswith('docs/adr/'): continue
    s = o = open(f).read()
    M, S = '(sweep|checkStores|reconcile|doctor)', '(openMultipartRequest|drain|fileEndpoint|basePath|liveUploads)'
    s = re.sub(V + r'(\s*)\.' + M + r'(?=\()', r'\1\2.maintenance()\2.\3', s)
    s = re.sub(V + r'(\s*)\.' + S + r'(?=\()', r'\1\2.server()\2.\3', s)
    s = s.replace('files.ifAvailable(GraphQLFiles::checkStores)', 'files.ifAvailable(each -> each.maintenance().checkStores())')
    s = re.sub(V + r'::' + M + r'\b', r'\1.maintenance()::\2', s)
    s = re.sub(V + r'::' + S + r'\b', r'\1.server()::\2', s)
    s = re.sub(r'GraphQLFiles#' + M, r'FileMaintenance#\1', s)
    s = re.sub(r'GraphQLFiles#' + S, r'ServerSupport#\1', s)
    s = s.replace('GraphQLFiles.BASE_URL_KEY', 'ServerSupport.BASE_URL_KEY')
    s = s.replace('GraphQLMultipartRequest.isMultipart(', 'files.server().isMultipart(')
    if f.endswith('.java') and s != o:
        for n in ('FileMaintenance', 'ServerSupport'):
            if re.search(r'\b' + n + r'\b', s) and 'import io.graphqlfiles.' + n not in s and 'package io.graphqlfiles;' not in s:
                s = re.sub(r'(\nimport (?!static))', '\nimport io.graphqlfiles.' + n + r';\1', s, count=1)
    if s != o: open(f, 'w').write(s); print(f)
