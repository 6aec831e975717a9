'use client'

import { Compartment, EditorState, Transaction } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { CompleteRequest } from '@/lib/api/search'
import { COMPLETION_ID, CompletionList } from './completion-list'
import { recheck } from './diagnostics'
import { editorTheme } from './editor-theme'
import { languageExtension } from './language-extension'
import { queryHistory } from './query-history'
import { singleLine } from './single-line'
import { undoable } from './undo'
import { type Completion, useCompletion } from './use-completion'

export interface QueryEditorProps {
  value: string
  language: 'lucene' | 'sql'
  placeholder: string
  /** What completion asks about, apart from the text. */
  selection: Omit<CompleteRequest, 'query' | 'position'> | null
  /** A span the server complained about. */
  problem: { from: number; to: number; message: string } | null
  onChange: (text: string) => void
  onRun: (text: string) => void
}

/** One line of CodeMirror. Enter runs, ↑ and ↓ walk through earlier queries, completion comes from the API. */
export function QueryEditor(props: QueryEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const completion = useCompletion(props.selection)
  const latest = useRef({ props, completion })
  useEffect(() => {
    latest.current = { props, completion }
  })
  const parts = useRef({ language: new Compartment(), hint: new Compartment(), aria: new Compartment() })

  useEffect(() => {
    if (!host.current) return
    const { language, hint, aria } = parts.current
    const run = (editor: EditorView) => {
      latest.current.completion.close()
      const text = editor.state.doc.toString()
      queryHistory.add(text)
      latest.current.props.onRun(text)
      return true
    }
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.props.value,
        extensions: [
          singleLine,
          undoable(),
          keymap.of([
            // Enter takes a completion only when one was chosen with the arrows; else it runs.
            { key: 'Enter', run: (e) => latest.current.completion.accept(e) || run(e) },
            { key: 'Mod-Enter', run },
            {
              key: 'Tab',
              run: (e) => latest.current.completion.accept(e, firstOf(latest.current.completion)),
            },
            { key: 'ArrowUp', run: (e) => latest.current.completion.move(-1) || recall(e, -1) },
            { key: 'ArrowDown', run: (e) => latest.current.completion.move(1) || recall(e, 1) },
            { key: 'Mod-Space', run: (e) => always(() => latest.current.completion.ask(e)) },
            { key: 'Escape', run: (e) => always(() => leave(e, latest.current.completion)) },
          ]),
          EditorView.contentAttributes.of({
            'aria-label': 'Search query',
            spellcheck: 'false',
            autocapitalize: 'off',
          }),
          EditorView.domEventHandlers({ blur: () => latest.current.completion.close() }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return
            latest.current.props.onChange(update.state.doc.toString())
            if (
              update.transactions.some((transaction) =>
                isTyped(transaction.annotation(Transaction.userEvent)),
              )
            ) {
              latest.current.completion.ask(update.view)
            }
          }),
          editorTheme,
          language.of([]),
          hint.of([]),
          aria.of([]),
        ],
      }),
    })
    view.current = editor
    const toEnd = () => {
      editor.focus()
      editor.dispatch({ selection: { anchor: editor.state.doc.length } })
    }
    window.addEventListener('spanlight:focus-search', toEnd)
    return () => {
      window.removeEventListener('spanlight:focus-search', toEnd)
      editor.destroy()
      view.current = null
    }
  }, [])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === props.value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } })
  }, [props.value])

  useEffect(() => {
    let stale = false
    void languageExtension(props.language, () => latest.current.props.problem).then((extension) => {
      if (!stale) view.current?.dispatch({ effects: parts.current.language.reconfigure(extension) })
    })
    return () => {
      stale = true
    }
  }, [props.language])

  useEffect(() => {
    if (props.problem) view.current?.dispatch({ effects: recheck.of(null) })
  }, [props.problem])

  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.hint.reconfigure(placeholder(props.placeholder)) })
  }, [props.placeholder])

  const active = completion.offer?.active ?? null
  useEffect(() => {
    // Stays a textbox: the editor says that it has lines, which a combobox must not.
    const attributes = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      ...(active === null ? {} : { 'aria-controls': COMPLETION_ID }),
      ...(active === null || active < 0 ? {} : { 'aria-activedescendant': `${COMPLETION_ID}-${active}` }),
    }
    const extension = EditorView.contentAttributes.of(attributes)
    view.current?.dispatch({ effects: parts.current.aria.reconfigure(extension) })
  }, [active])

  return (
    <div className="relative min-w-0 flex-1">
      <div ref={host} />
      {completion.offer ? (
        <CompletionList
          offer={completion.offer}
          onPick={(index) => view.current && completion.accept(view.current, index)}
        />
      ) : null}
    </div>
  )
}

/** Tab takes the chosen completion, or the first. */
function firstOf(completion: Completion): number {
  return Math.max(0, completion.offer?.active ?? 0)
}

function isTyped(event: string | undefined): boolean {
  return event !== undefined && /^(input|delete)/.test(event) && event !== 'input.complete'
}

function always(action: () => void): true {
  action()
  return true
}

/** First the list goes, then the focus. */
function leave(editor: EditorView, completion: Completion): void {
  if (completion.offer) completion.close()
  else editor.contentDOM.blur()
}

function recall(editor: EditorView, step: 1 | -1): boolean {
  const text = queryHistory.step(editor.state.doc.toString(), step)
  if (text === null) return false
  editor.dispatch({
    changes: { from: 0, to: editor.state.doc.length, insert: text },
    selection: { anchor: text.length },
  })
  return true
}
