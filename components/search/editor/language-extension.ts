import { type Diagnostic, linter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import type { SearchToken } from '@/lib/search/ast'
import { parseSearch } from '@/lib/search/parse'

type Problem = { from: number; to: number; message: string } | null

/** Highlighting and underlined errors: the search language from the product's own parser, SQL from CodeMirror's. */
export async function languageExtension(
  language: 'lucene' | 'sql',
  problem: () => Problem,
): Promise<Extension> {
  if (language === 'lucene')
    return [searchHighlight, linter((view) => searchDiagnostics(view), { delay: 300 })]
  const { sqlExtension } = await import('./sql-extension')
  return [sqlExtension, linter((view) => serverDiagnostic(view, problem()), { delay: 100 })]
}

const searchHighlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = highlight(view)
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = highlight(update.view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function highlight(view: EditorView): DecorationSet {
  const length = view.state.doc.length
  const marks = parseSearch(view.state.doc.toString())
    .tokens.filter((token) => token.from < token.to && token.to <= length)
    .map((token) => Decoration.mark({ class: tokenClass(token) }).range(token.from, token.to))
  return Decoration.set(marks, true)
}

/** The value of a field looks different from a word that is searched for. */
function tokenClass({ kind, field }: SearchToken): string {
  return kind === 'text' && field !== undefined ? 'tok-value' : `tok-${kind}`
}

function searchDiagnostics(view: EditorView): Diagnostic[] {
  const text = view.state.doc.toString()
  return parseSearch(text).diagnostics.map((diagnostic) => ({
    ...span(diagnostic.from, diagnostic.to, text.length),
    severity: diagnostic.severity,
    message: diagnostic.hint ? `${diagnostic.message}\n${diagnostic.hint}` : diagnostic.message,
  }))
}

function serverDiagnostic(view: EditorView, problem: Problem): Diagnostic[] {
  if (!problem) return []
  return [
    { ...span(problem.from, problem.to, view.state.doc.length), severity: 'error', message: problem.message },
  ]
}

/** An empty span at the end of the text would not be seen: it covers the last character. */
function span(from: number, to: number, length: number): { from: number; to: number } {
  const end = Math.min(to, length)
  const start = Math.min(from, end)
  return start === end
    ? { from: Math.max(0, start - 1), to: Math.min(length, start + 1) }
    : { from: start, to: end }
}
