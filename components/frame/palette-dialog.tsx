'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Route } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { facetsOptions } from '@/components/api/queries/facets'
import { useServiceColors } from '@/components/api/service-colors'
import { Dialog } from '@/components/ui/dialog'
import { ServiceDot } from '@/components/ui/service-dot'
import { PAGES } from './pages'
import { searchHref } from './search-href'

const ITEM =
  'flex h-8 cursor-default items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-hover data-[selected=true]:text-fg text-muted'
const GROUP =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint'

const SERVICES = { source: 'traces', from: 'now-24h', to: 'now', fields: ['ServiceName'], limit: 200 }

/** Pages, services, and "go to trace id" for whatever looks like one. */
export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const [text, setText] = useState('')
  const { data } = useQuery(facetsOptions(SERVICES))
  // Those that were seen on this browser stand at once; the day's own follow.
  const seen = useServiceColors((colors) => colors.slots)
  const found = data?.facets[0]?.values.map(({ value }) => value) ?? []
  const services = [...new Set([...found, ...Object.keys(seen)])]
  const traceId = /\b[0-9a-f]{32}\b/i.exec(text.trim())?.[0].toLowerCase()
  const go = (href: string) => {
    onClose()
    router.push(href)
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Go to" bare>
      <Command label="Go to" className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Page, service, or trace id"
          className="h-11 border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
        />
        <Command.List className="min-h-0 overflow-auto p-1.5">
          <Command.Empty className="p-4 text-center text-muted">Nothing by that name</Command.Empty>
          {traceId ? (
            <Command.Group heading="Trace" forceMount className={GROUP}>
              <Command.Item
                forceMount
                value={`trace ${traceId}`}
                className={ITEM}
                onSelect={() => go(`/trace/${traceId}`)}
              >
                <Route size={15} aria-hidden />
                Go to trace <code className="text-xs">{traceId}</code>
              </Command.Item>
            </Command.Group>
          ) : null}
          <Command.Group heading="Pages" className={GROUP}>
            {PAGES.map((page) => (
              <Command.Item
                key={page.href}
                value={page.title}
                className={ITEM}
                onSelect={() => go(page.href)}
              >
                <page.icon size={15} aria-hidden />
                {page.title}
              </Command.Item>
            ))}
            <Command.Item value="Logs" className={ITEM} onSelect={() => go('/search?source=logs')}>
              <Route size={15} aria-hidden />
              Search logs
            </Command.Item>
          </Command.Group>
          <Command.Group heading="Services: their traces" className={GROUP}>
            {services.map((service) => (
              <Command.Item
                key={service}
                value={`service ${service}`}
                className={ITEM}
                onSelect={() => go(searchHref('traces', { ServiceName: { in: [service] } }))}
              >
                <ServiceDot service={service} />
                {service}
              </Command.Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  )
}
