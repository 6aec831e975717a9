'use client'

import { useQuery } from '@tanstack/react-query'
import { Check, Columns3, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { sourcesOptions } from '@/components/api/queries/sources'
import { columnLabel, columnsParam, visibleColumns, withColumn } from '@/components/search/columns'
import { useSearchState } from '@/components/search/use-search-state'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'

/** Which columns: those of the table by name, and any attribute by typing it. */
export function ColumnsMenu() {
  const [state, patch] = useSearchState()
  const { data } = useQuery(sourcesOptions())
  const [text, setText] = useState('')
  const shown = visibleColumns(state)
  const source = data?.find((candidate) => candidate.id === state.source)
  const known = (source?.columns ?? [])
    .filter((column) => !/^(Map|JSON|Array|Nested|Tuple)/.test(column.type))
    .map((column) => column.name)
  const choices = [...new Set([...shown, ...known])].filter((name) =>
    `${name} ${columnLabel(name)}`.toLowerCase().includes(text.trim().toLowerCase()),
  )
  const set = (columns: readonly string[]) => patch({ cols: columnsParam(state.source, columns) }, 'replace')
  const toggle = (name: string) =>
    set(shown.includes(name) ? shown.filter((column) => column !== name) : withColumn(shown, name))
  const add = (event: FormEvent) => {
    event.preventDefault()
    const name = text.trim()
    if (name === '' || shown.includes(name)) return
    set(withColumn(shown, name))
    setText('')
  }
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm">
          <Columns3 size={13} aria-hidden />
          Columns
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Columns" className="flex w-72 flex-col">
        <form onSubmit={add} className="border-b p-2">
          <Input
            value={text}
            autoFocus
            aria-label="Find a column or type an attribute"
            placeholder="Column or attribute, e.g. http.route"
            className="w-full"
            onChange={(event) => setText(event.target.value)}
          />
        </form>
        <ul className="max-h-72 overflow-auto p-1">
          {text.trim() !== '' && !choices.includes(text.trim()) ? (
            <li>
              <button
                type="button"
                className="flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-hover"
                onClick={() => {
                  set(withColumn(shown, text.trim()))
                  setText('')
                }}
              >
                <Plus size={14} aria-hidden className="text-accent" />
                <span className="truncate">
                  Add <code className="text-xs">{text.trim()}</code>
                </span>
              </button>
            </li>
          ) : null}
          {choices.map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={shown.includes(name)}
                className="flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-hover"
                onClick={() => toggle(name)}
              >
                <span className="grid size-4 place-items-center">
                  {shown.includes(name) ? <Check size={14} aria-hidden className="text-accent" /> : null}
                </span>
                <span className="max-w-[75%] shrink-0 truncate">{columnLabel(name)}</span>
                {columnLabel(name) === name ? null : (
                  <span className="ml-auto min-w-0 truncate text-2xs text-faint" title={name}>
                    {name}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
        {state.cols ? (
          <div className="border-t p-1.5">
            <Button
              variant="ghost"
              size="sm"
              className="w-full"
              onClick={() => patch({ cols: null }, 'replace')}
            >
              Back to the usual columns
            </Button>
          </div>
        ) : null}
      </PopoverContent>
    </Popover>
  )
}
