'use client'

import { ChevronDown, CornerDownLeft, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo, useState } from 'react'
import type { ApiError } from '@/components/api/api-error'
import { useHotkeys } from '@/components/frame/hotkeys'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { useSearchRun } from './search-context'
import { useSearchState } from './use-search-state'

// The editor is the biggest part of the page: the bar is drawn first and the editor takes its place.
const QueryEditor = dynamic(() => import('./editor/query-editor').then((module) => module.QueryEditor), {
  ssr: false,
  loading: () => <span className="flex-1 truncate font-mono text-[12.5px] text-faint">…</span>,
})

const LANGUAGE = { lucene: 'Lucene', sql: 'SQL' } as const

/** The query of the address, edited as a draft until Enter runs it. */
export function SearchBar({ error }: { error: ApiError | null }) {
  const [state, patch] = useSearchState()
  const { selection, rerun } = useSearchRun()
  const [draft, setDraft] = useState({ text: state.q, of: state.q })
  // The address changed elsewhere (back, a link): the draft follows it.
  if (draft.of !== state.q) setDraft({ text: state.q, of: state.q })

  const run = (text: string) => {
    if (text === state.q) rerun()
    else patch({ q: text, row: null })
  }
  useHotkeys([
    {
      keys: '/',
      label: 'Write a query',
      group: 'Search',
      run: () => window.dispatchEvent(new Event('spanlight:focus-search')),
    },
  ])
  const problem = useMemo(() => {
    const position = error?.problem.position
    return position && draft.text === state.q ? { ...position, message: error.message } : null
  }, [error, draft.text, state.q])
  const where = useMemo(
    () =>
      selection && {
        source: selection.source,
        from: selection.from,
        to: selection.to,
        language: state.lang,
        ...(selection.filters ? { filters: selection.filters } : {}),
      },
    [selection, state.lang],
  )
  const noun = state.source === 'traces' ? 'spans' : 'logs'
  return (
    <search className="flex h-8 min-w-0 flex-1 items-center gap-1 rounded-md border border-strong bg-canvas pr-0.5 pl-2.5 focus-within:border-accent focus-within:ring-3 focus-within:ring-accent-soft">
      <QueryEditor
        value={draft.text}
        language={state.lang}
        placeholder={
          state.lang === 'sql'
            ? `A condition in SQL, such as  Duration > 1e9 AND SpanName LIKE 'GET %'`
            : `Search ${noun}: words, service:cart, ${state.source === 'traces' ? 'duration:>1s' : 'level:error'}`
        }
        selection={where}
        problem={problem}
        onChange={(text) => setDraft({ text, of: state.q })}
        onRun={run}
      />
      {draft.text === state.q ? null : (
        <IconButton label="Run" keys="Enter" size="sm" onClick={() => run(draft.text)}>
          <CornerDownLeft size={14} aria-hidden />
        </IconButton>
      )}
      {draft.text === '' ? null : (
        <IconButton
          label="Clear the query"
          size="sm"
          onClick={() => {
            setDraft({ text: '', of: state.q })
            run('')
          }}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
      <Menu>
        <MenuTrigger
          aria-label={`Query language: ${LANGUAGE[state.lang]}`}
          className="flex h-6 shrink-0 items-center gap-1 rounded-sm bg-raised px-1.5 text-2xs font-medium text-muted hover:bg-hover hover:text-fg"
        >
          {LANGUAGE[state.lang]}
          <ChevronDown size={12} aria-hidden />
        </MenuTrigger>
        <MenuContent>
          <MenuRadioGroup
            value={state.lang}
            onValueChange={(lang) => patch({ lang: lang === 'sql' ? 'sql' : 'lucene', q: null })}
          >
            <MenuRadioItem value="lucene">Lucene: words and field:value</MenuRadioItem>
            <MenuRadioItem value="sql">SQL: one condition</MenuRadioItem>
          </MenuRadioGroup>
        </MenuContent>
      </Menu>
    </search>
  )
}
