import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const docs = fileURLToPath(new URL('../../../docs', import.meta.url))

/** The menu is docs/index.md: its bold lines are groups, the links below them are pages. */
function sidebar() {
  const groups: { text: string; items: { text: string; link: string }[] }[] = []
  for (const line of readFileSync(`${docs}/index.md`, 'utf8').split('\n')) {
    const heading = line.match(/^\*\*(.+)\*\*$/)
    if (heading) {
      groups.push({ text: heading[1], items: [] })
    }
    for (const [, text, page] of line.matchAll(/\[([^\]]+)\]\(([^).]+)\.md\)/g)) {
      groups.at(-1)?.items.push({ text, link: `/${page}` })
    }
  }
  return groups
}

export default defineConfig({
  title: 'Playcall',
  description: 'ChatOps for Ansible',
  srcDir: docs,
  outDir: '../../target/site',
  cacheDir: '../../target/site-cache',
  cleanUrls: true,
  // Files of the checkout, which are no pages of the site; DocsLinksTest follows them. Every other dead link fails the build.
  ignoreDeadLinks: [/^(\.\/)?(\.\.\/)+[A-Z]+$/],
  buildEnd(site) {
    for (const file of readdirSync(docs).filter((f) => /\.(json|yml)$/.test(f))) {
      copyFileSync(`${docs}/${file}`, `${site.outDir}/${file}`)
    }
  },
  markdown: {
    // Two braces in code are Mustache or Jinja, no expression of the site.
    config: (md) => {
      const rendered = md.renderer.rules.code_inline!
      md.renderer.rules.code_inline = (...all) => rendered(...all).replace('<code', '<code v-pre')
    },
  },
  // The pages lie outside of this folder, where node would look for Vue beside them.
  vite: {
    resolve: {
      alias: [{ find: /^vue(\/.*)?$/, replacement: fileURLToPath(new URL('../node_modules/vue', import.meta.url)) + '$1' }],
    },
  },
  themeConfig: {
    sidebar: sidebar(),
    search: { provider: 'local' },
    outline: [2, 3],
  },
})
