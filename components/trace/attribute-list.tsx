'use client'

import { Search, SearchX } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { Tooltip } from '@/components/ui/tooltip'
import { AttributeKey } from './attribute-key'
import { LongText } from './long-text'
import { attributeHref } from './search-links'

interface AttributeListProps {
  title: string
  source: 'traces' | 'logs'
  /** Name of an attribute in the search language. */
  fieldOf: (key: string) => string
  attributes: Readonly<Record<string, string>>
  /** Only keys and values that contain this. */
  filter: string
  /** Links search around this time. */
  startIso: string
}

/** Attributes as key and value, each with include, exclude and copy. */
export function AttributeList({ title, source, fieldOf, attributes, filter, startIso }: AttributeListProps) {
  const wanted = filter.trim().toLowerCase()
  const entries = Object.entries(attributes).filter(
    ([key, value]) =>
      wanted === '' || key.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
  )
  if (entries.length === 0) return null
  return (
    <section>
      <h3 className="mt-3 mb-1 text-xs font-semibold text-muted">{title}</h3>
      <dl>
        {entries.map(([key, value]) => (
          <AttributeRow
            key={key}
            name={key}
            value={value}
            includeHref={attributeHref(source, fieldOf(key), value, 'in', startIso)}
            excludeHref={attributeHref(source, fieldOf(key), value, 'notIn', startIso)}
          />
        ))}
      </dl>
    </section>
  )
}

interface AttributeRowProps {
  name: string
  value: string
  includeHref: string
  excludeHref: string
}

const ACTION =
  'grid size-5 place-items-center rounded-sm text-faint hover:bg-hover hover:text-fg focus-visible:text-fg'

function AttributeRow({ name, value, includeHref, excludeHref }: AttributeRowProps) {
  // A value too long for an address cannot be linked to.
  const linkable = includeHref.length < 4000
  const [hovered, setHovered] = useState(false)
  return (
    <div
      className="group relative -mx-1 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 rounded-sm px-1 py-[3px] text-xs hover:bg-hover/60"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <dt className="break-words font-mono text-muted">
        <AttributeKey name={name} />
      </dt>
      <dd className="min-w-0 font-mono break-words text-fg">
        <LongText text={value} />
      </dd>
      <dd className="absolute top-0.5 right-0.5 flex rounded-sm border bg-panel opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
        {linkable ? (
          <>
            <ActionLink href={includeHref} label={`Search spans with this ${name}`} hovered={hovered}>
              <Search size={12} aria-hidden />
            </ActionLink>
            <ActionLink href={excludeHref} label={`Search without this ${name}`} hovered={hovered}>
              <SearchX size={12} aria-hidden />
            </ActionLink>
          </>
        ) : null}
        <CopyButton text={value} label={`Copy ${name}`} size="xs" />
      </dd>
    </div>
  )
}

interface ActionLinkProps {
  href: string
  label: string
  /** A tooltip for each of 200 attributes would be mounted for nothing. */
  hovered: boolean
  children: ReactNode
}

function ActionLink({ href, label, hovered, children }: ActionLinkProps) {
  const link = (
    <Link href={href} prefetch={false} aria-label={label} className={ACTION}>
      {children}
    </Link>
  )
  return hovered ? <Tooltip content={label}>{link}</Tooltip> : link
}
