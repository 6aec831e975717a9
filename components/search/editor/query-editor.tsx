'use client'

import { autocompletion, closeCompletion, completionStatus, startCompletion } from '@codemirror/autocomplete'
import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { forceLinting } from '@codemirror/lint'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { CompleteRequest } from '@/lib/api/search'
import { completionSource } from './completion-source'
import { editorTheme } from './editor-theme'
import { languageExtension } from './language-extension'
import { queryHistory } from './query-history'
import { singleLine } from './single-line'

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

function blur(editor: EditorView): boolean {
  editor.contentDOM.blur()
  return true
}

/** One line of CodeMirror. Enter runs, ↑ and ↓ walk through earlier queries, completion comes from the API. */
export function QueryEditor(props: QueryEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const language = useRef(new Compartment())
  const hint = useRef(new Compartment())

  useEffect(() => {
    if (!host.current) return
    const run = (editor: EditorView) => {
      closeCompletion(editor)
      const text = editor.state.doc.toString()
      queryHistory.add(text)
      latest.current.onRun(text)
      return true
    }
    const recall = (editor: EditorView, step: 1 | -1) => {
      if (completionStatus(editor.state) === 'active') return false
      const text = queryHistory.step(editor.state.doc.toString(), step)
      if (text === null) return false
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: text },
        selection: { anchor: text.length },
      })
      return true
    }
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          singleLine,
          history(),
          autocompletion({
            override: [completionSource(() => latest.current)],
            icons: false,
            activateOnTypingDelay: 80,
            selectOnOpen: false,
            tooltipClass: () => 'query-completion',
          }),
          // Enter takes a completion only when one was chosen with the arrows; else it runs.
          Prec.high(
            keymap.of([
              { key: 'ArrowUp', run: (e) => recall(e, -1) },
              { key: 'ArrowDown', run: (e) => recall(e, 1) },
              { key: 'Mod-Enter', run },
            ]),
          ),
          keymap.of([
            { key: 'Enter', run },
            { key: 'Escape', run: blur },
            { key: 'Mod-Space', run: startCompletion },
            ...historyKeymap,
            ...standardKeymap,
          ]),
          EditorView.contentAttributes.of({
            'aria-label': 'Search query',
            spellcheck: 'false',
            autocapitalize: 'off',
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
          editorTheme,
          language.current.of([]),
          hint.current.of([]),
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
    void languageExtension(props.language, () => latest.current.problem).then((extension) => {
      if (!stale) view.current?.dispatch({ effects: language.current.reconfigure(extension) })
    })
    return () => {
      stale = true
    }
  }, [props.language])

  useEffect(() => {
    if (props.problem && view.current) forceLinting(view.current)
  }, [props.problem])

  useEffect(() => {
    view.current?.dispatch({ effects: hint.current.reconfigure(placeholder(props.placeholder)) })
  }, [props.placeholder])

  return <div ref={host} className="min-w-0 flex-1" />
}
