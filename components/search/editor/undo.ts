import { type Extension, Transaction } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'

const MOST = 200
const TOGETHER_MS = 600

interface Step {
  readonly text: string
  readonly cursor: number
}

/**
 * Undo and redo for one line. The editor's own history comes with much more code than a search bar needs:
 * whole texts are small enough to keep.
 */
export function undoable(): Extension {
  const undone: Step[] = []
  const done: Step[] = []
  let lastAt = 0
  const go = (view: EditorView, from: Step[], to: Step[]) => {
    const step = from.pop()
    if (!step) return false
    to.push(stepOf(view.state.doc.toString(), view.state.selection.main.head))
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: step.text },
      selection: { anchor: Math.min(step.cursor, step.text.length) },
      annotations: Transaction.userEvent.of('undo'),
    })
    lastAt = 0
    return true
  }
  return [
    EditorView.updateListener.of(({ docChanged, transactions, startState }) => {
      if (!docChanged || transactions.some((transaction) => transaction.isUserEvent('undo'))) return
      // Keys typed one after another are one step.
      const now = performance.now()
      if (now - lastAt > TOGETHER_MS || done.length === 0) {
        done.push(stepOf(startState.doc.toString(), startState.selection.main.head))
        if (done.length > MOST) done.shift()
      }
      lastAt = now
      undone.length = 0
    }),
    keymap.of([
      { key: 'Mod-z', run: (view) => go(view, done, undone), preventDefault: true },
      { key: 'Mod-Shift-z', run: (view) => go(view, undone, done), preventDefault: true },
      { key: 'Mod-y', run: (view) => go(view, undone, done), preventDefault: true },
    ]),
  ]
}

function stepOf(text: string, cursor: number): Step {
  return { text, cursor }
}
