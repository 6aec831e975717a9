'use client'

import { useState } from 'react'
import { Input } from '@/components/ui/input'
import { AttributeRow } from './attribute-row'
import { attributeGroups, plainColumns, type WholeRecord } from './record'

/** Every attribute and column, searchable by key and value. */
export function AttributesTab({ record }: { record: WholeRecord }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const matches = (...texts: string[]) => texts.some((item) => item.toLowerCase().includes(wanted))
  const groups = attributeGroups(record)
    .map((group) => ({ ...group, entries: group.entries.filter(({ key, value }) => matches(key, value)) }))
    .filter((group) => group.entries.length > 0)
  const columns = plainColumns(record).filter(({ name, value }) => matches(name, value))
  return (
    <div className="p-2">
      <div className="sticky top-0 z-10 bg-panel px-2 pt-2 pb-1">
        <Input
          value={text}
          aria-label="Search attributes"
          placeholder="Search keys and values"
          className="w-full"
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className="px-2 pt-3 pb-1 text-2xs font-semibold text-faint">{group.title}</h3>
          <dl>
            {group.entries.map(({ key, value, field }) => (
              <AttributeRow key={key} name={key} value={value} field={field} />
            ))}
          </dl>
        </section>
      ))}
      {columns.length > 0 ? (
        <section aria-label="Columns">
          <h3 className="px-2 pt-3 pb-1 text-2xs font-semibold text-faint">Columns</h3>
          <dl>
            {columns.map(({ name, value }) => (
              <AttributeRow
                key={name}
                name={name}
                value={value}
                field={name === 'Duration' || name === 'Timestamp' ? null : name}
              />
            ))}
          </dl>
        </section>
      ) : null}
      {groups.length === 0 && columns.length === 0 ? <p className="p-4 text-muted">Nothing matches</p> : null}
    </div>
  )
}
