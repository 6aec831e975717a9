import { type Extension, StateEffect } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

export interface EditorDiagnostic {
  readonly from: number
  readonly to: number
  readonly severity: 'error' | 'warning'
  readonly message: string
}

const DELAY_MS = 300

/** Underlines again at once: something outside of the text has changed. */
export const recheck = StateEffect.define<null>()

/** Underlines what is wrong, a moment after the last key: half a word is not a mistake yet. */
export function diagnostics(find: (text: string) => readonly EditorDiagnostic[]): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      timer: ReturnType<typeof setTimeout> | undefined
      constructor(readonly view: EditorView) {
        this.decorations = underline(view, find)
      }
      update(update: ViewUpdate) {
        const asked = update.transactions.some((transaction) =>
          transaction.effects.some((effect) => effect.is(recheck)),
        )
        if (asked) this.decorations = underline(update.view, find)
        if (!update.docChanged) return
        this.decorations = Decoration.none
        clearTimeout(this.timer)
        this.timer = setTimeout(() => this.view.dispatch({ effects: recheck.of(null) }), DELAY_MS)
      }
      destroy() {
        clearTimeout(this.timer)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
}

function underline(view: EditorView, find: (text: string) => readonly EditorDiagnostic[]): DecorationSet {
  const text = view.state.doc.toString()
  const marks = find(text).flatMap((diagnostic) => {
    const { from, to } = visibleSpan(diagnostic, text.length)
    if (from >= to) return []
    return [
      Decoration.mark({
        class: `cm-wrong-${diagnostic.severity}`,
        attributes: { title: diagnostic.message },
      }).range(from, to),
    ]
  })
  return Decoration.set(marks, true)
}

/** An empty span at the end of the text would not be seen: it covers the last character. */
function visibleSpan(
  { from, to }: { from: number; to: number },
  length: number,
): { from: number; to: number } {
  const end = Math.min(to, length)
  const start = Math.min(from, end)
  return start === end
    ? { from: Math.max(0, start - 1), to: Math.min(length, start + 1) }
    : { from: start, to: end }
}
