'use client'

import { Command, Keyboard, PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactElement } from 'react'
import { cn } from '@/components/ui/cn'
import { Tooltip } from '@/components/ui/tooltip'
import { useFrame } from './frame-state'
import { Logo } from './logo'
import { PAGES } from './pages'
import { usePreferences } from './preferences'
import { ThemeMenu } from './theme-menu'

const IDLE = 'text-faint hover:bg-hover hover:text-fg'
const CURRENT = 'bg-accent-soft text-accent'

/** Icons with their names on hover, or beside them when it is pinned open. */
export function Rail() {
  const pathname = usePathname()
  const { preferences, setPreference } = usePreferences()
  const open = preferences.railOpen
  const item = cn(
    'flex h-[34px] shrink-0 items-center rounded-md transition-colors',
    open ? 'w-full gap-2.5 px-2 text-left' : 'w-[34px] justify-center',
  )
  const tip = (label: string, content: ReactElement, keys?: string) =>
    open ? (
      content
    ) : (
      <Tooltip key={label} content={label} keys={keys} side="right">
        {content}
      </Tooltip>
    )
  const name = (label: string) => (open ? <span className="truncate font-medium">{label}</span> : null)
  return (
    <nav
      aria-label="Main"
      className={cn(
        'flex flex-col gap-1 border-r bg-panel py-2.5',
        open ? 'w-40 px-1.5' : 'w-12 items-center',
      )}
    >
      <Link
        href="/search?source=traces"
        className={cn('mb-2.5 flex items-center gap-2', open && 'px-1 font-semibold')}
        aria-label="Spanlight, home"
      >
        <Logo className="size-[26px]" />
        {open ? 'Spanlight' : null}
      </Link>
      {PAGES.map((page) => {
        const current = page.prefix.some((prefix) => pathname.startsWith(prefix))
        return tip(
          page.title,
          <Link
            key={page.href}
            href={page.href}
            aria-label={page.title}
            aria-current={current ? 'page' : undefined}
            className={cn(item, current ? CURRENT : IDLE)}
          >
            <page.icon size={17} strokeWidth={1.8} aria-hidden className="shrink-0" />
            {name(page.title)}
          </Link>,
        )
      })}
      <div className="flex-1" />
      {tip(
        'Go to…',
        <button
          type="button"
          aria-label="Go to…"
          className={cn(item, IDLE)}
          onClick={() => useFrame.getState().setPalette(true)}
        >
          <Command size={16} strokeWidth={1.8} aria-hidden className="shrink-0" />
          {name('Go to…')}
        </button>,
        '⌘K',
      )}
      {tip(
        'Keys',
        <button
          type="button"
          aria-label="Keys"
          className={cn(item, IDLE)}
          onClick={() => useFrame.getState().setKeys(true)}
        >
          <Keyboard size={16} strokeWidth={1.8} aria-hidden className="shrink-0" />
          {name('Keys')}
        </button>,
        '?',
      )}
      <ThemeMenu className={cn(item, IDLE)}>{name('Theme')}</ThemeMenu>
      {tip(
        'Pin the names',
        <button
          type="button"
          aria-label={open ? 'Hide the names' : 'Pin the names'}
          className={cn(item, IDLE)}
          onClick={() => setPreference('railOpen', !open)}
        >
          {open ? (
            <PanelLeftClose size={16} strokeWidth={1.8} aria-hidden className="shrink-0" />
          ) : (
            <PanelLeftOpen size={16} strokeWidth={1.8} aria-hidden className="shrink-0" />
          )}
          {name('Hide the names')}
        </button>,
      )}
    </nav>
  )
}
