// The site is made of the documents as they are: what is written for it alone is this navigation, and index.md.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitepress';

const DOCS = path.resolve(import.meta.dirname, '..');
const ROOT = path.resolve(DOCS, '..');
const REPOSITORY = 'https://github.com/graphql-java-files/graphql-java-files';

/** A document with its own first heading. */
function page(file, text = /^# (.+)$/m.exec(readFileSync(path.join(DOCS, file), 'utf8'))[1]) {
  return { text, link: `/${file.replace(/\.md$/, '')}` };
}

const decisions = readdirSync(path.join(DOCS, 'adr'))
  .filter((file) => file.endsWith('.md'))
  .sort()
  .map((file) => page(`adr/${file}`));

const start = [
  'getting-started-spring.md',
  'getting-started-graphql-java.md',
  'quarkus.md',
  'try-it.md',
  'testing.md',
  'persistence.md',
  'own-code.md',
  'kotlin.md',
  'code-generation.md',
  'front-end.md',
  'clients.md',
];
const stores = ['s3.md', 'gcs.md', 'azure.md', 'writing-a-store.md', 'writing-a-server-adapter.md'];
const named = new Set([...start, ...stores, 'index.md']);
const rest = readdirSync(DOCS).filter((file) => file.endsWith('.md') && !named.has(file));

/** Links that leave docs/ lead to the repository; one that leads nowhere fails the build. */
function linkToRepository(md) {
  md.core.ruler.push('link-to-repository', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (!href?.startsWith('../') && !href?.startsWith('./../')) {
        continue;
      }
      const file = path.resolve(path.dirname(env.path), href.replace(/#.*/, ''));
      if (!path.relative(DOCS, file).startsWith('..')) {
        continue;
      }
      if (!existsSync(file)) {
        throw new Error(`${env.path}: ${href} leads nowhere`);
      }
      token.attrSet('href', `${REPOSITORY}/blob/main/${path.relative(ROOT, file)}`);
      token.attrSet('target', '_blank');
    }
  });
}

/** Blocks of Mermaid are drawn, as GitHub does. */
function drawDiagrams(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    return info.trim() === 'mermaid'
      ? `<Diagram source="${encodeURIComponent(content)}" />`
      : fence(tokens, index, ...rest);
  };
}

export default defineConfig({
  title: 'graphql-java-files',
  description: 'File fields for any GraphQL schema on the JVM',
  base: process.env.SITE_BASE ?? '/',
  srcExclude: ['.vitepress/**'],
  cleanUrls: false,
  ignoreDeadLinks: false,
  markdown: { config: (md) => md.use(linkToRepository).use(drawDiagrams) },
  // The library that draws is a chunk of its own, loaded by pages with diagrams.
  vite: { build: { chunkSizeWarningLimit: 1500 } },
  themeConfig: {
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    nav: [
      { text: 'Guides', link: '/getting-started-spring' },
      { text: 'Javadoc', link: '/javadoc/index.html', target: '_self' },
      { text: 'Changes', link: `${REPOSITORY}/blob/main/CHANGELOG.md` },
    ],
    sidebar: [
      { text: 'Start', items: start.map((file) => page(file)) },
      { text: 'Stores', items: stores.map((file) => page(file)) },
      { text: 'In depth', items: rest.map((file) => page(file)) },
      { text: 'Decisions', collapsed: true, items: decisions },
    ],
    outline: [2, 3],
  },
});
