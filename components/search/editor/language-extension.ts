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
import { diagnostics, type EditorDiagnostic } from './diagnostics'

type Problem = { from: number; to: number; message: string } | null

/** Highlighting and underlined errors: the search language from the product's own parser, SQL from CodeMirror's. */
export async function languageExtension(
  language: 'lucene' | 'sql',
  problem: () => Problem,
): Promise<Extension> {
  if (language === 'lucene') return [searchHighlight, diagnostics(searchDiagnostics)]
  const { sqlExtension } = await import('./sql-extension')
  return [sqlExtension, diagnostics(() => serverDiagnostic(problem()))]
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

function searchDiagnostics(text: string): EditorDiagnostic[] {
  return parseSearch(text).diagnostics.map(({ from, to, severity, message, hint }) => ({
    from,
    to,
    severity,
    message: hint ? `${message}\n${hint}` : message,
  }))
}

function serverDiagnostic(problem: Problem): EditorDiagnostic[] {
  return problem ? [{ ...problem, severity: 'error' }] : []
}
