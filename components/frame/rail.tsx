'use client'

import { Command, Keyboard } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '@/components/ui/cn'
import { Tooltip } from '@/components/ui/tooltip'
import { useFrame } from './frame-state'
import { Logo } from './logo'
import { PAGES } from './pages'
import { ThemeMenu } from './theme-menu'

const ITEM = 'grid size-[34px] place-items-center rounded-md transition-colors'
const IDLE = 'text-faint hover:bg-hover hover:text-fg'
const CURRENT = 'bg-accent-soft text-accent'

export function Rail() {
  const pathname = usePathname()
  return (
    <nav aria-label="Main" className="flex flex-col items-center gap-1 border-r bg-panel py-2.5">
      <Link href="/search?source=traces" className="mb-2.5" aria-label="Spanlight, home">
        <Logo className="size-[26px]" />
      </Link>
      {PAGES.map((page) => {
        const current = page.prefix.some((prefix) => pathname.startsWith(prefix))
        return (
          <Tooltip key={page.href} content={page.title} side="right">
            <Link
              href={page.href}
              aria-label={page.title}
              aria-current={current ? 'page' : undefined}
              className={cn(ITEM, current ? CURRENT : IDLE)}
            >
              <page.icon size={17} strokeWidth={1.8} aria-hidden />
            </Link>
          </Tooltip>
        )
      })}
      <div className="flex-1" />
      <Tooltip content="Go to…" keys="⌘K" side="right">
        <button
          type="button"
          aria-label="Go to…"
          className={cn(ITEM, IDLE)}
          onClick={() => useFrame.getState().setPalette(true)}
        >
          <Command size={16} strokeWidth={1.8} aria-hidden />
        </button>
      </Tooltip>
      <Tooltip content="Keys" keys="?" side="right">
        <button
          type="button"
          aria-label="Keys"
          className={cn(ITEM, IDLE)}
          onClick={() => useFrame.getState().setKeys(true)}
        >
          <Keyboard size={16} strokeWidth={1.8} aria-hidden />
        </button>
      </Tooltip>
      <ThemeMenu className={cn(ITEM, IDLE)} />
    </nav>
  )
}
